import Foundation
import LocalServices
import TestSupport
import Testing
import VoiceAuth

@testable import TwilioVoice

/// Concurrent calls and failures.
@Suite(.takingTurns) struct CrossingTests {
    @Test func `a voice is not added to a voiceprint that another call has completed meanwhile`() async throws {
        try await CallFixture.withRunning { fixture in
            let intruder = fixture.call()
            var question = try await intruder.press(try await fixture.begin("i"), try await intruder.incoming())
            question = try await intruder.press("1", question)
            #expect(question.first("Record") != nil)
            let owner = fixture.call()
            var next = try await owner.press(try await fixture.begin("o"), try await owner.incoming())
            for _ in 1...4 { next = try await owner.speak(next) }
            #expect(try await fixture.result("o") == .verified)
            let sid = FixtureCall.recordingSID()
            let answer = try await intruder.speak(question, LocalRecording(voice: "somebody else"), as: sid)
            #expect(answer.says.first == CallSentence.verify.text(in: "en-US"))
            #expect(await fixture.voiceIt.account.users.values.map(\.count) == [3])
            #expect(await fixture.twilio.recordings.deleted.contains(sid))
            _ = try await intruder.speak(answer, LocalRecording(voice: "somebody else"))
            #expect(try await fixture.result("i") == .failedVerified)
        }
    }

    @Test func `a recording of another call brings neither its answer nor a second upload`() async throws {
        try await CallFixture.withRunning { fixture in
            try await fixture.enrol()
            let sid = FixtureCall.recordingSID()
            let call = fixture.call()
            let asked = try await call.press(try await fixture.begin("c"), try await call.incoming())
            let verified = try await call.speak(asked, as: sid)
            #expect(verified.says == CallFixture.ending(.verified))
            let uploads = await fixture.voiceIt.account.calls.count
            let spoofer = fixture.call()
            let question = try await spoofer.press(try await fixture.begin("s"), try await spoofer.incoming())
            let answer = try await fixture.post(question.path(of: "Record"), spoofer.recorded(sid))
            #expect(answer == question)
            #expect(try await fixture.post(asked.path(of: "Record"), call.recorded(sid)) == verified)
            let stranger = fixture.call()
            #expect(
                try await fixture.post(asked.path(of: "Record"), stranger.recorded(sid)).says
                    == CallFixture.ending(.unknown))
            #expect(await fixture.voiceIt.account.calls.count == uploads)
            #expect(try await fixture.result("s") == .failedVerified)
        }
    }

    @Test func `a table that hangs behind the claim leaves time to delete the recording`() async throws {
        try await CallFixture.withRunning { fixture in
            try await fixture.enrol()
            let call = fixture.call()
            let question = try await call.press(try await fixture.begin("c"), try await call.incoming())
            let known = fixture.table.calls.count { $0.operation == .getItem }
            fixture.table.behave { operation, number in
                operation == .getItem && number > known + 1 ? .hang : .normal
            }
            let sid = FixtureCall.recordingSID()
            let start = ContinuousClock.now
            let end = try await call.speak(question, as: sid)
            #expect(end.says == CallFixture.ending(.trouble))
            #expect(ContinuousClock.now - start < .seconds(13))
            #expect(await fixture.twilio.recordings.deleted.contains(sid))
        }
    }

    @Test func `the user of a caller who declined is written down until VoiceIt has deleted it`() async throws {
        try await CallFixture.withRunning { fixture in
            let call = fixture.call()
            let consent = try await call.press(try await fixture.begin(), try await call.incoming())
            await fixture.voiceIt.account.misbehave(.code("GERR"), times: 5, path: "/users/")
            #expect(try await call.press("2", consent).says == CallFixture.ending(.declined))
            let user = try #require(await fixture.voiceIt.account.users.keys.first)
            let pending = try await fixture.pending()
            #expect(pending.count == 1)
            guard case .user(user, _) = pending.first?.target else {
                Issue.record("\(pending)")
                return
            }
            #expect(fixture.log.lines.count { $0.contains("WARN") && $0.contains("The deletion of identity#") } == 1)
            #expect(!fixture.log.lines.contains { $0.contains(user) })
        }
    }

    @Test func `a recording is written down before it is fetched, and forgotten when it is deleted`() async throws {
        try await CallFixture.withRunning { fixture in
            try await fixture.enrol()
            #expect(try await fixture.pending().isEmpty)
            let call = fixture.call()
            let question = try await call.press(try await fixture.begin("c"), try await call.incoming())
            // Killed as soon as the recording is requested.
            await fixture.twilio.recordings.misbehave(.slow(milliseconds: 60_000), times: 9)
            let sid = FixtureCall.recordingSID()
            let task = Task { try await call.speak(question, as: sid) }
            try await Task.sleep(for: .milliseconds(300))
            let pending = try await fixture.pending()
            #expect(pending.map(\.logName) == [sid])
            task.cancel()
            _ = try? await task.value
        }
    }

    @Test func `the third enrolment unlike the others ends the call, and the next begin starts over`() async throws {
        try await CallFixture.withRunning { fixture in
            let call = fixture.call()
            var document = try await call.press(try await fixture.begin(), try await call.incoming())
            document = try await call.speak(try await call.press("1", document))
            for _ in 1...2 { document = try await call.speak(document, LocalRecording(code: "NSPE")) }
            #expect(document.first("Record") != nil)
            document = try await call.speak(document, LocalRecording(code: "NSPE"))
            #expect(document.says == CallFixture.ending(.unlike))
            #expect(await fixture.voiceIt.account.users.isEmpty)
            let other = fixture.call()
            document = try await other.press(try await fixture.begin("d"), try await other.incoming())
            #expect(document.says.first == CallSentence.enrollFirst.text(in: "en-US"))
            for _ in 1...4 { document = try await other.speak(document) }
            #expect(try await fixture.result("d") == .verified)
        }
    }
}
