import Foundation
import LocalServices

/// Changes to files that are made all or not at all.
struct NewChanges {
    let root: URL
    /// The text of each file, by its path under the root.
    private(set) var texts: [String: String]

    init(_ texts: [String: String], in root: URL) {
        self.texts = texts
        self.root = root
    }

    /// Formats what is Swift as `swift format` does with the project's settings; without a toolchain it stays as it is.
    mutating func format(with swift: Tool? = Tool("swift")) async throws {
        guard let swift else { return }
        let folder = try TemporaryFolder.url().appending(path: "switchboard-new-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = texts.keys.filter { $0.hasSuffix(".swift") }.sorted()
        for path in paths { try Self.write(texts[path] ?? "", to: folder.appending(path: path)) }
        let configuration = root.appending(path: ".swift-format").path
        let output = try await swift.run(
            ["format", "-i", "--configuration", configuration] + paths.map { folder.appending(path: $0).path })
        guard output.status == 0 else { throw Refusal("swift format refuses what was written: \(output.text)") }
        for path in paths {
            texts[path] = String(decoding: try Files.read(folder.appending(path: path), "source"), as: UTF8.self)
        }
    }

    /// Writes the files, then those that `more` makes of them; takes everything back when one cannot be made or written.
    func write(then more: () throws -> [String: String] = { [:] }) throws {
        var before: [(path: String, bytes: [UInt8]?)] = []
        func write(_ texts: [String: String]) throws {
            for (path, text) in texts.sorted(by: { $0.key < $1.key }) {
                let url = root.appending(path: path)
                let exists = FileManager.default.fileExists(atPath: url.path)
                before.append((path, exists ? try Files.read(url, "project's file") : nil))
                try Self.write(text, to: url)
            }
        }
        do {
            try write(texts)
            try write(more())
        } catch {
            for (path, bytes) in before.reversed() { takeBack(path, bytes) }
            throw Refusal("Nothing was written. \(PlainError.sentence(of: error))")
        }
    }

    private static func write(_ text: String, to url: URL) throws {
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url, options: .atomic)
    }

    /// Puts a file back as it was, with the folders that were made for it gone.
    private func takeBack(_ path: String, _ bytes: [UInt8]?) {
        let url = root.appending(path: path)
        if let bytes {
            try? Data(bytes).write(to: url)
            return
        }
        try? FileManager.default.removeItem(at: url)
        var folder = url.deletingLastPathComponent()
        while folder.path != root.path, Files.names(in: folder).isEmpty, Files.isFolder(folder) {
            guard (try? FileManager.default.removeItem(at: folder)) != nil else { return }
            folder = folder.deletingLastPathComponent()
        }
    }
}
