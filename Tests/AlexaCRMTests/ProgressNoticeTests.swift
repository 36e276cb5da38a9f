import JSON
import TestSupport
import Testing

@testable import AlexaCRM

/// The announcement of a slow CRM.
@Suite(.takingTurns) struct ProgressNoticeTests {
    /// Responds, but only after a time.
    private static func taking(_ time: Duration) -> ScriptedServer.Script {
        { connection in
            while let request = try connection.readRequest() {
                try connection.sleep(for: time)
                try connection.answer(CRMFixture.answer(request))
            }
        }
    }

    @Test func `the two seconds begin when the user began to wait, not with the call`() async throws {
        let fixture = try await CRMFixture(startTime: .milliseconds(1500), wrapper: Self.taking(.milliseconds(1200)))
        let start = ContinuousClock.now
        #expect(try await fixture.say("TopLeadIntent").ssml?.contains("Testing C") == true)
        #expect(.now - start < .seconds(7) - .milliseconds(1500))
        #expect(fixture.alexa.requests.count == 1)
        // The next one has not waited for a start.
        #expect(try await fixture.say("TopLeadIntent").ssml?.contains("Testing C") == true)
        #expect(fixture.alexa.requests.count == 1)
    }
}
