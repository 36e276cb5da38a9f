import Settings
import Testing

@testable import SendEmail

@Suite struct EmailSettingsTests {
    @Test func `every fault of the environment is in one message`() throws {
        let error = #expect(throws: EnvironmentError.self) {
            try SendEmail(
                environment: Environment([
                    "EMAIL_FROM": "Us <us@example.com>", "EMAIL_REPLY_TO": "help@example.com, nobody",
                    "EMAIL_ALLOWED_RECIPIENTS": "example.net", "AWS_ACCESS_KEY_ID": "", "AWS_REGION": "eu-central-1",
                ]))
        }
        let message = try #require(error).description
        for name in [
            "EMAIL_ALLOWED_SENDERS is not set", "EMAIL_FROM must be", "EMAIL_REPLY_TO must be",
            "EMAIL_ALLOWED_RECIPIENTS must be", "IDEMPOTENCY_TABLE is not set", "AWS_ACCESS_KEY_ID is not set",
            "AWS_SECRET_ACCESS_KEY is not set",
        ] {
            #expect(message.contains(name))
        }
        #expect(!message.contains("nobody"))
        #expect(!message.contains("us@example.com"))
    }

    @Test func `what is optional may be left out or empty`() throws {
        let settings = try Environment(["EMAIL_ALLOWED_SENDERS": "@example.com", "EMAIL_FROM": ""])
            .read(EmailSettings.variable)
        #expect(settings.allowedRecipients == nil)
        #expect(settings.from == nil)
        #expect(settings.replyTo.isEmpty)
        #expect(settings.configurationSet == nil)
    }
}
