import Foundation
import HTTPEvents
import LocalServices
import TestSupport
import Testing
import VoiceAuth

@testable import TwilioVoice

/// Nothing of a person reaches the log or the table.
@Suite(.takingTurns) struct PrivacyTests {
    @Test func `neither number, code, call, account nor audio is logged or kept in clear`() async throws {
        try await CallBench.withRunning { bench in
            let code = try await bench.begin()
            let call = bench.call()
            let sid = BenchCall.recordingSID()
            var document = try await call.press(code, try await call.incoming())
            document = try await call.press("1", document)
            document = try await call.speak(document, as: sid)
            document = try await call.speak(document, LocalRecording(code: "RWPU"))
            for fault in [ServiceFault.code("UNAC"), .drop, .html] {
                await bench.voiceIt.account.misbehave(fault, path: "/enrollments")
                let next = try await call.speak(document)
                if next.first("Record") != nil { document = next }
            }
            await bench.twilio.recordings.misbehave(.busy, times: 3, path: ".json")
            _ = try await call.speak(document)
            _ = try await bench.post("/nowhere", call.parameters())
            var unsigned = bench.event("/voice/incoming", call.parameters())
            unsigned.headers["X-Twilio-Signature"] = "AAAA"
            _ = try await bench.send(unsigned)
            let user = try #require(await bench.voiceIt.account.users.keys.first)
            let log = bench.log.lines.joined(separator: "\n")
            let items = bench.table.itemText
            #expect(log.contains("RWPU") && log.contains("UNAC") && log.contains("The deletion of RE"))
            #expect(items.contains("identity#"))
            let digits = String(CallBench.caller.dropFirst())
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
