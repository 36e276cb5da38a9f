import Foundation
import TestSupport
import Testing

/// Contact flows played through the built functions by `switchboard call`: Connect's part and Twilio's.
@Suite(.serialized) struct CallTests {
    private static let root = TestProcess.root.path

    private static func switchboard(_ arguments: [String]) throws -> TestProcess {
        try TestProcess(
            "\(root)/dist/switchboard", arguments, environment: ["SWITCHBOARD_ROOT": root, "PATH": "/usr/bin:/bin"])
    }

    @Test(arguments: [
        ("voice-auth-contact", "voice-auth-contact", []),
        ("voice-auth-caller-id", "voice-auth-caller-id", ["--set", "VOICE_PROOF_SECONDS=4"]),
        ("guide", "guide", []), ("guide", "guide-without-profile", []), ("guide-handler", "guide-handler", []),
        ("data-dip", "data-dip", ["--salesforce", "\(root)/integrations/connect/calls/data-dip.salesforce.json"]),
        ("voicemail", "voicemail", []),
    ])
    func `calls go as their script expects`(flow: String, script: String, options: [String]) async throws {
        let file = "\(Self.root)/integrations/connect/calls/\(script).call"
        let process = try Self.switchboard(["call", flow, "--script", file] + options)
        #expect(try await process.status() == 0, "\(process.errorOutput)")
    }

    @Test func `a script that expects something else fails, and says where`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).call")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("> call from withheld\nConnect: Welcome.\n".utf8).write(to: file)
        let process = try Self.switchboard(["call", "voice-auth-contact", "--script", file.path])
        #expect(try await process.status() == 1)
        #expect(process.errorOutput.contains("Line 1 differs"))
    }

    @Test func `the events of voice authentication hold in either order of its functions`() async throws {
        // The one's events delete voiceprints, the other's need them.
        let process = try Self.switchboard(["demo", "VoiceAuthCheck", "TwilioVoice"])
        #expect(try await process.status() == 0, "\(process.errorOutput)")
    }

    @Test func `every flow of the project is sound`() async throws {
        let process = try Self.switchboard(["flow", "check"])
        #expect(try await process.status() == 0)
    }
}
