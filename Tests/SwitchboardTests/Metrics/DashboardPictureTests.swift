import Foundation
import JSON
import TestSupport
import Testing

@testable import switchboard

/// `switchboard metrics picture`, and the picture of docs/metrics.md.
struct DashboardPictureTests {
    private static let project = Project(root: TestProcess.root)
    private static let folder = SalesforceFolder(of: project)

    private static func picture(_ rows: MetricRows) throws -> String {
        try DashboardPicture(folder.dashboard("Contact_Metrics/Contact_Center"), of: rows, in: folder).text()
    }

    private static func sample() throws -> MetricRows {
        let file = TestProcess.root.appending(path: MetricRows.sample)
        return try MetricRows(Files.json(file, "file of rows"), named: "contact-center.json")
    }

    private static func committed() throws -> String {
        let file = TestProcess.root.appending(path: "docs/pictures/contact-center.svg")
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test func `the picture of the page is what the command draws`() throws {
        let isSame = try Self.picture(Self.sample()) == Self.committed()
        #expect(isSame, "Run: switchboard metrics picture >docs/pictures/contact-center.svg")
        let page = try String(contentsOf: TestProcess.root.appending(path: "docs/metrics.md"), encoding: .utf8)
        #expect(page.contains("](pictures/contact-center.svg)") && page.contains("(pictures/contact-center.json)"))
    }

    @Test func `the command prints it, of the project's rows and of a file's`() throws {
        let project = ["SWITCHBOARD_ROOT": TestProcess.root.path]
        let temporary = FileManager.default.temporaryDirectory
        let run = try CommandRun(["metrics", "picture"], in: temporary, environment: project)
        run.wait()
        let committed = try Self.committed()
        #expect(run.status == 0 && run.output == committed, "\(run.errors)")
        let file = temporary.appending(path: "rows-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(
            #"{"records":{"Queue_Status__c":[{"Name":"A & B","Contacts_In_Queue__c":7,"As_Of__c":"2026-11-27T08:00:00Z"}]}}"#
                .utf8
        )
        .write(to: file)
        let other = try CommandRun(["metrics", "picture", "--rows", file.path], in: temporary, environment: project)
        other.wait()
        #expect(other.status == 0, "\(other.errors)")
        #expect(other.output.contains(">A &amp; B</text>") && other.output.contains(">7</text>"))
        try Data("{}".utf8).write(to: file)
        let refused = try CommandRun(["metrics", "picture", "--rows", file.path], in: temporary, environment: project)
        refused.wait()
        #expect(refused.status != 0 && refused.errors.contains("has no Queue_Status__c"))
    }

    @Test func `it shows each component of the dashboard with the figures of its report`() throws {
        let text = try Self.picture(Self.sample())
        let dashboard = try Self.folder.dashboard("Contact_Metrics/Contact_Center")
        #expect(dashboard.components.count == 11)
        for component in dashboard.components {
            #expect(text.contains(">\(component.header)</text>"), "\(component.header)")
        }
        // Contacts that wait, the longest of them, and of 219 that were queued today 119 answered in time and 35 gone.
        for figure in ["2", "127", "54.3%", "16.0%"] { #expect(text.contains(">\(figure)</text>"), "\(figure)") }
        for name in ["Billing", "Kundendienst", "Retention", "Sales", "Support", "27 Nov", "29 Nov"] {
            #expect(text.contains(">\(name)</text>"), "\(name)")
        }
        #expect(text.contains(">As of 29 Nov 2026, 13:34 UTC</text>"))
    }

    @Test func `rows of another day leave it without today's figures, and nothing is divided by zero`() throws {
        let text = try Self.picture(MetricRows([:]))
        #expect(text.hasSuffix("</svg>\n") && !text.contains("nan") && !text.contains("inf"))
    }
}
