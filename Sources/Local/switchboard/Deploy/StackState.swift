import Foundation
import JSON
import LocalServices

/// The state of a running local stack, for `switchboard env`: a file in dist that only its owner can read.
struct StackState: Codable, Equatable {
    /// The process of `deploy --local`.
    let processID: Int32
    /// The variables with which an AWS client uses it.
    let environment: [String: String]
    /// The HTTP API's URL.
    let api: String?

    private static func file(in root: URL) -> URL { root.appending(path: "dist/.stack.json") }
    private static func secretFile(in root: URL) -> URL { root.appending(path: "dist/.stack-secret") }
    /// The configuration of the AWS CLI that goes with it.
    static func configuration(in root: URL) -> URL { root.appending(path: "dist/.stack-aws-config") }

    /// Returns the stack that runs in a project; nil when there is none, or its process has ended.
    static func running(in root: URL) -> StackState? {
        guard let bytes = try? Data(contentsOf: file(in: root)),
            let state = try? JSONDecoder().decode(StackState.self, from: bytes),
            kill(state.processID, 0) == 0 || errno == EPERM
        else { return nil }
        return state
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
        try Self.write(try encoder.encode(self), to: Self.file(in: root))
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
        guard Self.running(in: root)?.processID == processID else { return }
        try? FileManager.default.removeItem(at: Self.file(in: root))
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
