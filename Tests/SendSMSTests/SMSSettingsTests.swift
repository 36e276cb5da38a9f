import Settings
import Telephony
import Testing

@testable import SendSMS

@Suite struct SMSSettingsTests {
    /// The settings, with every country allowed unless the variables name some.
    private func settings(_ variables: [String: String]) throws -> SMSSettings {
        try Environment(["SMS_ALLOWED_COUNTRY_CODES": "*"].merging(variables) { $1 }).read(SMSSettings.variable)
    }

    @Test func `the defaults are SNS, Transactional and four parts`() throws {
        let settings = try settings([:])
        #expect(settings.provider == .sns)
        #expect(settings.type == .transactional)
        #expect(settings.maxParts == 4)
        #expect(settings.defaultCountry == nil)
        #expect(settings.destinations == Destinations(countries: nil, deniedPrefixes: []))
    }

    @Test func `without a country that is named the function does not start`() throws {
        let error = #expect(throws: EnvironmentError.self) {
            try Environment(["SMS_DENIED_PREFIXES": "+1876"]).read(SMSSettings.variable)
        }
        #expect(
            error?.faults == [
                "SMS_ALLOWED_COUNTRY_CODES is not set, nor is SMS_DEFAULT_COUNTRY_CODE: give the calling codes of the "
                    + "countries that messages go to, such as 1,49, or * for every country.",
                "SMS_DENIED_PREFIXES must be a comma-separated list of first digits, calling code included, without +, "
                    + "such as 1876,881.",
            ])
        let empty = ["SMS_ALLOWED_COUNTRY_CODES": "", "SMS_DEFAULT_COUNTRY_CODE": ""]
        #expect(throws: EnvironmentError.self) { try settings(empty) }
        let wrong = #expect(throws: EnvironmentError.self) {
            try Environment(["SMS_DEFAULT_COUNTRY_CODE": "+49"]).read(SMSSettings.variable)
        }
        #expect(wrong?.faults == ["SMS_DEFAULT_COUNTRY_CODE must be a calling code without +, such as 49."])
    }

    @Test(arguments: [
        (["SMS_DEFAULT_COUNTRY_CODE": "49"], ["49"]),
        (["SMS_ALLOWED_COUNTRY_CODES": "1, 44 ,353"], ["1", "44", "353"]),
        (["SMS_DEFAULT_COUNTRY_CODE": "49", "SMS_ALLOWED_COUNTRY_CODES": "1242"], ["1242"]),
        (["SMS_DEFAULT_COUNTRY_CODE": "1", "SMS_ALLOWED_COUNTRY_CODES": " * "], nil),
    ]) func `the default country is allowed unless others are named`(
        variables: [String: String], codes: [String]?
    ) throws {
        let allowed = try Environment(variables).read(SMSSettings.variable).destinations.countries
        #expect(allowed?.map(\.digits) == codes)
    }

    @Test(arguments: ["US", "+1", "1;44", "*,1", "**", "2", "999", "01", ",", "1,,x", "1\u{301}", "*\u{301}"])
    func `what is no list of calling codes is a fault`(text: String) {
        #expect(throws: EnvironmentError.self) { try settings(["SMS_ALLOWED_COUNTRY_CODES": text]) }
    }

    @Test(arguments: ["1876", "1876,881", " 1876 , 881 ,", "491", "123456789012345"])
    func `denied prefixes are digits`(text: String) throws {
        let prefixes = try settings(["SMS_DENIED_PREFIXES": text]).destinations.deniedPrefixes
        #expect(prefixes == text.filter { $0 != " " }.split(separator: ",").map(String.init))
    }

    @Test(arguments: [
        "+1876", "1 876", "1876;881", "0881", "JM", "*", ",", "1876,x", "١٨٧٦", "1234567890123456", "1876-",
    ])
    func `what are no digits is a fault`(text: String) {
        #expect(throws: EnvironmentError.self) { try settings(["SMS_DENIED_PREFIXES": text]) }
    }

    @Test func `End User Messaging needs to know what to send from`() {
        let error = #expect(throws: EnvironmentError.self) {
            try settings(["SMS_PROVIDER": "end-user-messaging", "SMS_ORIGINATION": ""])
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
                    "SMS_DENIED_PREFIXES": "+1876",
                ]))
        }
        let message = try #require(error).description
        for name in [
            "SMS_PROVIDER must be", "SMS_SENDER_ID must be", "SMS_TYPE must be", "SMS_MAX_PRICE must be",
            "SMS_DEFAULT_COUNTRY_CODE must be", "SMS_ALLOWED_COUNTRY_CODES must be", "SMS_DENIED_PREFIXES must be",
            "SMS_MAX_PARTS must be",
            "IDEMPOTENCY_TABLE is not set", "AWS_REGION is not set",
        ] {
            #expect(message.contains(name))
        }
        #expect(!message.contains("pigeon"))
    }

    @Test(arguments: ["Clinic", "CLINIC-24", "abc", "1a-2", "12345678901".replacing("1", with: "x")])
    func `a sender id is taken as it is`(text: String) throws {
        #expect(try settings(["SMS_SENDER_ID": text]).senderID == text)
    }

    @Test(arguments: ["123", "ab", "a", "-abc", "abc-", "My Clinic", "Clínic", "TwelveLetter", "a_b", "-"])
    func `what is no sender id is a fault`(text: String) {
        #expect(throws: EnvironmentError.self) { try settings(["SMS_SENDER_ID": text]) }
        // End User Messaging is not sent one.
        let messaging = ["SMS_PROVIDER": "end-user-messaging", "SMS_ORIGINATION": "pool-1", "SMS_SENDER_ID": text]
        #expect(throws: Never.self) { try settings(messaging) }
    }

    /// The fault of the environment with one variable; nil without one.
    private func fault(_ provider: String, _ name: String, _ value: String) -> String? {
        let variables = ["SMS_PROVIDER": provider, "SMS_ORIGINATION": "+12065550100"].merging([name: value]) { $1 }
        do {
            _ = try settings(variables)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        ("sns", "0.50", true), ("sns", "1", true), ("sns", "100.5", true), ("sns", "1,5", false), ("sns", "1.", false),
        ("sns", "$1", false), ("end-user-messaging", "0.50", true), ("end-user-messaging", ".5", true),
        ("end-user-messaging", "99.12345", true), ("end-user-messaging", "1", false),
        ("end-user-messaging", "100.5", false), ("end-user-messaging", "0.123456", false),
        ("end-user-messaging", "1.", false),
    ])
    func `a price is one that the provider takes`(provider: String, price: String, isTaken: Bool) {
        let fault = fault(provider, "SMS_MAX_PRICE", price)
        #expect((fault == nil) == isTaken && fault?.hasPrefix("SMS_MAX_PRICE must be") != false, "\(fault ?? "")")
    }

    @Test(arguments: [
        ("sns", "+12065550100", true), ("sns", "12065550100", true), ("sns", "54321", true), ("sns", "pool-1", false),
        ("sns", "arn:aws:sms-voice:us-east-1:123456789012:phone-number/a", false), ("sns", "Clinic", false),
        ("sns", "+02065550100", false), ("end-user-messaging", "+12065550100", true),
        ("end-user-messaging", "arn:aws:sms-voice:us-east-1:123456789012:pool/pool-1", true),
        ("end-user-messaging", "My Clinic", false), ("end-user-messaging", String(repeating: "a", count: 257), false),
    ])
    func `an origination is one that the provider takes`(provider: String, origination: String, isTaken: Bool) {
        let fault = fault(provider, "SMS_ORIGINATION", origination)
        #expect((fault == nil) == isTaken && fault?.hasPrefix("SMS_ORIGINATION must be") != false, "\(fault ?? "")")
    }

    @Test(arguments: [
        ("+12065550100", "1"), ("18765550100", "1"), ("+74951234567", "7"), ("+4915112345678", "49"),
        ("+353861234567", "353"), ("+390612345678", "39"), ("+85251234567", "852"), ("+599712345678", "599"),
    ])
    func `a number's calling code is the one it begins with`(number: String, code: String) {
        #expect(OriginationNumber(parsing: number, defaultCountry: nil)?.country.digits == code)
    }

    @Test func `a short code is of the default country`() {
        #expect(OriginationNumber(parsing: "54321", defaultCountry: nil)?.country.digits == "1")
        #expect(OriginationNumber(parsing: "54321", defaultCountry: CallingCode(parsing: "44"))?.country.digits == "44")
    }
}
