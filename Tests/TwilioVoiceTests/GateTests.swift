import Foundation
import HTTPEvents
import JSON
import LocalServices
import TestSupport
import Testing

@testable import Twilio
@testable import TwilioVoice

/// What TwilioVoice does for requests that nobody of Twilio's has sent, and for those by the wrong method.
@Suite(.takingTurns) struct GateTests {
    @Test func `a body over 64 KiB is 413, whatever its signature, and one of 64 KiB is looked at`() async throws {
        try await CallFixture.withRunning { fixture async throws in
            for (size, status) in [(65_536, 200), (65_537, 413)] {
                let padding = size - "CallSid=CA1&x=".utf8.count
                let event = fixture.event(
                    "/voice/status", ["CallSid": "CA1", "x": String(repeating: "a", count: padding)])
                #expect(event.body.count == size)
                #expect(try await fixture.send(event).statusCode == status)
            }
            // Decoded bytes count, in every form.
            for form in HTTPEvent.Form.allCases {
                for (size, status) in [(65_536, 403), (65_537, 413)] {
                    var event = HTTPEvent(form: form, method: "POST", path: "/voice/incoming")
                    event.content = .base64(Data(repeating: 0x61, count: size).base64EncodedString())
                    #expect(try await fixture.send(event).statusCode == status)
                }
            }
        }
    }

    @Test func `a signature that is missing or malformed is 403, and the secret is not read for it`() async throws {
        try await CallFixture.withRunning { fixture async throws in
            for signature in ["", "x", "\(String(repeating: "A", count: 27))=,a"] {
                let event = fixture.event("/voice/incoming", ["CallSid": "CA1"], signature: signature)
                #expect(try await fixture.send(event).statusCode == 403)
            }
            var event = fixture.event("/voice/incoming", ["CallSid": "CA1"])
            event.headers.append("x-twilio-signature", "again")
            #expect(try await fixture.send(event).statusCode == 403)
        }
    }

    @Test func `a rightly signed GET gets the apology, and the log names the method; an unsigned one is 403`()
        async throws
    {
        try await CallFixture.withRunning { fixture async throws in
            let query = "CallSid=CA1&From=sip:a@example.com&To=%2B12065550100"
            let url = "\(CallFixture.base)/voice/incoming?\(query)"
            let mark = try TwilioOracle.signature(TwilioMediaDouble.authToken, url, [])
            // API Gateway may show the query in another spelling.
            for shown in [query, query.replacing(":", with: "%3A").replacing("@", with: "%40")] {
                var event = HTTPEvent(method: "GET", path: "/voice/incoming", rawQuery: shown)
                #expect(try await fixture.send(event).statusCode == 403)
                event.headers["X-Twilio-Signature"] = mark
                let answer = try await fixture.send(event)
                #expect(answer.statusCode == 200 && answer.headers?["Content-Type"] == "text/xml")
                #expect(try CallDocument(answer.body).says == CallFixture.ending(.nothingHere))
            }
            #expect(fixture.log.lines.contains { $0.contains("asked by GET") && $0.contains("POST") })
            #expect(!fixture.log.lines.joined().contains("sip:"))
            // The method is not signed: it is anybody's text.
            var event = HTTPEvent(method: "G\nERROR forged", path: "/voice/incoming", rawQuery: query)
            event.headers["X-Twilio-Signature"] = mark
            #expect(try await fixture.send(event).statusCode == 200)
            #expect(fixture.log.lines.last?.contains("asked by GERRORforged:") == true)
        }
    }
}
