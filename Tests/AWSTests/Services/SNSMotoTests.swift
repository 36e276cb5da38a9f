import Calling
import LocalServices
import Settings
import TestSupport
import Testing

@testable import AWS

/// Against moto, which encodes a form again before it checks the signature.
@Suite(.takingTurns) struct SNSMotoTests {
    @Test func `a text is signed as it is sent, whatever combines with a space`() async throws {
        try await Moto.withRunningForTests { moto in
            let environment = Environment(moto.environment)
            let sns = SNSClient(AWSClient(configuration: try environment.read(AWSConfiguration.variable)))
            for text in [
                "Mit besten Grüßen \u{200C}", "a \u{200D}b", "a \u{301}b", "&\u{301}=\u{301}+\u{301}%\u{301}",
                " \u{FE0F} ",
                "a\r\nb", "~*'()!", "é\u{301} \u{1F3FD}",
            ] {
                let message = SMSMessage(phoneNumber: "+493012345678", text: text)
                let id = try await sns.publish(message, deadline: .now + .seconds(10))
                #expect(!id.isEmpty, "\(text)")
            }
        }
    }
}
