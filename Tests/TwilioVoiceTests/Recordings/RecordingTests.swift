import Foundation
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
    /// Returns a returning caller's call, asked for the phrase.
    private static func asked(_ fixture: CallFixture) async throws -> (call: FixtureCall, document: CallDocument) {
        try await fixture.enrol()
        let call = fixture.call()
        let document = try await call.press(try await fixture.begin("c"), try await call.incoming())
        #expect(document.phrase == CallFixture.phrase)
        return (call, document)
    }

    private static func verifications(_ fixture: CallFixture) async -> Int {
        await fixture.voiceIt.account.calls.count { $0.path == "/verification/voice" }
    }

    @Test func `a recording that is not there yet is asked for again, with credentials, and deleted afterwards`()
        async throws
    {
        var media = TwilioMediaDouble.Configuration()
        media.triesBefore = 2
        try await CallFixture.withRunning(media: media) { fixture in
            let (call, document) = try await Self.asked(fixture)
            let sid = FixtureCall.recordingSID()
            #expect(try await call.speak(document, nil, as: sid).isOver)
            #expect(try await fixture.result("c") == .verified)
            let path = "/2010-04-01/Accounts/\(TwilioMediaDouble.accountSID)/Recordings/\(sid)"
            let calls = await fixture.twilio.recordings.calls.filter { $0.path.hasPrefix(path) }
            #expect(calls.map(\.status) == [404, 404, 200, 204])
            #expect(calls.map(\.method) == ["GET", "GET", "GET", "DELETE"])
            #expect(calls.map(\.isAuthorized) == [true, true, true, true])
            #expect(calls.last?.path == "\(path).json")
        }
    }

    @Test func `a recording that never comes is asked for in words, and is no failure`() async throws {
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            let start = ContinuousClock.now
            let again = try await call.speak(document, nil, as: "RE00000000000000000000000000000404")
            #expect(ContinuousClock.now - start < .seconds(5))
            // It may still become available: no response says that it is gone.
            #expect(try await fixture.pending().count == 1)
            #expect(fixture.log.lines.count { $0.contains("The deletion of") } == 0)
            #expect(again.says.first == CallSentence.unclear.text(in: "en-US"))
            #expect(try await call.speak(again).isOver)
            #expect(try await fixture.result("c") == .verified)
        }
    }

    @Test func `a recording that is used twice is uploaded once, and the answer repeated`() async throws {
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            let before = await Self.verifications(fixture)
            let sid = FixtureCall.recordingSID()
            await fixture.twilio.recordings.put(sid, LocalRecording(voice: "somebody else"))
            await fixture.voiceIt.account.misbehave(.slow(milliseconds: 400), path: "/verification")
            let path = try document.path(of: "Record")
            let answers = try await withThrowingTaskGroup(of: CallDocument.self) { group in
                for _ in 1...4 { group.addTask { try await fixture.post(path, call.recorded(sid)) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let late = try await fixture.post(path, call.recorded(sid))
            for answer in answers { #expect(answer == late) }
            #expect(late.says.first == CallSentence.failed.text(in: "en-US"))
            #expect(await Self.verifications(fixture) == before + 1)
        }
    }

    @Test func `a recording elsewhere is not fetched, whatever the request says`() async throws {
        let stranger = try ScriptedServer.answering()
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            let before = await Self.verifications(fixture)
            let fetched = await fixture.twilio.recordings.calls.count { $0.method == "GET" }
            let path = try document.path(of: "Record")
            let sid = FixtureCall.recordingSID()
            for url in [
                "http://\(stranger.authority)/2010-04-01/Accounts/AC1/Recordings/\(sid)",
                "https://api.twilio.com@\(stranger.authority)/x", "https://api.twilio.com.evil.example/x",
                "file:///etc/passwd", "//evil.example/x", "nonsense", "",
            ] {
                let other = FixtureCall.recordingSID()
                let answer = try await fixture.post(path, call.recorded(other, url: url))
                #expect(answer.isOver && answer.says == CallFixture.ending(.trouble), "\(url)")
            }
            #expect(stranger.connectionCount == 0)
            #expect(await fixture.twilio.recordings.calls.count { $0.method == "GET" } == fetched)
            #expect(await Self.verifications(fixture) == before)
        }
    }

    @Test func `a path that the request made up is not followed at an allowed host either`() async throws {
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            let sid = FixtureCall.recordingSID()
            await fixture.twilio.recordings.put(sid, LocalRecording())
            let url = "\(fixture.twilio.url)/debug/state?\(sid)"
            #expect(try await fixture.post(document.path(of: "Record"), call.recorded(sid, url: url)).isOver)
            let path = "/2010-04-01/Accounts/\(TwilioMediaDouble.accountSID)/Recordings/\(sid)"
            #expect(await fixture.twilio.recordings.calls.contains { $0.path == path })
            #expect(try await fixture.result("c") == .verified)
        }
    }

    @Test func `a redirect is not followed`() async throws {
        let stranger = try ScriptedServer.answering()
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            await fixture.twilio.recordings.misbehave(.redirect("http://\(stranger.authority)/x"))
            let end = try await call.speak(document)
            #expect(end.says == CallFixture.ending(.trouble))
            #expect(stranger.connectionCount == 0)
            #expect(try await fixture.result("c") == .failedVerified)
        }
    }

    @Test func `a recording above five megabytes is not read to its end`() async throws {
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            let before = await Self.verifications(fixture)
            let large = FixtureCall.recordingSID()
            await fixture.twilio.recordings.put(large, [UInt8](repeating: 1, count: RecordingClient.largest + 1))
            let again = try await call.speak(document, nil, as: large)
            #expect(again.says.first == CallSentence.unclear.text(in: "en-US"))
            #expect(await Self.verifications(fixture) == before)
            #expect(await fixture.twilio.recordings.deleted.contains(large))
            #expect(try await call.speak(again).isOver)
            #expect(try await fixture.result("c") == .verified)
        }
    }

    @Test(arguments: [
        ("SSTQ", CallSentence.tooQuiet), ("SSTL", .tooLoud), ("NEHSD", .pauses), ("PDNM", .otherWords),
        ("SRNR", .unclear),
        ("SGTL", .unclear), ("IFAD", .unclear), ("EMPF", .unclear), ("NEHS", .unclear), ("STTF", .unclear),
        ("NSPE", .unclear),
    ])
    func `what judges the recording and not the voice is asked for again, three times, without a failure`(
        code: String, sentence: CallSentence
    ) async throws {
        try await CallFixture.withRunning { fixture in
            var (call, document) = try await Self.asked(fixture)
            for _ in 1...3 {
                document = try await call.speak(document, LocalRecording(code: code))
                #expect(document.says.first == sentence.text(in: "en-US"))
                #expect(document.phrase == CallFixture.phrase)
            }
            document = try await call.speak(document, LocalRecording(code: code))
            #expect(document.isOver && document.says == CallFixture.ending(.tooUnclear))
            call = fixture.call()
            document = try await call.press(try await fixture.begin("d"), try await call.incoming())
            #expect(try await call.speak(document).isOver)
            #expect(try await fixture.result("d") == .verified)
        }
    }

    @Test(arguments: ["FAIL", "RWPU", "FALI", "UDNM"])
    func `three failures lock, and a replay is a line in the log`(code: String) async throws {
        try await CallFixture.withRunning { fixture in
            var (call, document) = try await Self.asked(fixture)
            for _ in 1...3 { document = try await call.speak(document, LocalRecording(code: code)) }
            #expect(document.isOver && document.says == CallFixture.ending(.lockedOut))
            #expect(try await fixture.result("c") == .lockedOut)
            call = fixture.call()
            let lines = fixture.log.lines.filter { $0.contains("RWPU") }
            #expect(lines.count == (code == "RWPU" ? 3 : 0))
            #expect(lines.count { $0.contains("WARN") } == lines.count)
        }
    }

    @Test(arguments: ["FAIL", "PDNM", "RWPU"])
    func `a failed enrolment never counts as a failure`(code: String) async throws {
        try await CallFixture.withRunning { fixture in
            let call = fixture.call()
            var document = try await call.press(try await fixture.begin(), try await call.incoming())
            document = try await call.press("1", document)
            for _ in 1...4 { document = try await call.speak(document, LocalRecording(code: code)) }
            #expect(document.isOver)
            #expect(try await fixture.result() == .failedVerified)
            let other = fixture.call()
            document = try await other.press(try await fixture.begin("d"), try await other.incoming())
            for _ in 1...4 { document = try await other.speak(document) }
            #expect(try await fixture.result("d") == .verified)
        }
    }

    @Test(arguments: ["PNTE", "DDNE", "ENFD"])
    func `what VoiceIt lacks is counted anew, and enrolled in the same call`(code: String) async throws {
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            let user = try #require(await fixture.voiceIt.account.users.keys.first)
            await fixture.voiceIt.account.addUser(user, enrollments: 2)
            if code != "PNTE" { await fixture.voiceIt.account.misbehave(.code(code), path: "/verification") }
            let next = try await call.speak(document)
            #expect(next.says.first == CallSentence.enrollNext.text(in: "en-US"))
            #expect(next.phrase == CallFixture.phrase)
            let verify = try await call.speak(next)
            #expect(await fixture.voiceIt.account.users[user]?.count == 3)
            #expect(try await call.speak(verify).says == CallFixture.ending(.verified))
            #expect(try await fixture.result("c") == .verified)
        }
    }

    @Test func `enrolments that cannot be counted end the call kindly`() async throws {
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            await fixture.voiceIt.account.misbehave(.code("PNTE"), path: "/verification")
            await fixture.voiceIt.account.misbehave(.code("GERR"), times: 5, path: "/enrollments/voice/")
            #expect(try await call.speak(document).says == CallFixture.ending(.notEnrolled))
            // The pending deletion does not stop other calls.
            let other = fixture.call()
            let asked = try await other.press(try await fixture.begin("d"), try await other.incoming())
            #expect(try await other.speak(asked).says == CallFixture.ending(.verified))
        }
    }

    @Test func `UNFD forgets the user, and the next begin makes another`() async throws {
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            await fixture.voiceIt.account.misbehave(.code("UNFD"))
            let end = try await call.speak(document)
            #expect(end.isOver && end.says == CallFixture.ending(.notEnrolled))
            try await fixture.begin("d")
            #expect(await fixture.voiceIt.account.users.count == 2)
        }
    }

    @Test(arguments: [
        ServiceFault.code("UNAC"), .code("GERR"), .code("MISP"), .code("ACTO"), .html, .drop,
    ])
    func `a VoiceIt that fails is met with a kind sentence, and the recording is deleted all the same`(
        fault: ServiceFault
    ) async throws {
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            await fixture.voiceIt.account.misbehave(fault, times: 5, path: "/verification")
            let sid = FixtureCall.recordingSID()
            let end = try await call.speak(document, as: sid)
            #expect(end.says == CallFixture.ending(.trouble) && end.isOver)
            #expect(await fixture.twilio.recordings.deleted.contains(sid))
            #expect(try await fixture.result("c") == .failedVerified)
            // It is not a failure of the caller's.
            #expect(try await fixture.post(document.path(of: "Record"), call.recorded(sid)) == end)
        }
    }

    @Test func `everything slow at once is still answered within thirteen seconds`() async throws {
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            await fixture.twilio.recordings.misbehave(.slow(milliseconds: 3000), path: "/Recordings/")
            await fixture.voiceIt.account.misbehave(.slow(milliseconds: 20_000), path: "/verification")
            let start = ContinuousClock.now
            let end = try await call.speak(document)
            #expect(ContinuousClock.now - start < .seconds(13))
            #expect(end.says == CallFixture.ending(.trouble))
        }
    }

    @Test(arguments: [
        ("INPP", "VOICE_PHRASES"), ("NPFC", "VOICE_PHRASES"), ("INCP", "VOICE_CONTENT_LANGUAGE"),
        ("CLNE", "VOICE_CONTENT_LANGUAGE"), ("UNAC", "VOICEIT_SECRET_ARN"), ("DAID", "VOICEIT_SECRET_ARN"),
    ])
    func `a code of the operator's is one line that names the variable, and no failure`(
        code: String, variable: String
    ) async throws {
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            await fixture.voiceIt.account.misbehave(.code(code), times: 5, path: "/verification")
            #expect(try await call.speak(document).says == CallFixture.ending(.trouble))
            let lines = fixture.log.lines.filter { $0.contains("ERROR") }
            #expect(lines.count == 1)
            #expect(lines.first?.contains(variable) == true, "\(lines)")
            #expect(try await fixture.result("c") == .failedVerified)
        }
    }

    @Test func `a Twilio that does not delete is a line in the log, and costs the caller nothing`() async throws {
        try await CallFixture.withRunning { fixture in
            let (call, document) = try await Self.asked(fixture)
            await fixture.twilio.recordings.misbehave(.busy, times: 3, path: ".json")
            #expect(try await call.speak(document).says == CallFixture.ending(.verified))
            #expect(fixture.log.lines.count { $0.contains("WARN") && $0.contains("The deletion of RE") } == 1)
            #expect(try await fixture.pending().count == 1)
            #expect(try await fixture.result("c") == .verified)
        }
    }
}
