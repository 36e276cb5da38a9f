import Crypto
import Encoding
import Foundation
import JSON
import Timeline

/// The page of a demo, one file that needs no server: what ran, what came of it, and everything that happened.
struct DemoPage {
    private let folder: URL
    private let sources: URL
    private let timeline: Timeline
    private var functions: [(name: String, results: [JSONValue])] = []
    /// The id of the last event that belongs to a result.
    private var last = 0

    /// - Parameter folder: The folder that gets `index.html`; it is made where there is none.
    init(_ folder: URL, in project: Project, _ timeline: Timeline) throws {
        self.folder = folder
        self.timeline = timeline
        sources = project.consolePage
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Adds a result, with the events since the one before.
    mutating func add(_ result: DemoResult) {
        let first = last + 1
        last = max(last, timeline.events().last?.id ?? 0)
        let row: JSONValue = [
            "event": .string(result.event), "isAsExpected": .bool(result.isAsExpected),
            "milliseconds": .number("\(result.duration / .milliseconds(1))"),
            "summaries": .array(result.summaries.map(JSONValue.string)), "log": .string(result.log),
            "differences": .array(
                result.differences.map { ["expected": .string($0.expected), "actual": .string($0.actual)] }),
            "first": .number(first), "last": .number(last),
        ]
        if functions.last?.name != result.function { functions.append((result.function, [])) }
        functions[functions.count - 1].results.append(row)
    }

    /// Writes the page, and returns its path.
    func write() throws -> String {
        let data: JSONValue = [
            "version": .string(BuildVersion.text), "time": .string(UTCTime.now.extended),
            "functions": .array(functions.map { ["name": .string($0.name), "results": .array($0.results)] }),
            "events": .array(timeline.events().compactMap { try? JSONValue(parsing: $0.json) }),
        ]
        let script = try ["dom.js", "describe.js", "report.js"].map { Self.joined(try text($0)) }
            .joined(separator: "\n")
        // Nothing in the data may end its element.
        let parts = [
            "@STYLE@": try text("style.css"), "@SCRIPT@": script,
            "@DATA@": data.text.replacing("<", with: "\\u003c"),
            // The page of two runs differs in what happened alone.
            "@HASH@": Base64.encode(SHA256.digest(Array(script.utf8))),
        ]
        var page = ""
        var rest = try text("report.html")[...]
        while let mark = rest.firstMatch(of: #/@[A-Z]+@/#) {
            page += rest[..<mark.range.lowerBound] + (parts[String(mark.output)] ?? "")
            rest = rest[mark.range.upperBound...]
        }
        let file = folder.appending(path: "index.html")
        try Data((page + rest).utf8).write(to: file)
        return file.path
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try Files.read(sources.appending(path: name), "part of the page"), as: UTF8.self)
    }

    /// Returns a module as a part of one script: browsers load no modules from files.
    private static func joined(_ module: String) -> String {
        module.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("import ") }
            .map { $0.hasPrefix("export ") ? $0.dropFirst(7) : $0 }.joined(separator: "\n")
    }
}

extension Project {
    /// The folder of the console's page, which is read when it is needed.
    var consolePage: URL { root.appending(path: "Sources/Local/Console/web") }
}
