import Foundation
import TestSupport
import Testing

/// The built skills in conversations of `switchboard talk`: bootstraps, local Salesforce and S3.
@Suite(.serialized) struct ConversationTests {
    /// The jokebox with each kind of device.
    private static let devices = [("AlexaCRM", "start")] + ["start", "end", "finished"].map { ("AlexaJokebox", $0) }

    @Test(arguments: devices, ["en-US", "en-GB", "de-DE", "es-ES"])
    func `a skill says and plays what its script expects`(
        _ played: (function: String, nearlyFinished: String), locale: String
    ) async throws {
        let function = played.function
        let root = TestProcess.root.path
        let skill = function.dropFirst("Alexa".count).lowercased()
        let process = try TestProcess(
            "\(root)/dist/switchboard",
            [
                "talk", function, "--locale", locale, "--nearly-finished", played.nearlyFinished, "--replay",
                "\(root)/integrations/alexa/\(skill)/conversations/\(locale).talk",
            ], environment: ["SWITCHBOARD_ROOT": root, "PATH": "/usr/bin:/bin"])
        #expect(try await process.status() == 0, "\(process.errorOutput)")
    }
}
