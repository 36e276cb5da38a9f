import Calling
import Foundation
import JSON
import LambdaRuntime
import LocalServices
import TestSupport
import Testing

@testable import VoiceAuth
@testable import VoiceAuthCheck

/// The schedule's `{"phase":"sweep"}`.
@Suite(.takingTurns) struct SweepTests {
    typealias Bench = VoiceCheckFixture

    private static func sid(_ number: Int) -> String {
        let digits = String(number)
        return "RE" + String(repeating: "0", count: 32 - digits.count) + digits
    }

    private func note(_ fixture: Bench, recordings: Range<Int>) async throws {
        for number in recordings {
            let target = PendingDeletion.Target.recording(
                sid: Self.sid(number), account: TwilioMediaDouble.accountSID)
            try await fixture.store.note(
                PendingDeletion(target, since: fixture.store.timing.now()), deadline: fixture.deadline)
        }
    }

    private func note(_ fixture: Bench, users: Range<Int>) async throws {
        for number in users {
            await fixture.voiceIt.account.addUser("usr_\(number)")
            let target = PendingDeletion.Target.user(id: "usr_\(number)", identity: IdentityKey("identity#\(number)"))
            try await fixture.store.note(
                PendingDeletion(target, since: fixture.store.timing.now()), deadline: fixture.deadline)
        }
    }

    private static func variables(_ url: String) -> [String: String] {
        [
            "TWILIO_API_BASE_URL": url, "TWILIO_ACCOUNT_SID": TwilioMediaDouble.accountSID,
            "TWILIO_AUTH_TOKEN": TwilioMediaDouble.authToken,
        ]
    }

    @Test func `nothing pending is none, and touches nobody`() async throws {
        try await Bench.run { fixture async throws in
            #expect(try await fixture.sweep() == .swept(pending: 0))
            #expect(await fixture.voiceItCalls.isEmpty)
            #expect(fixture.aws.calls.allSatisfy { $0.operation == .getItem })
            #expect(fixture.log.isEmpty)
        }
    }

    @Test func `from a flow, or with anything beside it, it is an invalid request`() async throws {
        try await Bench.run { fixture async throws in
            for event in [
                try Bench.event(["phase": "sweep"]), try Bench.decode(["phase": "sweep", "identity": "x"]),
                try Bench.decode(["phase": "sweep", "Name": "ContactFlowEvent"]),
                try Bench.decode(["phase": "sweep", "Details": NSNull()]), try Bench.decode(["phase": "Sweep"]),
            ] {
                let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
                #expect(error?.code == .invalidRequest)
            }
            #expect(fixture.aws.calls.isEmpty)
        }
    }

    @Test func `recordings are deleted a minute after they were written down`() async throws {
        try await TwilioMediaDouble.withRunning { twilio in
            try await Bench.run(Self.variables(twilio.url)) { fixture async throws in
                try await note(fixture, recordings: 0..<3)
                fixture.advance(seconds: 59.9)
                try await note(fixture, recordings: 3..<5)
                #expect(try await fixture.sweep() == .swept(pending: 5))
                #expect(await twilio.recordings.calls.isEmpty)
                fixture.advance(seconds: 0.1)
                #expect(try await fixture.sweep() == .swept(pending: 2))
                #expect(await twilio.recordings.deleted == Set((0..<3).map(Self.sid)))
                fixture.advance(seconds: 60)
                // A retried invocation finds them gone: 404.
                try await note(fixture, recordings: 0..<1)
                fixture.advance(seconds: 60)
                #expect(try await fixture.sweep() == .swept(pending: 0))
                #expect(fixture.notes.isEmpty && fixture.warnings.isEmpty)
            }
        }
    }

    @Test func `a token that Twilio refuses is read again, and the sweep goes on with the new one`() async throws {
        let readings = Counter()
        let vault = try ScriptedServer.answering { _ in
            let token = readings.increment() == 1 ? "rotated" : TwilioMediaDouble.authToken
            let secret = #"{"TWILIO_ACCOUNT_SID":"\#(TwilioMediaDouble.accountSID)","TWILIO_AUTH_TOKEN":"\#(token)"}"#
            return .init(JSONValue.object(["SecretString": .string(secret)]).text)
        }
        try await TwilioMediaDouble.withRunning { twilio in
            let variables = [
                "TWILIO_API_BASE_URL": twilio.url, "TWILIO_SECRET_ARN": "twilio",
                "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://\(vault.authority)",
            ]
            try await Bench.run(variables) { fixture async throws in
                try await note(fixture, recordings: 0..<1)
                fixture.advance(seconds: 61)
                #expect(try await fixture.sweep() == .swept(pending: 0))
                #expect(await twilio.recordings.calls.map(\.status) == [401, 204])
                #expect(vault.requests.count == 2)
            }
        }
    }

    @Test func `each deletion that fails is one line with the recording's SID, and stays`() async throws {
        try await TwilioMediaDouble.withRunning { twilio in
            try await Bench.run(Self.variables(twilio.url)) { fixture async throws in
                try await note(fixture, recordings: 0..<3)
                fixture.advance(seconds: 60)
                await twilio.recordings.misbehave(.busy, times: 3, path: Self.sid(1))
                #expect(try await fixture.sweep() == .swept(pending: 1))
                #expect(fixture.warnings.count == 1 && fixture.warnings.first?.contains(Self.sid(1)) == true)
                #expect(try await fixture.sweep() == .swept(pending: 0))
                #expect(fixture.warnings.count == 1)
            }
        }
    }

    @Test func `without Twilio's secret recordings stay, with one line, and users go`() async throws {
        try await Bench.run { fixture async throws in
            try await note(fixture, recordings: 0..<4)
            try await note(fixture, users: 0..<2)
            #expect(try await fixture.sweep() == .swept(pending: 4))
            #expect(fixture.warnings.isEmpty)
            fixture.advance(seconds: 60)
            #expect(try await fixture.sweep() == .swept(pending: 4))
            #expect(fixture.warnings.count == 1 && fixture.warnings.first?.contains("TWILIO_SECRET_ARN") == true)
            #expect(await fixture.users.isEmpty)
        }
    }

    @Test func `what has been pending for an hour is one line more, with its number`() async throws {
        try await Bench.run { fixture async throws in
            try await note(fixture, recordings: 0..<2)
            fixture.advance(seconds: 1)
            try await note(fixture, recordings: 2..<3)
            fixture.advance(seconds: 3_598.9)
            #expect(try await fixture.sweep() == .swept(pending: 3))
            #expect(!fixture.log.contains("OverdueDeletions"))
            fixture.advance(seconds: 0.1)
            #expect(try await fixture.sweep() == .swept(pending: 3))
            let lines = fixture.warnings.filter { $0.contains("OverdueDeletions") }
            #expect(lines.count == 1 && lines.first?.contains("count=2") == true, "\(lines)")
        }
    }

    @Test func `many are deleted side by side, and one that fails holds up no other`() async throws {
        try await Bench.run { fixture async throws in
            try await note(fixture, users: 0..<40)
            await fixture.voiceIt.account.misbehave(.slow(milliseconds: 3000), path: "/users/usr_0")
            await fixture.voiceIt.account.misbehave(.code("DAID", status: 401), path: "/users/usr_39")
            let start = ContinuousClock.now
            #expect(try await fixture.sweep() == .swept(pending: 2))
            #expect(ContinuousClock.now - start < .seconds(6))
            #expect(fixture.warnings.count == 2)
            // VoiceIt has carried out the slow one.
            #expect(await fixture.users == ["usr_39"])
            #expect(try await fixture.sweep() == .swept(pending: 0))
        }
    }

    @Test func `services that hang do not outlast the deadline`() async throws {
        let hanging = try ScriptedServer { connection in
            _ = try connection.readRequest()
            connection.hang()
        }
        defer { hanging.stop() }
        let url = "http://\(hanging.authority)"
        let variables = Self.variables(url).merging(["VOICEIT_BASE_URL": url]) { $1 }
        try await Bench.run(variables) { fixture async throws in
            try await note(fixture, recordings: 0..<20)
            try await note(fixture, users: 0..<20)
            fixture.advance(seconds: 60)
            let start = ContinuousClock.now
            #expect(try await fixture.sweep(within: .seconds(4)) == .swept(pending: 40))
            #expect(ContinuousClock.now - start < .seconds(4))
        }
    }

    @Test func `a table that fails fails the sweep, for the schedule to try again`() async throws {
        try await Bench.run { fixture async throws in
            fixture.aws.behave { _, _ in .refuse(status: 400, code: "Odd") }
            let error = await #expect(throws: FunctionError.self) { try await fixture.sweep() }
            #expect(error?.code == .serviceUnavailable)
        }
    }
}
