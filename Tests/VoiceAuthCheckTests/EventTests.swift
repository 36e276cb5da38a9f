import AWS
import AmazonConnect
import Foundation
import JSON
import LambdaRuntime
import Settings
import TestSupport
import Testing

@testable import VoiceAuthCheck

@Suite(.takingTurns) struct EventTests {
    @Test(arguments: try EventFixture.all(of: "VoiceAuthCheck"))
    func `an event brings what its expectation says`(_ fixture: EventFixture) async throws {
        let environment = try EventFixture.environment(of: "VoiceAuthCheck")
        let table = try #require(environment["VOICE_TABLE"])
        // The local AWS and VoiceIt have names of their own for the rest.
        try await VoiceCheckFixture.run(environment.filter { $0.key == "VOICE_HASH_SECRET" }) { setup async throws in
            try await setup.seed(Self.items()[table] ?? [])
            try await fixture.check { event in
                try await JSONText.encode(setup.invoke(ContactFlowEvent(parsing: Array(event))))
            }
        }
    }

    /// Returns the items of the local tables before the events.
    private static func items() throws -> [String: [Item]] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../events/VoiceAuthCheck/items.json").standardized
        return try JSONDecoder().decode([String: [Item]].self, from: Data(contentsOf: file))
    }
}
