import Foundation
import TestSupport
import Testing

/// The rules for where files lie, and for what each target imports.
@Suite struct HouseRulesTests {
    private struct Source {
        /// Its path from the project's folder.
        let path: String
        let url: URL

        var name: String { url.lastPathComponent }
        var folder: String { String(path.dropLast(name.count + 1)) }
        /// The target's name, as in `Sources/Domain/VoiceAuth/…`.
        var target: String { path.split(separator: "/").dropFirst(2).first.map(String.init) ?? "" }
        var layer: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

        var imports: Set<String> {
            get throws {
                let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
                return Set(lines.filter { $0.contains("import ") && !$0.hasPrefix("//") }.compactMap(Self.module))
            }
        }

        private static func module(_ line: Substring) -> String? {
            let words = line.split(separator: " ").map(String.init)
            guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
                words[..<place].allSatisfy({ ["package", "public", "internal", "@testable"].contains($0) })
            else { return nil }
            return words[place + 1]
        }
    }

    private static func sources(_ folder: String) throws -> [Source] {
        let root = TestProcess.root.standardizedFileURL
        let files = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
        let paths = (files?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
        // What is looked at is there.
        try #require(paths.count > 100, "\(folder)")
        return paths.map { Source(path: $0, url: root.appending(path: $0)) }
    }

    @Test func `no two files of Sources have one name`() throws {
        let files = Dictionary(grouping: try Self.sources("Sources"), by: \.name)
        let twice = files.values.filter { $0.count > 1 }.map { $0.map(\.path).sorted() }
        #expect(twice.isEmpty)
    }

    @Test(arguments: ["Sources", "Tests"]) func `no folder holds more than fifteen files`(folder: String) throws {
        let folders = Dictionary(grouping: try Self.sources(folder), by: \.folder)
        let full = folders.filter { $0.value.count > 15 }.map { "\($0.key): \($0.value.count)" }
        #expect(full.isEmpty)
    }

    /// A library of C is one target's, which others call; signatures of Alexa's need OpenSSL's certificates as well.
    @Test(arguments: [
        "CCurl": ["HTTPClient"], "CExpat": ["AWS"], "COpenSSL": ["AlexaVerification", "Crypto"],
        "CRapidJSON": ["JSON"],
    ])
    func `a library of C is imported by its own targets alone`(library: String, targets: [String]) throws {
        let importers = try Self.sources("Sources").filter { try $0.imports.contains(library) }
        #expect(Set(importers.map(\.target)) == Set(targets))
    }

    @Test func `functions, the entry of skills and the local tools alone import the Lambda runtime`() throws {
        let importers = try Self.sources("Sources").filter { try $0.imports.contains("LambdaRuntime") }
        let others = importers.filter { source in
            !["Functions", "Local"].contains(source.layer) && source.target != "AlexaEndpoint"
        }
        #expect(others.map(\.path).isEmpty)
        #expect(Set(importers.map(\.layer)).contains("Functions"))
    }
}
