import Foundation
import LocalServices
import TestSupport
import Testing
import VoiceAuth

@testable import TwilioVoice

/// Calls and failures that come in each other's way.
@Suite(.takingTurns) struct CrossingTests {
    @Test func `a voice is not added to a voiceprint that another call has completed meanwhile`() async throws {
        try await CallBench.withRunning { bench in
            let intruder = bench.call()
            var question = try await intruder.press(try await bench.begin("i"), try await intruder.incoming())
            question = try await intruder.press("1", question)
            #expect(question.first("Record") != nil)
            let owner = bench.call()
            var next = try await owner.press(try await bench.begin("o"), try await owner.incoming())
            for _ in 1...4 { next = try await owner.speak(next) }
            #expect(try await bench.result("o") == .verified)
            let sid = BenchCall.recordingSID()
            let answer = try await intruder.speak(question, LocalRecording(voice: "somebody else"), as: sid)
            #expect(answer.says.first == Sentence.verify.text(in: "en-US"))
            #expect(await bench.voiceIt.account.users.values.map(\.count) == [3])
            #expect(await bench.twilio.recordings.deleted.contains(sid))
            _ = try await intruder.speak(answer, LocalRecording(voice: "somebody else"))
            #expect(try await bench.result("i") == .failedVerified)
        }
    }

    @Test func `a recording of another call brings neither its answer nor a second upload`() async throws {
        try await CallBench.withRunning { bench in
            try await bench.enrol()
            let sid = BenchCall.recordingSID()
            let call = bench.call()
            let asked = try await call.press(try await bench.begin("c"), try await call.incoming())
            let verified = try await call.speak(asked, as: sid)
            #expect(verified.says == [Sentence.verified.text(in: "en-US")])
            let uploads = await bench.voiceIt.account.calls.count
            let spoofer = bench.call()
            let question = try await spoofer.press(try await bench.begin("s"), try await spoofer.incoming())
            let answer = try await bench.post(question.path(of: "Record"), spoofer.recorded(sid))
            #expect(answer == question)
            #expect(try await bench.post(asked.path(of: "Record"), call.recorded(sid)) == verified)
            let stranger = bench.call()
            #expect(
                try await bench.post(asked.path(of: "Record"), stranger.recorded(sid)).says
                    == [Sentence.unknown.text(in: "en-US")])
            #expect(await bench.voiceIt.account.calls.count == uploads)
            #expect(try await bench.result("s") == .failedVerified)
        }
    }

    @Test func `a table that hangs behind the claim leaves time to delete the recording`() async throws {
        try await CallBench.withRunning { bench in
            try await bench.enrol()
            let call = bench.call()
            let question = try await call.press(try await bench.begin("c"), try await call.incoming())
            let known = bench.table.calls.count { $0.operation == .getItem }
            bench.table.behave { operation, number in
                operation == .getItem && number > known + 1 ? .hang : .normal
            }
            let sid = BenchCall.recordingSID()
            let start = ContinuousClock.now
            let end = try await call.speak(question, as: sid)
            #expect(end.says == [Sentence.trouble.text(in: "en-US")])
            #expect(ContinuousClock.now - start < .seconds(10))
            #expect(await bench.twilio.recordings.deleted.contains(sid))
        }
    }

    @Test func `too few recordings end an enrolment kindly, and the next call enrols`() async throws {
        try await CallBench.withRunning { bench in
            let call = bench.call()
            var document = try await call.press(try await bench.begin(), try await call.incoming())
            document = try await call.press("1", document)
            await bench.voiceIt.account.misbehave(.code("PNTE"), path: "/enrollments/voice")
            let end = try await call.speak(document)
            #expect(end.isOver && end.says == [Sentence.notEnrolled.text(in: "en-US")])
            let other = bench.call()
            document = try await other.press(try await bench.begin("d"), try await other.incoming())
            for _ in 1...4 { document = try await other.speak(document) }
            #expect(try await bench.result("d") == .verified)
        }
    }

    @Test func `the user of a caller who declined is deleted by the status callback, when it could not be before`()
        async throws
    {
        try await CallBench.withRunning { bench in
            let call = bench.call()
            let consent = try await call.press(try await bench.begin(), try await call.incoming())
            await bench.voiceIt.account.misbehave(.code("GERR"), path: "/users/")
            #expect(try await call.press("2", consent).says == [Sentence.declined.text(in: "en-US")])
            #expect(await bench.voiceIt.account.users.count == 1)
            for _ in 1...2 { _ = try await bench.post("/voice/status", call.parameters(["CallStatus": "completed"])) }
            #expect(await bench.voiceIt.account.users.isEmpty)
            let deletions = await bench.voiceIt.account.calls.filter { $0.method == "DELETE" && $0.code == "SUCC" }
            #expect(deletions.count == 1)
        }
    }
}
