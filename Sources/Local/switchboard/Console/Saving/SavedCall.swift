import Foundation

/// A call that is saved, with its WAV files beside it.
struct SavedCall: Sendable {
    let call: PlayedCall
    /// The path from the project's root.
    let path: String

    init(_ call: PlayedCall, path: String) {
        self.call = call
        self.path = path
    }

    private var replay: SavedReplay {
        SavedReplay(["call", call.flow] + (call.hasProfile ? [] : ["--from", call.caller]) + ["--script", path])
    }

    /// Writes the call after others, and replays it from a fresh start; returns nil when it does, else the difference,
    /// and leaves nothing behind.
    func keep(at url: URL, after earlier: [PlayedCall], in project: Project) async throws -> String? {
        var written: [URL] = []
        do {
            try write(at: url, after: earlier, &written)
            guard let difference = try await replay.difference(in: project) else { return nil }
            Self.remove(written)
            return difference
        } catch {
            Self.remove(written)
            throw error
        }
    }

    private func write(at url: URL, after earlier: [PlayedCall], _ written: inout [URL]) throws {
        let folder = url.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var lines = ["# \(replay.command)", "# Saved by the console."]
        if !earlier.isEmpty { lines.append("# The number's earlier calls come first: they left something behind.") }
        var known: [(bytes: [UInt8], name: String)] = []
        for call in earlier + [call] {
            var names: [String: String] = [:]
            for (name, bytes) in call.files.sorted(by: { $0.key < $1.key }) {
                if let same = known.first(where: { $0.bytes == bytes }) {
                    names[name] = same.name
                    continue
                }
                let own = "\(url.deletingPathExtension().lastPathComponent)-\(known.count + 1).wav"
                let place = folder.appending(path: own)
                try Data(bytes).write(to: place)
                written.append(place)
                known.append((bytes, own))
                names[name] = own
            }
            lines += call.lines(files: names)
        }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url, options: .withoutOverwriting)
        written.append(url)
    }

    private static func remove(_ files: [URL]) {
        for file in files { try? FileManager.default.removeItem(at: file) }
    }
}
