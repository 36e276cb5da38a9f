import Foundation
import TestSupport
import Testing

/// That docs/ speaks of what is there.
struct OperationsTests {
    private static let documents = ["operations", "scaling", "cost", "pipeline", "salesforce"]

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
        #expect(patterns.count == 7 && metrics.count == 3)
        let sources = try Self.sources
        for words in patterns + metrics { #expect(sources.contains(words), "nobody writes \(words)") }
        #expect(sources.contains(#""The invocation failed: \(failure.errorType): "#))
        for field in ["used", "limit", "written", "failed"] { #expect(sources.contains(#""\#(field)": "#)) }
    }

    @Test(arguments: documents)
    func `links lead to files and headings that are there`(name: String) throws {
        let links = try Self.text("docs/\(name).md").matches(of: #/\]\(([^)#\s]*)(?:#([^)]*))?\)/#)
        for link in links where !link.1.hasPrefix("http") {
            let path = link.1.isEmpty ? "docs/\(name).md" : "docs/\(link.1)"
            let text = try Self.text(path)
            guard let heading = link.2 else { continue }
            let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
                line.drop { $0 == "#" }.dropFirst().lowercased().filter {
                    $0.isLetter || $0.isNumber || " -".contains($0)
                }
                .replacing(" ", with: "-")
            }
            #expect(headings.contains(String(heading)), "\(path) has no heading #\(heading)")
        }
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
