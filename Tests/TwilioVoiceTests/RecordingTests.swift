import Foundation
import LambdaRuntime
import LocalServices
import Synchronization
import TestSupport
import Testing
import TwilioREST
import VoiceAuth
import VoiceIt

@testable import TwilioVoice

/// Fetching recordings, having them judged, and deleting them.
@Suite(.takingTurns) struct RecordingTests {
    /// A returning caller, asked for the phrase.
    private static func asked(_ bench: CallBench) async throws -> (call: BenchCall, document: CallDocument) {
        try await bench.enrol()
        let call = bench.call()
        let document = try await call.press(try await bench.begin("c"), try await call.incoming())
        #expect(document.phrase == CallBench.phrase)
        return (call, document)
    }

    private static func verifications(_ bench: CallBench) async -> Int {
        await bench.voiceIt.account.calls.count { $0.path == "/verification/voice" }
    }

    @Test func `a recording that is not there yet is asked for again, with credentials, and deleted afterwards`()
        async throws
    {
        var media = TwilioMediaDouble.Configuration()
        media.triesBefore = 2
        try await CallBench.withRunning(media: media) { bench in
            let (call, document) = try await Self.asked(bench)
            let sid = BenchCall.recordingSID()
            #expect(try await call.speak(document, nil, as: sid).isOver)
            #expect(try await bench.result("c") == .verified)
            let path = "/2010-04-01/Accounts/\(TwilioMediaDouble.accountSID)/Recordings/\(sid)"
            let calls = await bench.twilio.recordings.calls.filter { $0.path.hasPrefix(path) }
            #expect(calls.map(\.status) == [404, 404, 200, 204])
            #expect(calls.map(\.method) == ["GET", "GET", "GET", "DELETE"])
            #expect(calls.map(\.isAuthorized) == [true, true, true, true])
            #expect(calls.last?.path == "\(path).json")
        }
    }

    @Test func `a recording that never comes is asked for in words, and is no failure`() async throws {
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            let start = ContinuousClock.now
            let again = try await call.speak(document, nil, as: "RE00000000000000000000000000000404")
            #expect(ContinuousClock.now - start < .seconds(5))
            // It may come yet: nothing says that it is gone.
            #expect(try await bench.pending().count == 1)
            #expect(bench.log.lines.count { $0.contains("The deletion of") } == 0)
            #expect(again.says.first == Sentence.unclear.text(in: "en-US"))
            #expect(try await call.speak(again).isOver)
            #expect(try await bench.result("c") == .verified)
        }
    }

    @Test func `a recording that is used twice is uploaded once, and the answer repeated`() async throws {
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            let before = await Self.verifications(bench)
            let sid = BenchCall.recordingSID()
            await bench.twilio.recordings.put(sid, LocalRecording(voice: "somebody else"))
            await bench.voiceIt.account.misbehave(.slow(milliseconds: 400), path: "/verification")
            let path = try document.path(of: "Record")
            let answers = try await withThrowingTaskGroup(of: CallDocument.self) { group in
                for _ in 1...4 { group.addTask { try await bench.post(path, call.recorded(sid)) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let late = try await bench.post(path, call.recorded(sid))
            for answer in answers { #expect(answer == late) }
            #expect(late.says.first == Sentence.failed.text(in: "en-US"))
            #expect(await Self.verifications(bench) == before + 1)
        }
    }

    @Test func `a recording elsewhere is not fetched, whatever the request says`() async throws {
        let stranger = try ScriptedServer.answering()
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            let before = await Self.verifications(bench)
            let fetched = await bench.twilio.recordings.calls.count { $0.method == "GET" }
            let path = try document.path(of: "Record")
            let sid = BenchCall.recordingSID()
            for url in [
                "http://\(stranger.authority)/2010-04-01/Accounts/AC1/Recordings/\(sid)",
                "https://api.twilio.com@\(stranger.authority)/x", "https://api.twilio.com.evil.example/x",
                "file:///etc/passwd", "//evil.example/x", "nonsense", "",
            ] {
                let other = BenchCall.recordingSID()
                let answer = try await bench.post(path, call.recorded(other, url: url))
                #expect(answer.isOver && answer.says == CallBench.ending(.trouble), "\(url)")
            }
            #expect(stranger.connectionCount == 0)
            #expect(await bench.twilio.recordings.calls.count { $0.method == "GET" } == fetched)
            #expect(await Self.verifications(bench) == before)
        }
    }

    @Test func `a path that the request made up is not followed at an allowed host either`() async throws {
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            let sid = BenchCall.recordingSID()
            await bench.twilio.recordings.put(sid, LocalRecording())
            let url = "\(bench.twilio.url)/debug/state?\(sid)"
            #expect(try await bench.post(document.path(of: "Record"), call.recorded(sid, url: url)).isOver)
            let path = "/2010-04-01/Accounts/\(TwilioMediaDouble.accountSID)/Recordings/\(sid)"
            #expect(await bench.twilio.recordings.calls.contains { $0.path == path })
            #expect(try await bench.result("c") == .verified)
        }
    }

    @Test func `a redirect is not followed`() async throws {
        let stranger = try ScriptedServer.answering()
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            await bench.twilio.recordings.misbehave(.redirect("http://\(stranger.authority)/x"))
            let end = try await call.speak(document)
            #expect(end.says == CallBench.ending(.trouble))
            #expect(stranger.connectionCount == 0)
            #expect(try await bench.result("c") == .failedVerified)
        }
    }

    @Test func `a recording above five megabytes is not read to its end`() async throws {
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            let before = await Self.verifications(bench)
            let large = BenchCall.recordingSID()
            await bench.twilio.recordings.put(large, [UInt8](repeating: 1, count: RecordingClient.largest + 1))
            let again = try await call.speak(document, nil, as: large)
            #expect(again.says.first == Sentence.unclear.text(in: "en-US"))
            #expect(await Self.verifications(bench) == before)
            #expect(await bench.twilio.recordings.deleted.contains(large))
            #expect(try await call.speak(again).isOver)
            #expect(try await bench.result("c") == .verified)
        }
    }

    @Test(arguments: [
        ("SSTQ", Sentence.tooQuiet), ("SSTL", .tooLoud), ("NEHSD", .pauses), ("PDNM", .otherWords), ("SRNR", .unclear),
        ("SGTL", .unclear), ("IFAD", .unclear), ("EMPF", .unclear), ("NEHS", .unclear), ("STTF", .unclear),
        ("NSPE", .unclear),
    ])
    func `what judges the recording and not the voice is asked for again, three times, without a failure`(
        code: String, sentence: Sentence
    ) async throws {
        try await CallBench.withRunning { bench in
            var (call, document) = try await Self.asked(bench)
            for _ in 1...3 {
                document = try await call.speak(document, LocalRecording(code: code))
                #expect(document.says.first == sentence.text(in: "en-US"))
                #expect(document.phrase == CallBench.phrase)
            }
            document = try await call.speak(document, LocalRecording(code: code))
            #expect(document.isOver && document.says == CallBench.ending(.tooUnclear))
            call = bench.call()
            document = try await call.press(try await bench.begin("d"), try await call.incoming())
            #expect(try await call.speak(document).isOver)
            #expect(try await bench.result("d") == .verified)
        }
    }

    @Test(arguments: ["FAIL", "RWPU", "FALI", "UDNM"])
    func `three failures lock, and a replay is a line in the log`(code: String) async throws {
        try await CallBench.withRunning { bench in
            var (call, document) = try await Self.asked(bench)
            for _ in 1...3 { document = try await call.speak(document, LocalRecording(code: code)) }
            #expect(document.isOver && document.says == CallBench.ending(.lockedOut))
            #expect(try await bench.result("c") == .lockedOut)
            call = bench.call()
            let lines = bench.log.lines.filter { $0.contains("RWPU") }
            #expect(lines.count == (code == "RWPU" ? 3 : 0))
            #expect(lines.count { $0.contains("WARN") } == lines.count)
        }
    }

    @Test(arguments: ["FAIL", "PDNM", "RWPU"])
    func `a failed enrolment never counts as a failure`(code: String) async throws {
        try await CallBench.withRunning { bench in
            let call = bench.call()
            var document = try await call.press(try await bench.begin(), try await call.incoming())
            document = try await call.press("1", document)
            for _ in 1...4 { document = try await call.speak(document, LocalRecording(code: code)) }
            #expect(document.isOver)
            #expect(try await bench.result() == .failedVerified)
            let other = bench.call()
            document = try await other.press(try await bench.begin("d"), try await other.incoming())
            for _ in 1...4 { document = try await other.speak(document) }
            #expect(try await bench.result("d") == .verified)
        }
    }

    @Test(arguments: ["PNTE", "DDNE", "ENFD"])
    func `what VoiceIt lacks is counted anew, and enrolled in the same call`(code: String) async throws {
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            let user = try #require(await bench.voiceIt.account.users.keys.first)
            await bench.voiceIt.account.addUser(user, enrollments: 2)
            if code != "PNTE" { await bench.voiceIt.account.misbehave(.code(code), path: "/verification") }
            let next = try await call.speak(document)
            #expect(next.says.first == Sentence.enrollNext.text(in: "en-US"))
            #expect(next.phrase == CallBench.phrase)
            let verify = try await call.speak(next)
            #expect(await bench.voiceIt.account.users[user]?.count == 3)
            #expect(try await call.speak(verify).says == CallBench.ending(.verified))
            #expect(try await bench.result("c") == .verified)
        }
    }

    @Test func `enrolments that cannot be counted end the call kindly`() async throws {
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            await bench.voiceIt.account.misbehave(.code("PNTE"), path: "/verification")
            await bench.voiceIt.account.misbehave(.code("GERR"), times: 5, path: "/enrollments/voice/")
            #expect(try await call.speak(document).says == CallBench.ending(.notEnrolled))
            // Nothing was forgotten for it.
            let other = bench.call()
            let asked = try await other.press(try await bench.begin("d"), try await other.incoming())
            #expect(try await other.speak(asked).says == CallBench.ending(.verified))
        }
    }

    @Test func `UNFD forgets the user, and the next begin makes another`() async throws {
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            await bench.voiceIt.account.misbehave(.code("UNFD"))
            let end = try await call.speak(document)
            #expect(end.isOver && end.says == CallBench.ending(.notEnrolled))
            try await bench.begin("d")
            #expect(await bench.voiceIt.account.users.count == 2)
        }
    }

    @Test(arguments: [
        ServiceFault.code("UNAC"), .code("GERR"), .code("MISP"), .code("ACTO"), .html, .drop,
    ])
    func `a VoiceIt that fails is met with a kind sentence, and the recording is deleted all the same`(
        fault: ServiceFault
    ) async throws {
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            await bench.voiceIt.account.misbehave(fault, times: 5, path: "/verification")
            let sid = BenchCall.recordingSID()
            let end = try await call.speak(document, as: sid)
            #expect(end.says == CallBench.ending(.trouble) && end.isOver)
            #expect(await bench.twilio.recordings.deleted.contains(sid))
            #expect(try await bench.result("c") == .failedVerified)
            // It is no failure of the caller's.
            #expect(try await bench.post(document.path(of: "Record"), call.recorded(sid)) == end)
        }
    }

    @Test func `everything slow at once is still answered within thirteen seconds`() async throws {
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            await bench.twilio.recordings.misbehave(.slow(milliseconds: 3000), path: "/Recordings/")
            await bench.voiceIt.account.misbehave(.slow(milliseconds: 20_000), path: "/verification")
            let start = ContinuousClock.now
            let end = try await call.speak(document)
            #expect(ContinuousClock.now - start < .seconds(13))
            #expect(end.says == CallBench.ending(.trouble))
        }
    }

    @Test(arguments: [
        ("INPP", "VOICE_PHRASES"), ("NPFC", "VOICE_PHRASES"), ("INCP", "VOICE_CONTENT_LANGUAGE"),
        ("CLNE", "VOICE_CONTENT_LANGUAGE"), ("UNAC", "VOICEIT_SECRET_ARN"), ("DAID", "VOICEIT_SECRET_ARN"),
    ])
    func `a code of the operator's is one line that names the variable, and no failure`(
        code: String, variable: String
    ) async throws {
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            await bench.voiceIt.account.misbehave(.code(code), times: 5, path: "/verification")
            #expect(try await call.speak(document).says == CallBench.ending(.trouble))
            let lines = bench.log.lines.filter { $0.contains("ERROR") }
            #expect(lines.count == 1)
            #expect(lines.first?.contains(variable) == true, "\(lines)")
            #expect(try await bench.result("c") == .failedVerified)
        }
    }

    @Test func `a Twilio that does not delete is a line in the log, and costs the caller nothing`() async throws {
        try await CallBench.withRunning { bench in
            let (call, document) = try await Self.asked(bench)
            await bench.twilio.recordings.misbehave(.busy, times: 3, path: ".json")
            #expect(try await call.speak(document).says == CallBench.ending(.verified))
            #expect(bench.log.lines.count { $0.contains("WARN") && $0.contains("The deletion of RE") } == 1)
            #expect(try await bench.pending().count == 1)
            #expect(try await bench.result("c") == .verified)
        }
    }
}
