import Foundation
import HTTPEvents
import LocalServices
import TestSupport
import Testing
import VoiceAuth

@testable import TwilioVoice

/// The input that a step accepts, and the input that it refuses.
@Suite(.takingTurns) struct StepTests {
    @Test func `without a true signature there is nothing but 403`() async throws {
        try await CallFixture.withRunning { fixture in
            let parameters = fixture.call().parameters()
            var unsigned = fixture.event("/voice/incoming", parameters)
            unsigned.headers["X-Twilio-Signature"] = nil
            var changed = fixture.event("/voice/incoming", parameters)
            changed.body += Array("&Extra=1".utf8)
            var elsewhere = fixture.event("/voice/status", parameters)
            elsewhere.path = "/voice/incoming"
            for event in [
                unsigned, changed, elsewhere, fixture.event("/voice/incoming", parameters, signature: "AAAA"),
                fixture.event("/nowhere", parameters, signature: ""),
            ] {
                let answer = try await fixture.send(event)
                #expect(answer.statusCode == 403)
                #expect(!answer.body.contains("<Response"))
            }
            #expect(fixture.table.calls.isEmpty)
        }
    }

    @Test(arguments: [
        "/", "/voice", "/voice/nothing", "/voice/code/1", "/voice/consent", "/voice/consent/x", "/voice/consent/-1",
        "/voice/consent/01",
    ])
    func `a signed request for another path is answered with an apology`(path: String) async throws {
        try await CallFixture.withRunning { fixture in
            let document = try await fixture.post(path, fixture.call().parameters())
            #expect(document.says == CallFixture.ending(.nothingHere) && document.isOver)
            #expect(fixture.table.calls.isEmpty)
        }
    }

    @Test func `a signed GET, and a request without a call, get an apology too`() async throws {
        try await CallFixture.withRunning { fixture in
            var get = fixture.event("/voice/incoming", fixture.call().parameters())
            get.method = "GET"
            let answer = try await fixture.send(get)
            #expect(answer.statusCode == 200 && answer.body.contains("<Hangup/>"))
            for sid in [nil, "", "CA/../x"] {
                var parameters = fixture.call().parameters()
                parameters["CallSid"] = sid
                let document = try await fixture.post("/voice/incoming", parameters)
                #expect(document.isOver)
            }
        }
    }

    @Test func `a path behind the base's own, and a trailing slash, are the same step`() async throws {
        try await CallFixture.withRunning { fixture in
            var event = fixture.event("/voice/incoming", fixture.call().parameters())
            event.path = "/prod/voice/incoming"
            let answer = try await fixture.send(event)
            #expect(answer.body.contains("<Gather"))
            #expect(try await fixture.post("/voice/incoming/", fixture.call().parameters()).first("Gather") != nil)
        }
    }

    @Test func `the code is listened for in silence, and once`() async throws {
        try await CallFixture.withRunning { fixture in
            let code = try await fixture.begin()
            let asked = try await fixture.call().incoming()
            #expect(asked.verbs == ["Gather", "Hangup"] && asked.says.isEmpty)
            #expect(asked.elements.map(\.name) == ["Response", "Gather", "Pause", "Hangup"])
            let gather = try #require(asked.first("Gather")?.attributes)
            #expect(gather["numDigits"] == "8" && gather["timeout"] == "5" && gather["input"] == "dtmf")
            #expect(asked.first("Pause")?.attributes["length"] == "2")
            #expect(code.utf8.count == 8)
        }
    }

    @Test(arguments: ["", "1", "1234567"])
    func `a short entry is no code and no wrong one, and ends the call without a word`(digits: String) async throws {
        try await CallFixture.withRunning { fixture in
            let code = try await fixture.begin()
            let call = fixture.call()
            let asked = try await call.incoming(from: CallFixture.caller)
            #expect(try await call.press(digits, asked).verbs == ["Hangup"])
            #expect(fixture.log.lines.allSatisfy { !$0.contains("WrongCode") })
            // The flow is told to begin again, and the call has had its try.
            #expect(try await fixture.result() == .retry)
            #expect(try await call.press(code, asked).verbs == ["Hangup"])
            let other = fixture.call()
            #expect(try await other.press(code, try await other.incoming()).first("Gather") != nil)
        }
    }

    @Test func `a wrong code ends the call, is one line, and burns nobody's session`() async throws {
        try await CallFixture.withRunning { fixture in
            let code = try await fixture.begin()
            let wrong = code == "00000000" ? "11111111" : "00000000"
            let call = fixture.call()
            let asked = try await call.incoming()
            #expect(try await call.press(wrong, asked).verbs == ["Hangup"])
            let lines = fixture.log.lines.filter { $0.contains("WrongCode") }
            #expect(lines.count == 1 && lines.allSatisfy { $0.contains("WARN") && !$0.contains(wrong) })
            #expect(try await call.press(code, asked).verbs == ["Hangup"])
            let other = fixture.call()
            #expect(try await other.press(code, try await other.incoming()).first("Gather") != nil)
        }
    }

    @Test func `after ten wrong codes a number's calls end before a code is listened for, a right one clears nothing`()
        async throws
    {
        try await CallFixture.withRunning { fixture in
            for number in 0..<9 { try await Self.guess("0000000\(number)", fixture, from: CallFixture.caller) }
            let right = fixture.call()
            let code = try await fixture.begin()
            let asked = try await right.incoming()
            #expect(try await right.press(code, asked).first("Gather") != nil)
            try await Self.guess("99999999", fixture, from: CallFixture.caller)
            #expect(try await fixture.call().incoming().verbs == ["Hangup"])
            // Not even the right one is checked.
            let last = fixture.call()
            let late = try await fixture.begin("contact-2")
            #expect(try await fixture.post("/voice/code", last.parameters(["Digits": late])).verbs == ["Hangup"])
            #expect(try await fixture.result("contact-2") == .retry)
            #expect(try await fixture.call().incoming(from: "+12065550143").first("Gather") != nil)
        }
    }

    @Test(arguments: [CallFixture.connect, "+17868645178", "anonymous", "+266696687"])
    func `callers that many share are not locked out`(from: String) async throws {
        try await CallFixture.withRunning { fixture in
            for number in 0..<12 { try await Self.guess("000000\(number + 10)", fixture, from: from) }
            let code = try await fixture.begin()
            let call = fixture.call()
            let asked = try await call.incoming(from: from)
            #expect(asked.first("Gather") != nil)
            let parameters = call.parameters(["Digits": code], from: from)
            #expect(try await fixture.post(asked.path(of: "Gather"), parameters).first("Gather") != nil)
            #expect(fixture.log.lines.count { $0.contains("WrongCode") } == 12)
        }
    }

    private static func guess(_ code: String, _ fixture: CallFixture, from: String) async throws {
        let call = fixture.call()
        let asked = try await call.incoming(from: from)
        let parameters = call.parameters(["Digits": code], from: from)
        #expect(try await fixture.post(asked.path(of: "Gather"), parameters).verbs == ["Hangup"])
    }

    @Test func `a code belongs to the first call that sends it, which may send it again`() async throws {
        try await CallFixture.withRunning { fixture in
            let code = try await fixture.begin()
            let call = fixture.call()
            let asked = try await call.incoming()
            let consent = try await call.press(code, asked)
            // The caller is connected only when the digits have been sent.
            #expect(consent.verbs.first == "Pause" && consent.first("Pause")?.attributes["length"] == "1")
            #expect(try await call.press(code, asked) == consent)
            // A repeated first webhook does not ask for the code again.
            #expect(try await call.incoming() == consent)
            let thief = fixture.call()
            #expect(try await thief.press(code, try await thief.incoming()).verbs == ["Hangup"])
        }
    }

    @Test func `a new begin of the contact ends its earlier codes`() async throws {
        try await CallFixture.withRunning { fixture in
            let old = try await fixture.begin()
            let new = try await fixture.begin()
            let late = fixture.call()
            #expect(try await late.press(old, try await late.incoming()).verbs == ["Hangup"])
            #expect(try await fixture.result() == .retry)
            let call = fixture.call()
            #expect(try await call.press(new, try await call.incoming()).first("Gather") != nil)
            #expect(try await fixture.result() == .failedVerified)
        }
    }

    @Test func `a webhook that comes again is answered like the first time`() async throws {
        try await CallFixture.withRunning { fixture in
            try await fixture.enrol()
            let call = fixture.call()
            let asked = try await call.press(try await fixture.begin("c"), try await call.incoming())
            let silent = try await call.wait(asked)
            #expect(silent.says.first == CallSentence.silence.text(in: "en-US"))
            #expect(try await call.wait(asked) == silent)
        }
    }

    @Test func `a step of another call, or of no session, changes nothing`() async throws {
        try await CallFixture.withRunning { fixture in
            let call = fixture.call()
            let consent = try await call.press(try await fixture.begin(), try await call.incoming())
            let stranger = fixture.call()
            #expect(try await stranger.press("1", consent).says == CallFixture.ending(.unknown))
            #expect(try await fixture.post("/voice/recording/1", stranger.recorded(FixtureCall.recordingSID())).isOver)
            // The turn that the path names is not the one that is asked.
            #expect(try await fixture.post("/voice/consent/7", call.parameters(["Digits": "1"])) == consent)
            #expect(try await fixture.post("/voice/recording/1", call.recorded(FixtureCall.recordingSID())) == consent)
            #expect(await fixture.voiceIt.account.calls.isEmpty)
        }
    }

    @Test func `silence is asked again three times, and then ends the call kindly`() async throws {
        try await CallFixture.withRunning { fixture in
            try await fixture.enrol()
            let call = fixture.call()
            var document = try await call.press(try await fixture.begin("c"), try await call.incoming())
            for _ in 1...3 {
                document = try await call.wait(document)
                #expect(document.says.first == CallSentence.silence.text(in: "en-US"))
                #expect(document.phrase == CallFixture.phrase)
            }
            document = try await call.wait(document)
            #expect(document.says == CallFixture.ending(.tooSilent) && document.isOver)
            #expect(try await fixture.result("c") == .failedVerified)
        }
    }

    @Test func `wrong keys and silence at the question for consent end it by what happened`() async throws {
        try await CallFixture.withRunning { fixture in
            let call = fixture.call()
            var document = try await call.press(try await fixture.begin(), try await call.incoming())
            for _ in 1...3 {
                document = try await call.press("7", document)
                #expect(document.says == [CallSentence.consentAgain.text(in: "en-US")])
            }
            #expect(try await call.press("7", document).says == CallFixture.ending(.noChoice))
            let other = fixture.call()
            document = try await other.press(try await fixture.begin(), try await other.incoming())
            for _ in 1...3 { document = try await other.wait(document) }
            #expect(document.first("Gather") != nil)
            #expect(try await other.wait(document).says == CallFixture.ending(.tooSilent))
        }
    }

    @Test func `the status callback ends the call's session and answers an empty document`() async throws {
        try await CallFixture.withRunning { fixture in
            let call = fixture.call()
            let consent = try await call.press(try await fixture.begin(), try await call.incoming())
            #expect(try await fixture.post("/voice/status", call.parameters()).elements.map(\.name) == ["Response"])
            #expect(try await call.incoming() == consent)
            let ended = try await fixture.post("/voice/status", call.parameters(["CallStatus": "completed"]))
            #expect(ended.elements.map(\.name) == ["Response"])
            #expect(try await call.press("1", consent).elements.map(\.name) == ["Response", "Hangup"])
        }
    }

    @Test func `a table that fails is met with a kind sentence`() async throws {
        try await CallFixture.withRunning { fixture in
            fixture.table.behave { _, _ in .refuse(status: 400, code: "ResourceNotFoundException") }
            let call = fixture.call()
            for path in ["/voice/incoming", "/voice/code", "/voice/consent/1", "/voice/silence/1", "/voice/resume"] {
                let document = try await fixture.post(path, call.parameters(["Digits": "12345678"]))
                #expect(document.says == CallFixture.ending(.trouble) && document.isOver)
            }
            #expect(try await fixture.post("/voice/recording/1", call.recorded(FixtureCall.recordingSID())).isOver)
        }
    }

    @Test func `a table that hangs is left within thirteen seconds`() async throws {
        try await CallFixture.withRunning { fixture in
            fixture.table.behave { _, _ in .hang }
            let start = ContinuousClock.now
            let document = try await fixture.post("/voice/incoming", fixture.call().parameters(), seconds: 60)
            #expect(document.says == CallFixture.ending(.trouble))
            #expect(ContinuousClock.now - start < .seconds(13))
        }
    }
}
