import Foundation
import LambdaRuntime
import TestSupport
import Testing

@testable import switchboard

/// `switchboard --version`.
struct BuildVersionTests {
    @Test func `the command prints version, commit and architecture`() throws {
        let project = try TemporaryProject()
        let run = try CommandRun(["--version"], in: project.root)
        run.wait()
        #expect(run.status == 0)
        let pattern = #/switchboard (\d+\.\d+\.\d+) \(commit [0-9a-z-]+, (?:x86_64|arm64)\)\n/#
        #expect(try #require(run.output.wholeMatch(of: pattern)?.1) == Version.current)
    }

    @Test func `the commit is the one that build.sh wrote beside the command`() throws {
        let project = try TemporaryProject()
        try project.add(".commit", "918fc11c0d5a-dirty\n")
        let file = project.root.appending(path: ".commit")
        #expect(BuildVersion.text(commitFile: file).contains(" (commit 918fc11c0d5a-dirty, "))
        try FileManager.default.removeItem(at: file)
        #expect(BuildVersion.text(commitFile: file).contains(" (commit unknown, "))
    }
}
