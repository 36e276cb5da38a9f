import Foundation
import HTTPEvents
import LocalServices
import TestSupport
import Testing
import VoiceAuth

@testable import TwilioVoice

/// What a step takes, and what it does not.
@Suite(.takingTurns) struct StepTests {
    @Test func `without a true signature there is nothing but 403`() async throws {
        try await CallBench.withRunning { bench in
            let parameters = bench.call().parameters()
            var unsigned = bench.event("/voice/incoming", parameters)
            unsigned.headers["X-Twilio-Signature"] = nil
            var changed = bench.event("/voice/incoming", parameters)
            changed.body += Array("&Extra=1".utf8)
            var elsewhere = bench.event("/voice/status", parameters)
            elsewhere.path = "/voice/incoming"
            for event in [
                unsigned, changed, elsewhere, bench.event("/voice/incoming", parameters, signature: "AAAA"),
                bench.event("/nowhere", parameters, signature: ""),
            ] {
                let answer = try await bench.send(event)
                #expect(answer.statusCode == 403)
                #expect(!answer.body.contains("<Response"))
            }
            #expect(bench.table.calls.isEmpty)
        }
    }

    @Test(arguments: [
        "/", "/voice", "/voice/nothing", "/voice/code", "/voice/code/x", "/voice/code/-1", "/voice/code/01",
    ])
    func `a signed request for another path is answered with an apology`(path: String) async throws {
        try await CallBench.withRunning { bench in
            let document = try await bench.post(path, bench.call().parameters())
            #expect(document.says == [Sentence.nothingHere.text(in: "en-US")] && document.isOver)
            #expect(bench.table.calls.isEmpty)
        }
    }

    @Test func `a signed GET, and a request without a call, get an apology too`() async throws {
        try await CallBench.withRunning { bench in
            var get = bench.event("/voice/incoming", bench.call().parameters())
            get.method = "GET"
            let answer = try await bench.send(get)
            #expect(answer.statusCode == 200 && answer.body.contains("<Hangup/>"))
            for sid in [nil, "", "CA/../x"] {
                var parameters = bench.call().parameters()
                parameters["CallSid"] = sid
                let document = try await bench.post("/voice/incoming", parameters)
                #expect(document.isOver)
            }
        }
    }

    @Test func `a path behind the base's own, and a trailing slash, are the same step`() async throws {
        try await CallBench.withRunning { bench in
            var event = bench.event("/voice/incoming", bench.call().parameters())
            event.path = "/prod/voice/incoming"
            let answer = try await bench.send(event)
            #expect(answer.body.contains("<Gather"))
            #expect(try await bench.post("/voice/incoming/", bench.call().parameters()).first("Gather") != nil)
        }
    }

    @Test func `three wrong codes end the call, and the right one is of no use to it then`() async throws {
        try await CallBench.withRunning { bench in
            let code = try await bench.begin()
            let wrong = code == "000000" ? "111111" : "000000"
            let call = bench.call()
            let asked = try await call.incoming()
            let second = try await call.press(wrong, asked)
            #expect(second.says == [Sentence.wrongCode.text(in: "en-US")])
            // A repeated webhook counts once.
            #expect(try await call.press(wrong, asked) == second)
            let third = try await call.press(wrong, second)
            let end = try await call.press(wrong, third)
            #expect(end.isOver && end.first("Gather") == nil)
            for document in [asked, second, third] { #expect(try await call.press(code, document).isOver) }
            // It burns nobody's session.
            let other = bench.call()
            #expect(try await other.press(code, try await other.incoming()).first("Gather") != nil)
        }
    }

    @Test func `a code belongs to the first call that sends it, which may send it again`() async throws {
        try await CallBench.withRunning { bench in
            let code = try await bench.begin()
            let call = bench.call()
            let asked = try await call.incoming()
            let consent = try await call.press(code, asked)
            #expect(try await call.press(code, asked) == consent)
            // A repeated first webhook does not ask for the code again.
            #expect(try await call.incoming() == consent)
            let thief = bench.call()
            #expect(
                try await thief.press(code, try await thief.incoming()).says == [Sentence.wrongCode.text(in: "en-US")])
        }
    }

    @Test func `a step of another call, or of no session, changes nothing`() async throws {
        try await CallBench.withRunning { bench in
            let call = bench.call()
            let consent = try await call.press(try await bench.begin(), try await call.incoming())
            let stranger = bench.call()
            #expect(try await stranger.press("1", consent).says == [Sentence.unknown.text(in: "en-US")])
            #expect(try await bench.post("/voice/recording/1", stranger.recorded(BenchCall.recordingSID())).isOver)
            // The turn that the path names is not the one that is asked.
            #expect(try await bench.post("/voice/consent/7", call.parameters(["Digits": "1"])) == consent)
            #expect(try await bench.post("/voice/recording/1", call.recorded(BenchCall.recordingSID())) == consent)
            #expect(await bench.voiceIt.account.calls.isEmpty)
        }
    }

    @Test func `silence is asked again three times, and then ends the call kindly`() async throws {
        try await CallBench.withRunning { bench in
            try await bench.enrol()
            let call = bench.call()
            var document = try await call.press(try await bench.begin("c"), try await call.incoming())
            for _ in 1...3 {
                document = try await call.wait(document)
                #expect(document.says.first == Sentence.silence.text(in: "en-US"))
                #expect(document.phrase == CallBench.phrase)
            }
            document = try await call.wait(document)
            #expect(document.says == [Sentence.tooSilent.text(in: "en-US")] && document.isOver)
            #expect(try await bench.result("c") == .failedVerified)
        }
    }

    @Test func `silence at the question for a code counts in the rest of the call`() async throws {
        try await CallBench.withRunning { bench in
            let call = bench.call()
            var document = try await call.incoming()
            for _ in 1...2 { document = try await call.wait(document) }
            document = try await call.press(try await bench.begin(), document)
            document = try await call.wait(document)
            #expect(document.first("Gather") != nil)
            #expect(try await call.wait(document).says == [Sentence.tooSilent.text(in: "en-US")])
        }
    }

    @Test func `silence at the questions for a code and for consent ends kindly, too`() async throws {
        try await CallBench.withRunning { bench in
            let call = bench.call()
            var document = try await call.incoming()
            for _ in 1...3 {
                document = try await call.wait(document)
                #expect(document.says == [Sentence.noCode.text(in: "en-US")])
            }
            #expect(try await call.wait(document).isOver)
            let other = bench.call()
            document = try await other.press(try await bench.begin(), try await other.incoming())
            document = try await other.press("7", document)
            #expect(document.says == [Sentence.consentAgain.text(in: "en-US")])
            for _ in 1...3 { document = try await other.wait(document) }
            #expect(document.first("Gather") != nil)
            #expect(try await other.wait(document).isOver)
        }
    }

    @Test func `the status callback ends the call's session and answers an empty document`() async throws {
        try await CallBench.withRunning { bench in
            let call = bench.call()
            let consent = try await call.press(try await bench.begin(), try await call.incoming())
            #expect(try await bench.post("/voice/status", call.parameters()).elements.map(\.name) == ["Response"])
            #expect(try await call.incoming() == consent)
            let ended = try await bench.post("/voice/status", call.parameters(["CallStatus": "completed"]))
            #expect(ended.elements.map(\.name) == ["Response"])
            #expect(try await call.press("1", consent).elements.map(\.name) == ["Response", "Hangup"])
        }
    }

    @Test func `a table that fails is met with a kind sentence`() async throws {
        try await CallBench.withRunning { bench in
            bench.table.behave { _, _ in .refuse(status: 400, code: "ResourceNotFoundException") }
            let call = bench.call()
            for path in ["/voice/incoming", "/voice/code/0", "/voice/consent/1", "/voice/silence/1", "/voice/resume"] {
                let document = try await bench.post(path, call.parameters(["Digits": "1"]))
                #expect(document.says == [Sentence.trouble.text(in: "en-US")] && document.isOver)
            }
            #expect(try await bench.post("/voice/recording/1", call.recorded(BenchCall.recordingSID())).isOver)
        }
    }

    @Test func `a table that hangs is left within ten seconds`() async throws {
        try await CallBench.withRunning { bench in
            bench.table.behave { _, _ in .hang }
            let start = ContinuousClock.now
            let document = try await bench.post("/voice/incoming", bench.call().parameters(), seconds: 60)
            #expect(document.says == [Sentence.trouble.text(in: "en-US")])
            #expect(ContinuousClock.now - start < .seconds(10))
        }
    }
}
