import Foundation
import LocalServices
import TestSupport
import Testing
import VoiceAuth
import VoiceIt

@testable import TwilioVoice

/// Silence, length and hanging up: the checks of a recording before anybody judges its voice.
@Suite(.takingTurns) struct SilenceTests {
    private static func uploads(_ fixture: CallFixture) async -> Int {
        await fixture.voiceIt.account.calls.count { $0.method == "POST" && $0.path != "/users" }
    }

    /// Returns a mono WAV of 8 kHz and 16 bits with so many milliseconds of the same low noise.
    private static func wave(milliseconds: Int) -> [UInt8] {
        let size = milliseconds * 16
        func number(_ value: Int, _ bytes: Int) -> [UInt8] {
            (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        var file = Array("RIFF".utf8) + number(36 + size, 4) + Array("WAVEfmt ".utf8) + number(16, 4) + number(1, 2)
        file += number(1, 2) + number(8000, 4) + number(16_000, 4) + number(2, 2) + number(16, 2)
        file += Array("data".utf8) + number(size, 4)
        for index in 0..<(size / 2) { file += number((index &* 7919) % 5, 2) }
        return file
    }

    @Test(arguments: ["empty", "short", "duration", "code"])
    func `silence is told by length, duration and code, and answered as silence`(kind: String) async throws {
        try await CallFixture.withRunning { fixture in
            try await fixture.enrol()
            let call = fixture.call()
            var document = try await call.press(try await fixture.begin("c"), try await call.incoming())
            let before = await Self.uploads(fixture)
            for _ in 1...4 {
                let sid = FixtureCall.recordingSID()
                switch kind {
                case "empty": await fixture.twilio.recordings.put(sid, [])
                case "short": await fixture.twilio.recordings.put(sid, Self.wave(milliseconds: 1100))
                case "code": await fixture.twilio.recordings.put(sid, LocalRecording(code: "NVDT"))
                default: await fixture.twilio.recordings.put(sid, Self.wave(milliseconds: 4000))
                }
                let recorded = call.recorded(sid, duration: kind == "duration" ? "0" : "5")
                document = try await fixture.post(document.path(of: "Record"), recorded)
                #expect(await fixture.twilio.recordings.deleted.contains(sid))
                guard !document.isOver else { break }
                #expect(document.says.first == CallSentence.silence.text(in: "en-US"))
            }
            #expect(document.says == CallFixture.ending(.tooSilent))
            #expect(await Self.uploads(fixture) == before + (kind == "code" ? 4 : 0))
            #expect(try await fixture.pending().isEmpty)
            // It is not a failed verification.
            let other = fixture.call()
            document = try await other.press(try await fixture.begin("d"), try await other.incoming())
            #expect(try await other.speak(document).says == CallFixture.ending(.verified))
        }
    }

    @Test func `who hangs up on a verification is not uploaded, and fails nothing`() async throws {
        try await CallFixture.withRunning { fixture in
            try await fixture.enrol()
            for isStatusFirst in [false, true] {
                let call = fixture.call()
                let document = try await call.press(try await fixture.begin("c"), try await call.incoming())
                let before = await Self.uploads(fixture)
                let sid = FixtureCall.recordingSID()
                await fixture.twilio.recordings.put(sid, LocalRecording(voice: "somebody else"))
                if isStatusFirst {
                    _ = try await fixture.post("/voice/status", call.parameters(["CallStatus": "completed"]))
                }
                let recorded = call.recorded(sid, digits: "hangup")
                let end = try await fixture.post(document.path(of: "Record"), recorded)
                #expect(end.elements.map(\.name) == ["Response", "Hangup"])
                #expect(await Self.uploads(fixture) == before)
                #expect(await fixture.twilio.recordings.deleted.contains(sid))
                #expect(try await fixture.result("c") == .failedVerified)
            }
        }
    }

    @Test(arguments: [false, true])
    func `who hangs up on an enrolment has one recording more`(isStatusFirst: Bool) async throws {
        try await CallFixture.withRunning { fixture in
            let call = fixture.call()
            var document = try await call.press(try await fixture.begin(), try await call.incoming())
            document = try await call.press("1", document)
            let sid = FixtureCall.recordingSID()
            await fixture.twilio.recordings.put(sid, LocalRecording())
            if isStatusFirst {
                _ = try await fixture.post("/voice/status", call.parameters(["CallStatus": "completed"]))
            }
            for _ in 1...2 {
                let recorded = call.recorded(sid, digits: "hangup")
                #expect(try await fixture.post(document.path(of: "Record"), recorded).verbs == ["Hangup"])
            }
            #expect(await fixture.voiceIt.account.users.values.map(\.count) == [1])
            let other = fixture.call()
            document = try await other.press(try await fixture.begin("d"), try await other.incoming())
            #expect(document.says.first == CallSentence.enrollNext.text(in: "en-US"))
            for _ in 1...3 { document = try await other.speak(document) }
            #expect(document.says == CallFixture.ending(.verified))
        }
    }

    @Test func `nothing over 4.9 seconds is uploaded, and what is cut loses its end alone`() async throws {
        try await CallFixture.withRunning { fixture in
            let long = Self.wave(milliseconds: 6800)
            let cut = try #require(WaveFile(long)).cut(to: 4900)
            #expect(WaveFile(cut)?.milliseconds == 4900)
            #expect(Array(cut[44...]) == Array(long[44..<(44 + 4900 * 16)]))
            let call = fixture.call()
            var document = try await call.press(try await fixture.begin(), try await call.incoming())
            document = try await call.press("1", document)
            let sid = FixtureCall.recordingSID()
            await fixture.twilio.recordings.put(sid, long)
            _ = try await fixture.post(document.path(of: "Record"), call.recorded(sid))
            let upload = await fixture.voiceIt.account.calls.last { $0.path == "/enrollments/voice" }
            #expect(upload != nil && upload?.code != "SRNR")
        }
    }

    @Test(arguments: [ServiceFault.slow(milliseconds: 60_000), .drop, .code("ACTO")])
    func `an enrolment without an answer is counted anew, and never apologised for`(fault: ServiceFault) async throws {
        try await CallFixture.withRunning { fixture in
            let call = fixture.call()
            var document = try await call.press(try await fixture.begin(), try await call.incoming())
            document = try await call.press("1", document)
            await fixture.voiceIt.account.misbehave(fault, path: "/enrollments/voice")
            let next = try await call.speak(document)
            #expect(next.phrase == CallFixture.phrase)
            #expect(next.says.first != CallSentence.trouble.text(in: "en-US"))
            let enrolled = await fixture.voiceIt.account.users.values.first?.count ?? 0
            // Carried out without a response, it counts; without time to ask VoiceIt, the caller is asked again.
            let isCounted = enrolled == 1 && fault != .slow(milliseconds: 60_000)
            let sentence: CallSentence = isCounted ? .enrollNext : .unclear
            #expect(next.says.first == sentence.text(in: "en-US"))
            document = next
            for _ in 1...(isCounted ? 3 : 4) { document = try await call.speak(document) }
            #expect(document.says == CallFixture.ending(.verified))
        }
    }
}
