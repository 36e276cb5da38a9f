import Foundation
import HTTPEvents
import LocalServices
import TestSupport
import Testing
import VoiceAuth

@testable import TwilioVoice

/// Personal data reaches neither the log nor the table.
@Suite(.takingTurns) struct PrivacyTests {
    @Test func `neither number, code, call, account nor audio is logged or kept in clear`() async throws {
        try await CallFixture.withRunning { fixture in
            let code = try await fixture.begin()
            let call = fixture.call()
            let sid = FixtureCall.recordingSID()
            var document = try await call.press(code, try await call.incoming())
            document = try await call.press("1", document)
            document = try await call.speak(document, as: sid)
            document = try await call.speak(document, LocalRecording(code: "RWPU"))
            for fault in [ServiceFault.code("UNAC"), .drop, .html] {
                await fixture.voiceIt.account.misbehave(fault, path: "/enrollments")
                let next = try await call.speak(document)
                if next.first("Record") != nil { document = next }
            }
            await fixture.twilio.recordings.misbehave(.busy, times: 3, path: ".json")
            _ = try await call.speak(document)
            _ = try await fixture.post("/nowhere", call.parameters())
            var unsigned = fixture.event("/voice/incoming", call.parameters())
            unsigned.headers["X-Twilio-Signature"] = "AAAA"
            _ = try await fixture.send(unsigned)
            let user = try #require(await fixture.voiceIt.account.users.keys.first)
            let log = fixture.log.lines.joined(separator: "\n")
            let items = fixture.table.itemText
            #expect(log.contains("RWPU") && log.contains("UNAC") && log.contains("The deletion of RE"))
            #expect(items.contains("identity#"))
            let digits = String(CallFixture.caller.dropFirst())
            for secret in [digits, call.sid, code, "+15005550006", "contact-1", TwilioMediaDouble.authToken] {
                #expect(!log.contains(secret), "\(secret)")
                // A code of six digits may be part of a hash by chance.
                if secret != code { #expect(!items.contains(secret), "\(secret)") }
            }
            #expect(!log.contains(user) && !log.contains(VoiceItDouble.token) && !log.contains("<Response"))
            #expect(!items.contains("\"\(code)\""))
        }
    }
}
