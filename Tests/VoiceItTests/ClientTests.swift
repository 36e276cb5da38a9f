import Calling
import Foundation
import LocalServices
import TestSupport
import Testing

@testable import VoiceIt

/// The client against the strict local VoiceIt.
@Suite(.takingTurns) struct ClientTests {
    @Test func `a user is made, enrolled, verified and deleted`() async throws {
        try await VoiceItDouble.withRunning { double in
            let client = try VoiceItFixture(double.url).client
            let id = try await client.createUser(deadline: .soon)
            #expect(id.hasPrefix("usr_") && id.count == 36)
            #expect(try await client.verify(VoiceItFixture.sample(id), deadline: .soon).code.rawValue == "PNTE")
            for count in 1...3 {
                let verdict = try await client.enroll(VoiceItFixture.sample(id), deadline: .soon)
                #expect(verdict.meaning == .success)
                #expect(try await client.enrollmentCount(of: id) == count)
            }
            let verified = try await client.verify(VoiceItFixture.sample(id), deadline: .soon)
            #expect(verified == VoiceVerdict(.success, confidence: 91.5))
            let other = VoiceItFixture.sample(id, LocalRecording(voice: "somebody else"))
            #expect(
                try await client.verify(other, deadline: .soon)
                    == VoiceVerdict(.init(rawValue: "FAIL"), confidence: 12.25))
            #expect(try await client.deleteUser(id, deadline: .soon))
            #expect(try await !client.deleteUser(id, deadline: .soon))
            let phrases = try await client.phrases(language: "en-US", deadline: .soon)
            #expect(phrases.count == 4 && phrases.contains(VoiceItFixture.phrase))
        }
    }

    @Test func `the recording's bytes and every field arrive as they were`() async throws {
        try await VoiceItDouble.withRunning { double in
            await double.account.addUser("usr_1", phrases: ["für & \"immer\"\r\nja"])
            let client = try VoiceItFixture(double.url).client
            var sample = VoiceItFixture.sample("usr_1")
            sample.phrase = "für & \"immer\"\r\nja"
            sample.recording += (0...255).map { UInt8($0) }
            #expect(try await client.verify(sample, deadline: .soon).code == .success)
            let call = try #require(await double.account.calls.last)
            #expect(call.fields == ["userId": "usr_1", "contentLanguage": "en-US", "phrase": sample.phrase])
        }
    }

    @Test func `a user that is not there is told apart`() async throws {
        try await VoiceItDouble.withRunning { double in
            let client = try VoiceItFixture(double.url).client
            let count = await #expect(throws: VoiceItError.self) { try await client.enrollmentCount(of: "usr_0") }
            #expect(count?.kind == .notEnrolled)
            let language = await #expect(throws: VoiceItError.self) {
                try await client.phrases(language: "xx-XX", deadline: .soon)
            }
            #expect(language?.kind == .operatorProblem && language?.code?.rawValue == "INCP")
        }
    }

    @Test(arguments: ["", "usr_1/all", "..", "usr 1", "usr_ä", String(repeating: "a", count: 129)])
    func `an id that would change the path is not sent`(id: String) async throws {
        try await VoiceItDouble.withRunning { double in
            let client = try VoiceItFixture(double.url).client
            for call: (String) async throws -> Void in [
                { _ = try await client.deleteUser($0, deadline: .soon) },
                { _ = try await client.enrollmentCount(of: $0) },
                { _ = try await client.verify(VoiceItFixture.sample($0), deadline: .soon) },
            ] {
                let error = await #expect(throws: VoiceItError.self) { try await call(id) }
                #expect(error?.outcome == .notSent)
            }
            #expect(await double.account.calls.isEmpty)
        }
    }
}
