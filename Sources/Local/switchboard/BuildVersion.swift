import Foundation
import LambdaRuntime

/// The output of `switchboard --version`: the version, the commit that was built, and the machine.
enum BuildVersion {
    static var text: String {
        let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return text(
            commitFile: executable.map { URL(filePath: $0).deletingLastPathComponent().appending(path: ".commit") })
    }

    /// Reads the commit from the file that build.sh leaves beside the command; without one it is not known.
    static func text(commitFile: URL?) -> String {
        let commit = commitFile.flatMap { try? String(contentsOf: $0, encoding: .utf8) }?
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return "switchboard \(Version.current) (\(commit.map { "commit \($0)" } ?? "commit unknown"), \(machine))"
    }

    private static var machine: String {
        #if arch(arm64)
            "arm64"
        #else
            "x86_64"
        #endif
    }
}
