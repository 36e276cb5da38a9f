import Foundation
import LocalServices
import TestSupport
import Testing
import VoiceAuth

@testable import TwilioVoice

/// Whole calls, from the number's webhook to the end.
@Suite(.takingTurns) struct StoryTests {
    @Test func `a new caller agrees, enrols three times, is verified in the same call, and the contact is told`()
        async throws
    {
        try await CallFixture.withRunning { fixture in
            let code = try await fixture.begin()
            let call = fixture.call()
            let asked = try await call.incoming(from: "anonymous")
            #expect(asked.first("Gather")?.attributes["numDigits"] == "8")
            let consent = try await call.press(code, asked)
            #expect(consent.first("Gather")?.attributes["numDigits"] == "1")
            var document = try await call.press("1", consent)
            for number in 1...3 {
                #expect(document.phrase == CallFixture.phrase)
                let record = try #require(document.first("Record")?.attributes)
                #expect(record["maxLength"] == "5" && record["timeout"] == "5" && record["trim"] == "do-not-trim")
                #expect(record["playBeep"] == "true")
                #expect(document.verbs.last == "Redirect")
                #expect(try await fixture.result() == .failedVerified)
                #expect(await fixture.voiceIt.account.users.values.first?.count == number - 1)
                document = try await call.speak(document)
            }
            // The call goes on to a verification, and only that is a proof.
            #expect(document.phrase == CallFixture.phrase)
            #expect(try await fixture.result() == .failedVerified)
            let end = try await call.speak(document)
            #expect(end.isOver && end.first("Dial") == nil)
            #expect(await fixture.twilio.recordings.deleted.count == 4)
            #expect(try await fixture.result("another") != .verified)
            #expect(try await fixture.result() == .verified)
            #expect(try await fixture.result() == .verified)
        }
    }

    @Test func `a caller who began to enrol goes on there, fails once, and is verified`() async throws {
        try await CallFixture.withRunning { fixture in
            let first = fixture.call()
            var document = try await first.press(try await fixture.begin(), try await first.incoming())
            document = try await first.press("1", document)
            document = try await first.speak(document)
            _ = try await fixture.post("/voice/status", first.parameters(["CallStatus": "completed"]))
            let second = fixture.call()
            document = try await second.press(try await fixture.begin("contact-2"), try await second.incoming())
            // Consent is asked once.
            document = try await second.speak(try await second.speak(document))
            document = try await second.speak(document, LocalRecording(voice: "somebody else"))
            #expect(document.says.first == CallSentence.failed.text(in: "en-US"))
            #expect(document.phrase == CallFixture.phrase)
            #expect(try await second.speak(document).isOver)
            #expect(try await fixture.result("contact-2") == .verified)
            #expect(try await fixture.result("contact-1") == .failedVerified)
        }
    }

    @Test func `a returning caller is verified by one recording`() async throws {
        try await CallFixture.withRunning { fixture in
            try await fixture.enrol()
            let call = fixture.call()
            let document = try await call.press(try await fixture.begin("contact-9"), try await call.incoming())
            #expect(document.phrase == CallFixture.phrase)
            let end = try await call.speak(document)
            #expect(end.says == CallFixture.ending(.verified) && end.isOver)
            #expect(try await fixture.result("contact-9") == .verified)
        }
    }

    @Test func `a spoofer with the right code is refused, and locked out after three failures`() async throws {
        try await CallFixture.withRunning { fixture in
            try await fixture.enrol()
            let call = fixture.call()
            var document = try await call.press(try await fixture.begin("contact-9"), try await call.incoming())
            for _ in 1...3 { document = try await call.speak(document, LocalRecording(voice: "spoofer")) }
            #expect(document.says == CallFixture.ending(.lockedOut) && document.isOver)
            #expect(try await fixture.result("contact-9") == .lockedOut)
            let again = fixture.call()
            let code = try await fixture.begin("contact-10")
            #expect(try await again.press(code, try await again.incoming()).isOver)
        }
    }

    @Test func `with several phrases each is enrolled, and one of them verified`() async throws {
        let phrases = ["eins & zwei", "three <four>"]
        let variables = ["VOICE_PHRASES": " eins & zwei | three <four>||", "VOICE_REQUIRED_ENROLLMENTS": "3"]
        try await CallFixture.withRunning(variables) { fixture in
            let call = fixture.call()
            var document = try await call.press(try await fixture.begin(), try await call.incoming())
            document = try await call.press("1", document)
            for number in 0..<6 {
                #expect(document.phrase == phrases[number / 3])
                document = try await call.speak(document)
            }
            #expect(phrases.contains(document.phrase ?? ""))
            #expect(try await call.speak(document).isOver)
            #expect(try await fixture.result() == .verified)
            let fields = await fixture.voiceIt.account.calls.compactMap { $0.fields["phrase"] }
            #expect(
                fields.prefix(6) == ["eins & zwei", "eins & zwei", "eins & zwei", phrases[1], phrases[1], phrases[1]])
        }
    }

    @Test func `in caller-id mode the last enrolment and the verification dial Connect, and only the latter proves`()
        async throws
    {
        try await CallFixture.withRunning(["VOICE_AUTH_BINDING": "caller-id"]) { fixture in
            try await fixture.begin()
            let call = fixture.call()
            var document = try await call.incoming()
            #expect(document.first("Gather")?.attributes["numDigits"] == "1")
            document = try await call.press("1", document)
            for _ in 1...3 { document = try await call.speak(document) }
            // Nothing is said before it: a proof lasts for seconds.
            #expect(document.verbs == ["Dial"])
            #expect(document.first("Dial")?.text == CallFixture.connect)
            #expect(try await fixture.result() == .failedVerified)
            try await fixture.begin("contact-2")
            let second = fixture.call()
            document = try await second.incoming()
            #expect(document.phrase == CallFixture.phrase)
            document = try await second.speak(document)
            #expect(document.verbs == ["Dial"])
            #expect(try await fixture.result("contact-2") == .verified)
        }
    }

    @Test(arguments: ["+4917012345670", "anonymous", "", "+266696687", "+86282452253", "sip:a@b"])
    func `in caller-id mode a caller whom nobody expects, or who withholds the number, is let go`(
        from: String
    ) async throws {
        try await CallFixture.withRunning(["VOICE_AUTH_BINDING": "caller-id"]) { fixture in
            try await fixture.begin()
            let document = try await fixture.call().incoming(from: from)
            #expect(document.isOver && document.says == CallFixture.ending(.unknown))
        }
    }

    @Test func `who declines is asked nothing more, and leaves nothing at VoiceIt`() async throws {
        try await CallFixture.withRunning { fixture in
            let call = fixture.call()
            let consent = try await call.press(try await fixture.begin(), try await call.incoming())
            let end = try await call.press("2", consent)
            #expect(end.says == CallFixture.ending(.declined) && end.isOver)
            #expect(await fixture.voiceIt.account.users.isEmpty)
            #expect(try await call.press("2", consent) == end)
            #expect(try await fixture.result() == .optedOut)
            #expect(try await fixture.pending().isEmpty)
        }
    }

    @Test func `a voice that nobody has vouched for is enrolled, and verified where the flow had checked the caller`()
        async throws
    {
        try await CallFixture.withRunning { fixture in
            let call = fixture.call()
            var document = try await call.press(try await fixture.begin(isAllowed: false), try await call.incoming())
            document = try await call.press("1", document)
            for _ in 1...4 { document = try await call.speak(document) }
            #expect(try await fixture.result() == .enrolled)
            let second = fixture.call()
            document = try await second.press(
                try await fixture.begin("contact-2", isAllowed: false), try await second.incoming())
            #expect(try await second.speak(document).says == CallFixture.ending(.verified))
            #expect(try await fixture.result("contact-2") == .enrolled)
            let third = fixture.call()
            document = try await third.press(try await fixture.begin("contact-3"), try await third.incoming())
            _ = try await third.speak(document)
            #expect(try await fixture.result("contact-3") == .verified)
        }
    }

    @Test func `the language is spoken, and VoiceIt told`() async throws {
        let variables = [
            "VOICE_LANGUAGE": "de-DE", "VOICE_CONTENT_LANGUAGE": "no-STT", "VOICE_PHRASES": "morgen ist ein neuer Tag",
        ]
        try await CallFixture.withRunning(variables) { fixture in
            let call = fixture.call()
            let asked = try await call.incoming()
            var document = try await call.press(try await fixture.begin(), asked)
            #expect(document.says == [CallSentence.consent.text(in: "de-DE")])
            #expect(document.first("Say")?.attributes["language"] == "de-DE")
            document = try await call.press("1", document)
            _ = try await call.speak(document)
            let sent = await fixture.voiceIt.account.calls.last?.fields["contentLanguage"]
            #expect(sent == "no-STT")
        }
    }
}

extension CallFixture {
    /// Has the caller enrol, and be verified, in contact mode.
    func enrol(_ contact: String = "contact-0") async throws {
        let call = call()
        var document = try await call.press(try await begin(contact), try await call.incoming())
        document = try await call.press("1", document)
        for _ in 1...4 { document = try await call.speak(document) }
        #expect(try await result(contact) == .verified)
    }
}
