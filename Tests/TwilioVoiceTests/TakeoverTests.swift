import LocalServices
import TestSupport
import Testing
import VoiceAuth

@testable import TwilioVoice

/// Recordings that a process has died over, and that Twilio tells of again.
@Suite(.takingTurns) struct TakeoverTests {
    /// Claims the recording as a process that is killed, so long ago that its time is over.
    private static func die(over sid: String, of call: BenchCall, _ bench: CallBench) async throws {
        let claim = try await bench.store.claim(
            recordingSID: sid, callSID: call.sid, deadline: .now + .seconds(5))
        guard case .claimed = claim else {
            Issue.record("\(claim)")
            return
        }
        bench.table.changeItems { item in
            if item["id"]?.S?.hasPrefix("recording#") == true { item["until"] = DynamoDBValue(N: "1") }
        }
    }

    private static func uploads(_ bench: CallBench) async -> Int {
        await bench.voiceIt.account.calls.count { $0.method == "POST" && $0.path != "/users" }
    }

    @Test func `a verification is not uploaded again, fails nothing, and ends the call kindly`() async throws {
        try await CallBench.withRunning { bench in
            try await bench.enrol()
            let call = bench.call()
            let document = try await call.press(try await bench.begin("c"), try await call.incoming())
            let before = await Self.uploads(bench)
            let sid = BenchCall.recordingSID()
            try await Self.die(over: sid, of: call, bench)
            #expect(try await call.speak(document, as: sid).says == CallBench.ending(.trouble))
            #expect(await Self.uploads(bench) == before)
            #expect(await bench.twilio.recordings.deleted.contains(sid))
            #expect(!bench.log.lines.contains { $0.contains("RWPU") })
            #expect(try await bench.result("c") == .failedVerified)
            let other = bench.call()
            let again = try await other.press(try await bench.begin("d"), try await other.incoming())
            #expect(try await other.speak(again).says == CallBench.ending(.verified))
        }
    }

    @Test(arguments: [false, true])
    func `an enrolment is counted before anything is uploaded again`(wasEnrolled: Bool) async throws {
        try await CallBench.withRunning { bench in
            let call = bench.call()
            var document = try await call.press(try await bench.begin(), try await call.incoming())
            document = try await call.press("1", document)
            let sid = BenchCall.recordingSID()
            try await Self.die(over: sid, of: call, bench)
            let user = try #require(await bench.voiceIt.account.users.keys.first)
            if wasEnrolled { await bench.voiceIt.account.addUser(user, enrollments: 1) }
            document = try await call.speak(document, as: sid)
            #expect(await Self.uploads(bench) == 0)
            let sentence: Sentence = wasEnrolled ? .enrollNext : .unclear
            #expect(document.says.first == sentence.text(in: "en-US"))
            for _ in 1...(wasEnrolled ? 3 : 4) { document = try await call.speak(document) }
            #expect(document.says == CallBench.ending(.verified))
            #expect(await bench.voiceIt.account.users[user]?.count == 3)
        }
    }

    @Test func `a Twilio that deletes slowly keeps nobody waiting for it`() async throws {
        try await CallBench.withRunning(["VOICE_AUTH_BINDING": "caller-id"]) { bench in
            try await bench.begin()
            let call = bench.call()
            var document = try await call.press("1", try await call.incoming())
            for _ in 1...2 { document = try await call.speak(document) }
            await bench.twilio.recordings.misbehave(.slow(milliseconds: 20_000), path: ".json")
            let start = ContinuousClock.now
            document = try await call.speak(document)
            #expect(ContinuousClock.now - start < .seconds(4))
            #expect(document.verbs == ["Dial"])
            #expect(try await bench.pending().count == 1)
            #expect(bench.log.lines.count { $0.contains("WARN") && $0.contains("The deletion of RE") } == 1)
            // Connect's own number is dialled again, and stands in no item.
            #expect(!bench.table.itemText.contains(CallBench.connect))
        }
    }

    @Test func `what was dialled is dialled again for a webhook that comes twice`() async throws {
        try await CallBench.withRunning(["VOICE_AUTH_BINDING": "caller-id"]) { bench in
            try await bench.begin()
            let call = bench.call()
            var document = try await call.press("1", try await call.incoming())
            for _ in 1...2 { document = try await call.speak(document) }
            let sid = BenchCall.recordingSID()
            let dialled = try await call.speak(document, as: sid)
            #expect(try await bench.post(document.path(of: "Record"), call.recorded(sid)) == dialled)
            #expect(dialled.first("Dial")?.text == CallBench.connect)
        }
    }
}
