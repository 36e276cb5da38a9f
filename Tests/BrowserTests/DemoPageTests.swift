import Foundation
import JSON
import TestSupport
import Testing

/// The page that `demo --html` writes, opened from its file.
@Suite(.serialized) struct DemoPageTests {
    private static let evil = "</script><script>window.wasRun = true</script><img src=x onerror='window.wasRun = true'>"

    @Test func `a demo's page needs no server, has failures first, and shows what is untrusted as text`() async throws {
        let root = try RunningConsole.project()
        let events = root.appending(path: "events/Echo")
        let expected = events.appending(path: "expected.json")
        let known = try JSONValue(parsing: [UInt8](Data(contentsOf: expected)))
        var members = known.object ?? [:]
        members["98-script"] = "$event"
        members["99-fails"] = ["never": "so"]
        try Data(JSONValue.object(members).text.utf8).write(to: expected)
        for name in ["98-script", "99-fails"] {
            let event: JSONValue = ["text": .string(Self.evil), "name": .string(name)]
            try Data(event.text.utf8).write(to: events.appending(path: "\(name).json"))
        }
        var pages: [String] = []
        for name in ["one", "two"] {
            let run = try CommandRun(
                ["demo", "SendEmail", "Echo", "--html", name], in: root, environment: ["SWITCHBOARD_ROOT": root.path])
            run.wait()
            #expect(run.status == 1)
            #expect(run.output.contains("1 FAILED"), "\(run.output)\(run.errors)")
            pages.append(try String(contentsOf: root.appending(path: "\(name)/index.html"), encoding: .utf8))
        }
        let page = try BrowserPage(root.appending(path: "one/index.html").absoluteString)
        try page.take("goto", nil, .string(root.appending(path: "one/index.html").absoluteString))
        try page.wait(.css("main section"))
        #expect(try page.evaluate("document.title").string?.hasPrefix("1 FAILED") == true)
        #expect(try page.evaluate("document.querySelector('main section').getAttribute('aria-label')") == "Failures")
        let open = try page.texts(.css("main section:first-of-type details[open] summary"))
        #expect(open.first?.contains("99-fails") == true)
        #expect(try page.texts(.css("main section:first-of-type")).first?.contains("Not as expected") == true)
        _ = try page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        try page.wait(.css("section[aria-label=SendEmail] iframe").nth(0))
        _ = try page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        try page.take("evaluate", nil, .string("new Promise((resolve) => setTimeout(resolve, 300))"))
        let text = try page.texts(.css("main")).joined()
        #expect(text.contains("onerror='window.wasRun = true'"))
        #expect(try page.evaluate("String(window.wasRun)") == "undefined")
        #expect(try page.count(.css("main img, main script")) == 0)
        try page.expectNoFaults()
        try page.expectNoViolations()
        try page.keepPicture("demo")
        try page.close()

        // Two runs differ in what happened alone, and not in what ran or how it is shown.
        let parts = pages.map { $0.split(separator: #/<script type="application\/json" id="data">.*?<\/script>/#) }
        #expect(parts[0] == parts[1] && parts[0].count == 2)
        let ran = try pages.map { page in
            let data = try #require(page.firstMatch(of: #/id="data">(.*?)<\/script>/#)?.1)
            return try JSONValue(parsing: Array(data.utf8))["functions"]?.array?.map { function in
                [function["name"]?.string] + (function["results"]?.array ?? []).map { $0["event"]?.string }
            }
        }
        #expect(ran[0] == ran[1] && ran[0]?.count == 2)
    }
}
