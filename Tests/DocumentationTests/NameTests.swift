import Foundation
import TestSupport
import Testing

/// Names of code in the pages for people who change it.
struct NameTests {
    private static let pages = [
        "docs/architecture.md", "docs/adding-a-function.md", "docs/adding-a-back-end.md",
        "docs/adding-an-aws-operation.md", "docs/adding-a-locale.md", "docs/troubleshooting.md", "CONTRIBUTING.md",
    ].map(Page.init)

    private struct Sources {
        var files: Set<String> = []
        var text = ""

        init() throws {
            for folder in ["Sources", "Tests"] {
                let root = TestProcess.root.appending(path: folder)
                let names = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
                for name in names where name.hasSuffix(".swift") && !name.hasPrefix("DocumentationTests/") {
                    files.insert(String(name.split(separator: "/").last ?? ""))
                    text += try String(contentsOf: root.appending(path: name), encoding: .utf8)
                }
            }
        }
    }

    /// Names of examples, and this target's own.
    private static let examples: Set<String> = [
        "DocumentationTests", "Package.swift", "CRMSentence+French.swift", "CallSentence+French.swift",
        "Type+Aspect.swift",
    ]

    @Test func `files and types that the pages name are there`() throws {
        let sources = try Sources()
        var (types, files) = (0, 0)
        for page in Self.pages {
            let text = try page.text.replacing(/<\w+>\w*\.swift/, with: "")
            for match in text.matches(of: /\b([A-Za-z+]+\.swift)\b/) where !Self.examples.contains(String(match.1)) {
                files += 1
                let isThere = sources.files.contains(String(match.1))
                #expect(isThere, "\(page.path): there is no \(match.1)")
            }
            for match in text.matches(of: /`([A-Z][a-z]+(?:[A-Z]+[a-z]+)+)`/)
            where !Self.examples.contains(String(match.1)) {
                types += 1
                let isThere = sources.text.contains(match.1)
                #expect(isThere, "\(page.path): there is no \(match.1)")
            }
        }
        #expect(types > 40 && files > 20)
    }
}
