import Foundation
import TestSupport
import Testing

/// A Markdown page of the project.
struct Page: Sendable, CustomTestStringConvertible {
    /// The path from the project's root.
    let path: String

    var testDescription: String { path }

    /// Every page that a reader of the project may open.
    static let all: [Page] = {
        let root = TestProcess.root
        let files = FileManager.default.enumerator(atPath: root.appending(path: "docs").path)
        let integrations = FileManager.default.enumerator(atPath: root.appending(path: "integrations").path)
        let paths =
            ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]
            + (files?.compactMap { ($0 as? String).map { "docs/\($0)" } } ?? [])
            + (integrations?.compactMap { ($0 as? String).map { "integrations/\($0)" } } ?? [])
        return paths.filter { $0.hasSuffix(".md") }.sorted().map(Page.init)
    }()

    var text: String {
        get throws { try String(contentsOf: TestProcess.root.appending(path: path), encoding: .utf8) }
    }

    /// The text without fenced code, whose brackets are no links and whose `#` begins no heading.
    var prose: String {
        get throws {
            var isCode = false
            return try text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
                guard line.drop(while: { $0 == " " }).hasPrefix("```") else { return !isCode }
                isCode.toggle()
                return false
            }.joined(separator: "\n")
        }
    }

    /// The anchors of the headings, as GitHub and GitLab make them; a heading's second appearance ends with `-1`.
    var anchors: Set<String> {
        get throws {
            var counts: [String: Int] = [:]
            return Set(
                try prose.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
                    let anchor = line.drop { $0 == "#" }.dropFirst().lowercased().filter {
                        $0.isLetter || $0.isNumber || " -_".contains($0)
                    }.replacing(" ", with: "-")
                    let count = counts[anchor, default: 0]
                    counts[anchor] = count + 1
                    return count == 0 ? anchor : "\(anchor)-\(count)"
                })
        }
    }
}
