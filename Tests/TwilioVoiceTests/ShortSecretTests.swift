import HTTPEvents
import LocalServices
import Settings
import TestSupport
import Testing

@testable import TwilioVoice

@Suite(.takingTurns) struct ShortSecretTests {
    @Test func `a hash secret that is too short is an apology to each caller, and one ERROR line names it`()
        async throws
    {
        let vault = try ScriptedServer.answering { _ in
            .init(#"{"SecretString":"{\"VOICE_HASH_SECRET\":\"0123456789abcde\"}"}"#)
        }
        let variables = [
            "VOICE_HASH_SECRET": "", "VOICE_HASH_SECRET_ARN": "hash",
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://\(vault.authority)",
        ]
        try await CallFixture.withRunning(variables) { fixture in
            for _ in 0..<3 {
                let document = try await fixture.call().incoming()
                #expect(document.says.first?.hasPrefix(CallSentence.trouble.text(in: "en-US")) == true)
            }
            let errors = fixture.log.lines.filter { $0.contains("ERROR") }
            #expect(errors.count == 3)
            let isNamed = errors.allSatisfy { $0.contains("VOICE_HASH_SECRET") && !$0.contains("0123456789") }
            #expect(isNamed)
            #expect(fixture.table.calls.isEmpty)
            // Nobody without Twilio's signature learns of it.
            let forged = fixture.event("/voice/incoming", fixture.call().parameters(), signature: "AAAA")
            #expect(try await fixture.send(forged).statusCode == 403)
        }
        #expect(vault.requests.count == 2)
    }

    @Test func `what is wrong with several secrets is in one message`() async throws {
        let vault = try ScriptedServer.answering { request in
            request.text.contains("twilio")
                ? .init(
                    #"{"SecretString":"{\"TWILIO_ACCOUNT_SID\":\"not an account\",\"TWILIO_AUTH_TOKEN\":\"t0ken\"}"}"#)
                : .init(#"{"SecretString":"{}"}"#)
        }
        let error = await #expect(throws: EnvironmentError.self) {
            _ = try await TwilioVoice(
                environment: Environment(
                    FaultMatrix.aws.merging([
                        "VOICE_TABLE": "voice", "VOICE_HASH_SECRET_ARN": "hash", "VOICEIT_SECRET_ARN": "voiceit",
                        "TWILIO_SECRET_ARN": "twilio", "TWILIO_PUBLIC_BASE_URL": "https://voice.example.com",
                        "CONNECT_PHONE_NUMBER": "+17868645177", "AWS_ENDPOINT_URL": "http://\(vault.authority)",
                    ]) { $1 }))
        }
        #expect(error?.faults.count == 4)
        for name in ["VOICE_HASH_SECRET:", "VIAPIKEY", "VIAPITOKEN", "TWILIO_ACCOUNT_SID"] {
            #expect(error?.description.contains(name) == true, "\(error?.description ?? "")")
        }
        for secret in ["not an account", "t0ken"] { #expect(error?.description.contains(secret) == false) }
    }
}
