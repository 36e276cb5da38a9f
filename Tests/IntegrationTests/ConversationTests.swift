import Foundation
import TestSupport
import Testing

/// The built skills in conversation, as `switchboard talk` holds them: bootstraps, local Salesforce and S3 and all.
@Suite(.serialized) struct ConversationTests {
    @Test(arguments: ["AlexaCRM", "AlexaJokebox"], ["en-US", "en-GB", "de-DE", "es-ES"])
    func `a skill says and plays what its script expects`(function: String, locale: String) async throws {
        let root = TestProcess.root.path
        let skill = function.dropFirst("Alexa".count).lowercased()
        let process = try TestProcess(
            "\(root)/dist/switchboard",
            [
                "talk", function, "--locale", locale, "--replay",
                "\(root)/integrations/alexa/\(skill)/conversations/\(locale).talk",
            ], environment: ["SWITCHBOARD_ROOT": root, "PATH": "/usr/bin:/bin"])
        #expect(try await process.status() == 0, "\(process.errorOutput)")
    }
}
