import LambdaRuntime
import Testing

@testable import SendSMS

@Suite struct SMSSettingsTests {
    @Test func `the defaults are SNS, Transactional and four parts`() throws {
        let settings = try Environment([:]).read(SMSSettings.variable)
        #expect(settings.provider == .sns)
        #expect(settings.type == .transactional)
        #expect(settings.maxParts == 4)
        #expect(settings.defaultCountry == nil)
        #expect(settings.allowedCountries == nil)
    }

    @Test func `End User Messaging needs to know what to send from`() {
        let error = #expect(throws: EnvironmentError.self) {
            try Environment(["SMS_PROVIDER": "end-user-messaging", "SMS_ORIGINATION": ""]).read(SMSSettings.variable)
        }
        #expect(
            error?.description
                == "SMS_ORIGINATION is not set: give the number or pool that SMS_PROVIDER=end-user-messaging sends from."
        )
    }

    @Test func `every fault of the environment is in one message`() throws {
        let error = #expect(throws: EnvironmentError.self) {
            try SendSMS(
                environment: Environment([
                    "SMS_PROVIDER": "pigeon", "SMS_SENDER_ID": "12345", "SMS_TYPE": "Urgent", "SMS_MAX_PRICE": "1,5",
                    "SMS_DEFAULT_COUNTRY_CODE": "+49", "SMS_ALLOWED_COUNTRY_CODES": "US", "SMS_MAX_PARTS": "0",
                ]))
        }
        let message = try #require(error).description
        for name in [
            "SMS_PROVIDER must be", "SMS_SENDER_ID must be", "SMS_TYPE must be", "SMS_MAX_PRICE must be",
            "SMS_DEFAULT_COUNTRY_CODE must be", "SMS_ALLOWED_COUNTRY_CODES must be", "SMS_MAX_PARTS must be",
            "IDEMPOTENCY_TABLE is not set", "AWS_REGION is not set",
        ] {
            #expect(message.contains(name))
        }
        #expect(!message.contains("pigeon"))
    }

    @Test(arguments: ["Clinic", "CLINIC-24", "a", "12345678901".replacing("1", with: "x")])
    func `a sender id is taken as it is`(text: String) throws {
        #expect(try Environment(["SMS_SENDER_ID": text]).read(SMSSettings.variable).senderID == text)
    }

    @Test(arguments: ["123", "My Clinic", "Clínic", "TwelveLetter", "a_b", "-"])
    func `what is no sender id is a fault`(text: String) {
        #expect(throws: EnvironmentError.self) { try Environment(["SMS_SENDER_ID": text]).read(SMSSettings.variable) }
    }
}
