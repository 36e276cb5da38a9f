import Foundation
import TestSupport
import Testing

/// A bootstrap in an empty file system: no libraries, no /etc, only /proc.
@Suite(.takingTurns) struct IsolationTests {
    /// True when this machine lets a test create a mount namespace.
    static let canUnshare: Bool = {
        guard let process = try? TestProcess("/usr/bin/unshare", ["--map-root-user", "--mount", "/bin/true"]) else {
            return false
        }
        while process.isRunning { usleep(5000) }
        return process.errorOutput.isEmpty
    }()

    @Test(.enabled(if: canUnshare, "This machine allows no mount namespaces."))
    func `Echo answers in an empty root`() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "switchboard-root-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root.appending(path: "proc"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.copyItem(
            at: URL(filePath: TestProcess.bootstrap("Echo")), to: root.appending(path: "bootstrap"))

        let script = RuntimeAPIScript([RuntimeAPIScript.Event("a", #"{"alone":true}"#)])
        let server = try ScriptedServer(script.serve)
        let process = try TestProcess(
            "/usr/bin/unshare",
            [
                "--map-root-user", "--mount", "/bin/sh", "-c",
                "mount --bind /proc \"$0/proc\" && exec chroot \"$0\" /bootstrap", root.path,
            ],
            environment: ["AWS_LAMBDA_RUNTIME_API": server.authority, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
        #expect(try await process.status() == 1)  // The script ends the Runtime API after one event.
        #expect(server.requests.filter { $0.method == "POST" }.map(\.text) == [#"{"alone":true}"#])
    }
}
