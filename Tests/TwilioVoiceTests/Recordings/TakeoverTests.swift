import LocalServices
import TestSupport
import Testing
import VoiceAuth

@testable import TwilioVoice

/// Recordings that a process has died over, and that Twilio reports again.
@Suite(.takingTurns) struct TakeoverTests {
    /// Claims the recording as a process that is killed, so long ago that its time is over.
    private static func die(over sid: String, of call: FixtureCall, _ fixture: CallFixture) async throws {
        let claim = try await fixture.store.claim(
            recordingSID: sid, callSID: call.sid, deadline: .now + .seconds(5))
        guard case .claimed = claim else {
            Issue.record("\(claim)")
            return
        }
        fixture.table.changeItems { item in
            if item["id"]?.S?.hasPrefix("recording#") == true { item["until"] = DynamoDBValue(N: "1") }
        }
    }

    private static func uploads(_ fixture: CallFixture) async -> Int {
        await fixture.voiceIt.account.calls.count { $0.method == "POST" && $0.path != "/users" }
    }

    @Test func `a verification is not uploaded again, fails nothing, and ends the call kindly`() async throws {
        try await CallFixture.withRunning { fixture in
            try await fixture.enrol()
            let call = fixture.call()
            let document = try await call.press(try await fixture.begin("c"), try await call.incoming())
            let before = await Self.uploads(fixture)
            let sid = FixtureCall.recordingSID()
            try await Self.die(over: sid, of: call, fixture)
            #expect(try await call.speak(document, as: sid).says == CallFixture.ending(.trouble))
            #expect(await Self.uploads(fixture) == before)
            #expect(await fixture.twilio.recordings.deleted.contains(sid))
            #expect(!fixture.log.lines.contains { $0.contains("RWPU") })
            #expect(try await fixture.result("c") == .failedVerified)
            let other = fixture.call()
            let again = try await other.press(try await fixture.begin("d"), try await other.incoming())
            #expect(try await other.speak(again).says == CallFixture.ending(.verified))
        }
    }

    @Test(arguments: [false, true])
    func `an enrolment is counted before anything is uploaded again`(wasEnrolled: Bool) async throws {
        try await CallFixture.withRunning { fixture in
            let call = fixture.call()
            var document = try await call.press(try await fixture.begin(), try await call.incoming())
            document = try await call.press("1", document)
            let sid = FixtureCall.recordingSID()
            try await Self.die(over: sid, of: call, fixture)
            let user = try #require(await fixture.voiceIt.account.users.keys.first)
            if wasEnrolled { await fixture.voiceIt.account.addUser(user, enrollments: 1) }
            document = try await call.speak(document, as: sid)
            #expect(await Self.uploads(fixture) == 0)
            let sentence: CallSentence = wasEnrolled ? .enrollNext : .unclear
            #expect(document.says.first == sentence.text(in: "en-US"))
            for _ in 1...(wasEnrolled ? 3 : 4) { document = try await call.speak(document) }
            #expect(document.says == CallFixture.ending(.verified))
            #expect(await fixture.voiceIt.account.users[user]?.count == 3)
        }
    }

    @Test func `a Twilio that deletes slowly keeps nobody waiting for it`() async throws {
        try await CallFixture.withRunning(["VOICE_AUTH_BINDING": "caller-id"]) { fixture in
            try await fixture.begin()
            let call = fixture.call()
            var document = try await call.press("1", try await call.incoming())
            for _ in 1...2 { document = try await call.speak(document) }
            await fixture.twilio.recordings.misbehave(.slow(milliseconds: 20_000), path: ".json")
            let start = ContinuousClock.now
            document = try await call.speak(document)
            #expect(ContinuousClock.now - start < .seconds(4))
            #expect(document.verbs == ["Dial"])
            #expect(try await fixture.pending().count == 1)
            #expect(fixture.log.lines.count { $0.contains("WARN") && $0.contains("The deletion of RE") } == 1)
            // Connect's own number is dialled again, and is in no item.
            #expect(!fixture.table.itemText.contains(CallFixture.connect))
        }
    }

    @Test func `what was dialled is dialled again for a webhook that comes twice`() async throws {
        try await CallFixture.withRunning(["VOICE_AUTH_BINDING": "caller-id"]) { fixture in
            try await fixture.begin()
            let call = fixture.call()
            var document = try await call.press("1", try await call.incoming())
            for _ in 1...2 { document = try await call.speak(document) }
            let sid = FixtureCall.recordingSID()
            let dialled = try await call.speak(document, as: sid)
            #expect(try await fixture.post(document.path(of: "Record"), call.recorded(sid)) == dialled)
            #expect(dialled.first("Dial")?.text == CallFixture.connect)
        }
    }
}
