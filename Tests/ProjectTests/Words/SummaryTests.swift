import Foundation
import TestSupport
import Testing

/// The doc comments of Sources and Tests/TestSupport, against CONTRIBUTING's rule for summaries and its glossary.
struct SummaryTests {
    /// One block of `///` lines.
    struct Comment {
        /// The file and the line that the block begins on.
        let place: String
        let lines: [String]

        var summary: String { lines[0] }

        /// The whole text on one line, without code.
        var prose: String { lines.joined(separator: " ").replacing(/`[^`]*`/, with: "") }
    }

    /// Words that are ours, each with the field's.
    ///
    /// The patterns are narrow, since a caller does answer a question and a record of Salesforce does have fields.
    nonisolated(unsafe) private static let ours: [(pattern: Regex<Substring>, theirs: String)] = [
        (/\b(?:an|the|its|no|whole|each|every|Lambda's) answers?\b/, "response"),
        (/\b[Hh]eader fields?\b/, "header"),
        (/\bby chance\b/, "random"),
        (/\bminds?\b/, "honours, checks"),
        (/\bas (?:it|they) came\b/, "unchanged, as received"),
        (/\b(?:behind it|(?:stands?|comes?) behind)\b/, "after it, follows"),
        (/\banew\b/, "again"),
        (/\b[Ww]hoever\b/, "a noun: the caller, the owner"),
        (/\b(?![Tt]here )\w+ (?:is|are) no (?!longer\b)/, "is not a"),
    ]

    private static func comments(in text: String, path: String) -> [Comment] {
        var comments: [Comment] = []
        var block: [String] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let code = line.trimmingCharacters(in: .whitespaces)
            if code.hasPrefix("///") {
                block.append(code.dropFirst(3).trimmingCharacters(in: .whitespaces))
            } else if !block.isEmpty {
                comments.append(Comment(place: "\(path):\(index + 1 - block.count)", lines: block))
                block = []
            }
        }
        return comments
    }

    private static func comments(under folder: String) throws -> [Comment] {
        let root = TestProcess.root.appending(path: folder)
        let files = try #require(FileManager.default.enumerator(atPath: root.path))
        return try files.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") || $0.hasSuffix(".h") }.sorted()
            .flatMap { path in
                let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
                return comments(in: text, path: "\(folder)/\(path)")
            }
    }

    private static func beginsWithQuestionWord(_ summary: String) -> Bool {
        summary.prefixMatch(of: /(?:What|Whether|Where|Who|How|When|Which|Why)\b/) != nil
    }

    private static func words(in comment: Comment) -> [String] {
        ours.compactMap { word in
            comment.prose.firstMatch(of: word.pattern).map { "\"\($0.output)\" is ours: \(word.theirs)" }
        }
    }

    @Test(arguments: [("Sources", 2000), ("Tests/TestSupport", 100)])
    func `summaries are noun phrases or say what is returned, in the field's words`(folder: String, least: Int) throws {
        let comments = try Self.comments(under: folder)
        #expect(comments.count >= least, "only \(comments.count) doc comments were found under \(folder)")
        for comment in comments {
            #expect(
                !Self.beginsWithQuestionWord(comment.summary),
                "\(comment.place) begins with a question word: \(comment.summary)")
            #expect(!comment.summary.isEmpty, "\(comment.place) has no summary")
            let words = Self.words(in: comment)
            #expect(words.isEmpty, "\(comment.place): \(words.joined(separator: "; "))")
        }
    }

    @Test func `the rule sees question words and our own words, and no others`() {
        let text = """
            struct A {
                /// Whether it was sent.
                let isSent: Bool
                /// The response.
                ///
                /// What is no header is left out, `as it came`.
                let response: String
                // When a plain comment says so, nobody minds.
            }
            /// Whatever the case, there is no limit; a person is no longer waited for.
            let b = 1

            """
        let comments = Self.comments(in: text, path: "A.swift")
        #expect(comments.map(\.place) == ["A.swift:2", "A.swift:4", "A.swift:10"])
        #expect(comments.map { Self.beginsWithQuestionWord($0.summary) } == [true, false, false])
        #expect(comments.map { Self.words(in: $0).count } == [0, 1, 0])
    }

    @Test(arguments: [
        "Parses the answers.", "A header field.", "Chosen by chance.", "It minds opt-outs.", "The key as it came.",
        "The proxy behind it.", "It is read anew.", "For whoever has the link.", "A body that is no JSON.",
    ])
    func `each of our words is found`(summary: String) {
        #expect(Self.words(in: SummaryTests.Comment(place: "", lines: [summary])).count == 1, "\(summary)")
    }
}
