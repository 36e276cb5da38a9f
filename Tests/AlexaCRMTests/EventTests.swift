import Alexa
import Foundation
import JSON
import LambdaRuntime
import Settings
import TestSupport
import Testing

@testable import AlexaCRM

@Suite struct EventTests {
    private static func skillID() throws -> String {
        try #require(EventFixture.environment(of: "AlexaCRM")["ALEXA_SKILL_ID"])
    }

    @Test func `every event brings what its expectation says, in their order`() async throws {
        let fixtures = try EventFixture.all(of: "AlexaCRM")
        #expect(fixtures.count >= 10)
        let setup = try await CRMFixture(["ALEXA_SKILL_ID": try Self.skillID()])
        for fixture in fixtures {
            try await fixture.check { try await setup.invoke(Array($0)).bytes }
        }
        // Those of the dialog, of our own question, and the duplicate: the retry is not among them.
        #expect(setup.created.count == 3)
    }

    @Test func `a broken event, Alexa's or HTTP's, never breaks the one after it`() async throws {
        let fixture = try await CRMFixture()
        for file in try EventFixture.all(of: "AlexaCRM") {
            let event = Array(file.event)
            for place in stride(from: 0, to: event.count, by: max(1, event.count / 40)) {
                for piece in [[], [0x22], Array("null".utf8), [0xFF], Array("[[".utf8)] {
                    var broken = event
                    broken.replaceSubrange(place..<min(place + 3, event.count), with: piece)
                    _ = try? await fixture.invoke(broken)
                }
            }
            #expect(try await fixture.say("AMAZON.StopIntent").ssml == CRMSentence.goodbye.ssml(), "\(file)")
        }
    }
}
