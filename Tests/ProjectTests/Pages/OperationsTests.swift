import Foundation
import TestSupport
import Testing

/// The pages of docs/, checked against the code and the template.
struct OperationsTests {
    private static let documents = ["operations", "scaling", "cost", "pipeline", "salesforce", "untried"]

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: TestProcess.root.appending(path: path), encoding: .utf8)
    }

    private static var sources: String {
        get throws {
            let root = TestProcess.root.appending(path: "Sources")
            let files = try #require(FileManager.default.enumerator(atPath: root.path))
            return try files.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
                .map { try text("Sources/\($0)") }.joined()
        }
    }

    @Test func `the queries look for sentences and metrics that functions write`() throws {
        let document = try Self.text("docs/operations.md")
        let patterns = document.matches(of: #/message like \/([^\/]+)\//#).flatMap { $0.1.split(separator: "|") }
        let metrics = document.matches(of: #/metric = "(\w+)"/#).map(\.1)
        #expect(patterns.count == 8 && metrics.count == 8)
        let sources = try Self.sources
        for words in patterns + metrics { #expect(sources.contains(words), "nobody writes \(words)") }
        #expect(sources.contains(#""The invocation failed: \(failure.errorType): "#))
        for field in ["used", "limit", "written", "failed"] { #expect(sources.contains(#""\#(field)": "#)) }
    }

    @Test func `timeouts, crashes, dead letters, unsent messages and opt-outs are found and mended`()
        throws
    {
        let document = try Self.text("docs/operations.md")
        for words in [
            #"filter type = "platform.report" and record.status != "success""#,
            "--destination-arn <ARN of ArrivalsQueue>",
            "`RetriesExhausted`", "`EventAgeExceeded`", "opt-in-phone-number", "delete-opted-out-number",
            "10,240 bytes", #"`POST /getall` with `{"q":"…"}`"#, "`RecordingLinkSecretKept`", "`VoiceHashSecretKept`",
        ] { #expect(document.contains(words), "\(words)") }
        let template = try Self.text("template.yaml")
        for name in document.matches(of: #/`(\w+(?:Alarm|Kept|Url|ToFill))`/#).map({ String($0.1) }) {
            #expect(template.contains("\n  \(name):\n"), "\(name) is not the template's")
        }
        // Every alarm but a function's own three has its line.
        for alarm in template.matches(of: #/\n  (\w+Alarm):\n/#).map({ String($0.1) })
        where alarm.firstMatch(of: #/(Errors|Throttles|Duration)Alarm$/#) == nil && alarm != "WrongCodesAlarm" {
            #expect(document.contains("`\(alarm)`"), "\(alarm)")
        }
    }

    @Test func `each rule that was never tried has its source, its place and a way to try it`() throws {
        let page = try Self.text("docs/untried.md")
        let sections = page.components(separatedBy: "\n## ").dropFirst()
        let vendors = sections.compactMap { $0.split(separator: "\n").first.map(String.init) }
        #expect(vendors == ["Amazon Connect", "Twilio", "VoiceIt", "Alexa", "Salesforce", "AWS"])
        for section in sections {
            let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
            #expect(rows.count >= 5)
            for row in rows {
                let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                #expect(cells.count == 4 && cells.allSatisfy { !$0.isEmpty }, "\(row)")
                #expect(cells.count == 4 && cells[2].contains("]("), "\(row)")
            }
        }
        for path in ["README.md", "CONTRIBUTING.md"] {
            #expect(try Self.text(path).contains("(docs/untried.md)"), "\(path)")
        }
    }

    @Test func `what a double's comment says no document settles is among the untried`() throws {
        let page = try Self.text("docs/untried.md")
        let root = TestProcess.root.appending(path: "Sources/Local/LocalServices")
        let files = try #require(FileManager.default.subpaths(atPath: root.path)).filter { $0.hasSuffix(".swift") }
        let marked = try files.filter {
            try Self.text("Sources/Local/LocalServices/\($0)").lowercased().contains("no document")
        }
        #expect(!marked.isEmpty)
        for file in marked { #expect(page.contains("LocalServices/\(file))"), "\(file)") }
    }

    @Test func `parameters and outputs that the documents name are the template's`() throws {
        let template = try Self.text("template.yaml")
        let names = [
            "LogRetentionDays", "LogLevel", "DeletionProtection", "ReservedConcurrency", "HttpRateLimit",
            "HttpBurstLimit", "RecordingsConcurrency", "MemorySize", "ArrivalsDeadLetters", "VoiceTable",
        ]
        let documents = try Self.documents.map { try Self.text("docs/\($0).md") }.joined()
        for name in names {
            #expect(documents.contains(name) && template.contains("\n  \(name):\n"), "\(name) is not the template's")
        }
    }
}
