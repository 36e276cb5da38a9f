import Foundation
import TestSupport
import Testing

/// The built skills in conversation, as `switchboard talk` holds them: bootstraps, local Salesforce and all.
@Suite(.serialized) struct ConversationTests {
    @Test(arguments: ["en-US", "en-GB", "de-DE", "es-ES"])
    func `the CRM skill says what its script expects`(locale: String) async throws {
        let root = TestProcess.root.path
        let process = try TestProcess(
            "\(root)/dist/switchboard",
            [
                "talk", "AlexaCRM", "--locale", locale, "--replay",
                "\(root)/integrations/alexa/crm/conversations/\(locale).talk",
            ], environment: ["SWITCHBOARD_ROOT": root, "PATH": "/usr/bin:/bin"])
        #expect(try await process.status() == 0, "\(process.errorOutput)")
    }
}
