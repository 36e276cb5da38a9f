import Foundation
import LambdaRuntime
import LocalServices
import TestSupport
import Testing

@testable import VoiceIt

/// The client against the strict local VoiceIt.
@Suite(.takingTurns) struct ClientTests {
    @Test func `a user is made, found, enrolled, verified and deleted`() async throws {
        try await VoiceItDouble.withRunning { double in
            let client = try VoiceItBench(double.url).client
            let id = try await client.createUser(deadline: .soon)
            #expect(id.hasPrefix("usr_") && id.count == 36)
            #expect(try await client.userExists(id, deadline: .soon))
            #expect(try await client.verify(VoiceItBench.sample(id), deadline: .soon).code == .tooFewEnrollments)
            for count in 1...3 {
                let verdict = try await client.enroll(VoiceItBench.sample(id), deadline: .soon)
                #expect(verdict.meaning == .success)
                #expect(try await client.enrollmentCount(id, deadline: .soon) == count)
            }
            #expect(
                try await client.enrollments(id, deadline: .soon).map(\.text)
                    == [String](repeating: "Never forget tomorrow is a new day", count: 3))
            let verified = try await client.verify(VoiceItBench.sample(id), deadline: .soon)
            #expect(verified == VoiceVerdict(.success, confidence: 91.5))
            let other = VoiceItBench.sample(id, LocalRecording(voice: "somebody else"))
            #expect(
                try await client.verify(other, deadline: .soon)
                    == VoiceVerdict(.init(rawValue: "FAIL"), confidence: 12.25))
            try await client.deleteEnrollments(id, deadline: .soon)
            #expect(try await client.enrollmentCount(id, deadline: .soon) == 0)
            #expect(try await client.deleteUser(id, deadline: .soon))
            #expect(try await !client.deleteUser(id, deadline: .soon))
            #expect(try await !client.userExists(id, deadline: .soon))
            let phrases = try await client.phrases(language: "en-US", deadline: .soon)
            #expect(phrases.count == 4 && phrases.contains(VoiceItBench.phrase))
        }
    }

    @Test func `the recording's bytes and every field arrive as they were`() async throws {
        try await VoiceItDouble.withRunning { double in
            await double.account.addUser("usr_1", phrases: ["für & \"immer\"\r\nja"])
            let client = try VoiceItBench(double.url).client
            var sample = VoiceItBench.sample("usr_1")
            sample.phrase = "für & \"immer\"\r\nja"
            sample.recording += (0...255).map { UInt8($0) }
            #expect(try await client.verify(sample, deadline: .soon).code == .success)
            let call = try #require(await double.account.calls.last)
            #expect(call.fields == ["userId": "usr_1", "contentLanguage": "en-US", "phrase": sample.phrase])
        }
    }

    @Test(arguments: [
        ("SSTQ", ResponseCode.Meaning.askAgain), ("SSTL", .askAgain), ("NEHSD", .askAgain), ("SRNR", .askAgain),
        ("IFAD", .askAgain), ("FAIL", .failure), ("STTF", .failure), ("PDNM", .failure), ("RWPU", .failure),
        ("PNTE", .notEnrolled), ("UNFD", .notEnrolled),
    ])
    func `what VoiceIt makes of a recording is sorted`(code: String, meaning: ResponseCode.Meaning) async throws {
        try await VoiceItDouble.withRunning { double in
            let client = try VoiceItBench(double.url).client
            await double.account.misbehave(.code(code), times: 2)
            for verdict in [
                try await client.verify(VoiceItBench.sample("usr_1"), deadline: .soon),
                try await client.enroll(VoiceItBench.sample("usr_1"), deadline: .soon),
            ] {
                #expect(verdict.code.rawValue == code)
                #expect(verdict.meaning == meaning)
            }
        }
    }

    @Test(arguments: [
        ("UNAC", VoiceItError.Kind.credentialsRefused), ("DAID", .unavailable), ("ACLR", .unavailable),
        ("GERR", .unavailable), ("MISP", .refused), ("INCP", .refused), ("ZZZZ", .refused),
    ])
    func `what is not about the recording is an error with its code`(
        code: String, kind: VoiceItError.Kind
    ) async throws {
        try await VoiceItDouble.withRunning { double in
            let client = try VoiceItBench(double.url).client
            await double.account.misbehave(.code(code))
            let error = await #expect(throws: VoiceItError.self) {
                try await client.verify(VoiceItBench.sample("usr_secret"), deadline: .soon)
            }
            #expect(error?.kind == kind)
            #expect(error?.code?.rawValue == code)
            #expect(error?.description.contains("usr_secret") == false)
            #expect(await double.account.calls.count == 1)
        }
    }

    @Test func `a user that is not there is told apart`() async throws {
        try await VoiceItDouble.withRunning { double in
            let client = try VoiceItBench(double.url).client
            let count = await #expect(throws: VoiceItError.self) {
                try await client.enrollmentCount("usr_0", deadline: .soon)
            }
            #expect(count?.kind == .notEnrolled)
            let deletion = await #expect(throws: VoiceItError.self) {
                try await client.deleteEnrollments("usr_0", deadline: .soon)
            }
            #expect(deletion?.kind == .notEnrolled)
            let language = await #expect(throws: VoiceItError.self) {
                try await client.phrases(language: "xx-XX", deadline: .soon)
            }
            #expect(language?.kind == .refused && language?.code?.rawValue == "INCP")
        }
    }

    @Test(arguments: ["", "usr_1/all", "..", "usr 1", "usr_ä", String(repeating: "a", count: 129)])
    func `an id that would change the path is not sent`(id: String) async throws {
        try await VoiceItDouble.withRunning { double in
            let client = try VoiceItBench(double.url).client
            for call: (String) async throws -> Void in [
                { _ = try await client.userExists($0, deadline: .soon) },
                { _ = try await client.deleteUser($0, deadline: .soon) },
                { _ = try await client.enrollmentCount($0, deadline: .soon) },
                { try await client.deleteEnrollments($0, deadline: .soon) },
                { _ = try await client.verify(VoiceItBench.sample($0), deadline: .soon) },
            ] {
                let error = await #expect(throws: VoiceItError.self) { try await call(id) }
                #expect(error?.outcome == .notSent)
            }
            #expect(await double.account.calls.isEmpty)
        }
    }
}
