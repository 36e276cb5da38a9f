import Foundation

/// One function of the project, as its folders show it.
struct Function: Sendable {
    let name: String
    let root: URL

    var bootstrap: URL { root.appending(path: "dist/\(name)/bootstrap") }
    private var eventFolder: URL { root.appending(path: "events/\(name)") }

    /// Files beside the events that are no events.
    private static let settings: Set = ["env.json", "expected.json", "items.json", "secrets.json"]

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

    /// The variables that the events are meant for; nil when there is no such file.
    var environmentFile: URL? { existing("env.json") }

    /// What each event is expected to bring; nil when there is no such file.
    var expectationFile: URL? { existing("expected.json") }

    /// The local secrets: an object of secret name and its keys; nil when there is no such file.
    var secretFile: URL? { existing("secrets.json") }

    /// What is in the local tables before the first event: an object of table and its items, in DynamoDB's JSON; nil when
    /// there is no such file.
    var itemFile: URL? { existing("items.json") }

    /// Refuses when there is no bootstrap to run.
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
