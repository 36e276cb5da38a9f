import Foundation

/// One function of the project, described by its folders.
struct Function: Sendable {
    let name: String
    let root: URL

    var bootstrap: URL { root.appending(path: "dist/\(name)/bootstrap") }
    private var eventFolder: URL { root.appending(path: "events/\(name)") }

    /// The files beside the events that are not events.
    private static let settings: Set = ["env.json", "expected.json", "items.json", "salesforce.json", "secrets.json"]

    /// A function of this package, not only a folder in dist/ or events/.
    var hasSources: Bool { Files.isFolder(root.appending(path: "Sources/Functions/\(name)")) }

    var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: bootstrap.path) }

    /// The bootstrap's size in bytes, nil when it is not built.
    var size: Int? {
        isBuilt ? (try? FileManager.default.attributesOfItem(atPath: bootstrap.path)[.size] as? Int) ?? nil : nil
    }

    /// The events, in the order of their names.
    var events: [URL] {
        Files.names(in: eventFolder)
            .filter { $0.hasSuffix(".json") && !Self.settings.contains($0) }
            .map { eventFolder.appending(path: $0) }
    }

    /// The names of the events: those of their files, without `.json`.
    var eventNames: [String] { events.map { $0.deletingPathExtension().lastPathComponent } }

    /// An event by its name, in any case and with or without `.json`, or by its path.
    func event(named typed: String) throws -> URL {
        let name = typed.hasSuffix(".json") ? String(typed.dropLast(5)) : typed
        if let match = Names.match(name, in: eventNames) { return eventFolder.appending(path: "\(match).json") }
        let url = URL(filePath: typed)
        if Files.isFolder(url) {
            let events = Files.names(in: url).filter { $0.hasSuffix(".json") && !Self.settings.contains($0) }
            let names = events.map { $0.dropLast(5) }.joined(separator: ", ")
            throw Refusal(
                typed.isEmpty
                    ? "The event's name is empty: give one of \(self.name)'s, a file, or - for standard input."
                    : "\(typed) is a folder; its events are \(names.isEmpty ? "none" : names).")
        }
        guard typed.contains("/") || FileManager.default.fileExists(atPath: url.path) else {
            throw Names.refusal("event", typed, in: eventNames, of: " of \(self.name), and no such file")
        }
        return url
    }

    /// The variables that the events are meant for; nil when there is no such file.
    var environmentFile: URL? { existing("env.json") }

    /// The file with the expected result of each event; nil when there is no such file.
    var expectationFile: URL? { existing("expected.json") }

    /// The local secrets: an object of secret name and its keys; nil when there is no such file.
    var secretFile: URL? { existing("secrets.json") }

    /// The objects, fields and records that the local Salesforce has for it; nil when there is no such file.
    var salesforceFile: URL? { existing("salesforce.json") }

    /// The file of what is in the local tables before the first event: an object of table and its items, in DynamoDB's
    /// JSON; nil when there is no such file.
    var itemFile: URL? { existing("items.json") }

    /// Throws a refusal when there is no bootstrap to run.
    func checkIsBuilt() throws {
        guard isBuilt else {
            throw Refusal("\(name) is not built (no dist/\(name)/bootstrap): run ./build.sh first.")
        }
    }

    private func existing(_ file: String) -> URL? {
        let url = eventFolder.appending(path: file)
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }
}
