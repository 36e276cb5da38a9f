import Foundation
import JSON
import LocalServices

/// The state of a running local stack, for `switchboard env`: a file in dist for each, which only its owner can read.
struct StackState: Codable, Equatable {
    /// The process of `deploy --local`.
    let processID: Int32
    /// The variables with which an AWS client uses it.
    let environment: [String: String]
    /// The HTTP API's URL.
    let api: String?

    private static func folder(in root: URL) -> URL { root.appending(path: "dist") }
    private static func file(of process: Int32, in root: URL) -> URL {
        folder(in: root).appending(path: ".stack-\(process).json")
    }
    private static func secretFile(in root: URL) -> URL { root.appending(path: "dist/.stack-secret") }
    /// The configuration of the AWS CLI that goes with it.
    static func configuration(in root: URL) -> URL { root.appending(path: "dist/.stack-aws-config") }

    /// Returns the stack that has run in a project for the longest time; nil when the process of none lives.
    static func running(in root: URL) -> StackState? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder(in: root).path)) ?? []
        let files = names.filter { $0.hasPrefix(".stack-") && $0.hasSuffix(".json") }
            .map { folder(in: root).appending(path: $0) }
        let states = files.compactMap { file -> (state: StackState, since: Date)? in
            guard let bytes = try? Data(contentsOf: file),
                let state = try? JSONDecoder().decode(StackState.self, from: bytes),
                kill(state.processID, 0) == 0 || errno == EPERM
            else { return nil }
            let values = try? file.resourceValues(forKeys: [.contentModificationDateKey])
            return (state, values?.contentModificationDate ?? .distantFuture)
        }
        return states.min { $0.since < $1.since }?.state
    }

    /// Returns the project's own secret key, which stays the same for fixed addresses; a new one the first time.
    static func secret(in root: URL) throws -> String {
        let url = secretFile(in: root)
        if let text = try? String(contentsOf: url, encoding: .utf8), text.count >= 32 { return text }
        let secret = UUID().uuidString
        try write(Data(secret.utf8), to: url)
        return secret
    }

    /// Writes the files, with the rights of their owner alone.
    func write(in root: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try Self.write(try encoder.encode(self), to: Self.file(of: processID, in: root))
        // Version 2 of the AWS CLI takes events as they are then, as version 1 does; a pager is in the way of scripts.
        let text = """
            [default]
            region = \(environment["AWS_REGION"] ?? "eu-central-1")
            cli_binary_format = raw-in-base64-out
            cli_pager =

            """
        try Self.write(Data(text.utf8), to: Self.configuration(in: root))
    }

    /// Removes the files of this process's stack.
    func remove(in root: URL) {
        try? FileManager.default.removeItem(at: Self.file(of: processID, in: root))
        guard Self.running(in: root) == nil else { return }
        try? FileManager.default.removeItem(at: Self.configuration(in: root))
    }

    private static func write(_ bytes: Data, to url: URL) throws {
        let temporary = url.deletingLastPathComponent().appending(path: ".\(UUID().uuidString)")
        let isMade = FileManager.default.createFile(
            atPath: temporary.path, contents: bytes, attributes: [.posixPermissions: 0o600])
        guard isMade, rename(temporary.path, url.path) == 0 else {
            try? FileManager.default.removeItem(at: temporary)
            throw Refusal("\(url.path) cannot be written.")
        }
    }
}
