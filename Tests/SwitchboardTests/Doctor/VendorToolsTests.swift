import Foundation
import TestSupport
import Testing

@testable import switchboard

struct VendorToolsTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
    }

    private func add(_ name: String, _ version: String) throws {
        try project.add("bin/\(name)", "#!/bin/sh\necho '\(version)'\n")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: project.root.appending(path: "bin/\(name)").path)
    }

    private func findings() async -> [Finding] {
        let folder = project.root.appending(path: "bin").path
        return await VendorToolsCheck { Tool($0, path: folder) }.findings()
    }

    @Test func `version 1 of the AWS CLI is warned of, and what is missing is no fault`() async throws {
        try add("aws", "aws-cli/1.44.2 Python/3.11.2 Linux/6.1")
        try add("sam", "SAM CLI, version 1.170.0")
        let findings = await findings()
        #expect(findings.map(\.state) == [.note, .ok, .note, .note])
        #expect(findings[0].text.hasPrefix("aws-cli/1.44.2 is version 1"))
        #expect(findings[1] == .ok("sam", "SAM CLI, version 1.170.0"))
        #expect(findings[2].line.hasPrefix("note     ask: not installed: "))
    }

    @Test func `version 2 is well`() async throws {
        try add("aws", "aws-cli/2.15.30 Python/3.11.8 Linux/6.1")
        #expect(await findings().first == .ok("aws", "aws-cli/2.15.30 Python/3.11.8 Linux/6.1"))
    }
}
