import LambdaRuntime

/// What the environment says about text messages.
struct SMSSettings: Sendable {
    /// `SMS_PROVIDER`.
    enum Provider: Sendable, Equatable {
        /// `sns`, the default.
        case sns
        /// `end-user-messaging`, with the number, pool or sender that it sends from.
        case endUserMessaging(origination: String)
    }

    var provider = Provider.sns
    /// `SMS_ORIGINATION`: the number to send from.
    var origination: String?
    /// `SMS_SENDER_ID`: the name shown as the sender, where the country supports it (SNS only).
    var senderID: String?
    /// `SMS_TYPE`: the type of messages whose event does not say.
    var type = MessageType.transactional
    /// `SMS_MAX_PRICE`: the most a message may cost, in US dollars, such as `0.50`.
    var maxPrice: String?
    /// `SMS_DEFAULT_COUNTRY_CODE`: the country of numbers that are not in E.164; without it they are refused.
    var defaultCountry: CallingCode?
    /// `SMS_ALLOWED_COUNTRY_CODES`; nil allows every country.
    var allowedCountries: [CallingCode]?
    /// `SMS_MAX_PARTS`: the most parts a message may take.
    var maxParts = 4
}

extension SMSSettings {
    /// Reads them all.
    static var variable: Variable<SMSSettings> {
        Variable { environment, faults in
            guard
                let (provider, senderID, type, maxPrice, country, countries, maxParts) = environment.read(
                    &faults, providerVariable,
                    .optional(
                        "SMS_SENDER_ID", expecting: "1 to 11 letters, digits and hyphens, with at least one letter",
                        parse: senderID),
                    .optional(
                        "SMS_TYPE", default: .transactional, expecting: "Transactional or Promotional",
                        parse: MessageType.init(parsing:)),
                    .optional("SMS_MAX_PRICE", expecting: "an amount in US dollars such as 0.50", parse: price),
                    .optional(
                        "SMS_DEFAULT_COUNTRY_CODE", expecting: "a calling code without +, such as 49",
                        parse: CallingCode.init(parsing:)),
                    .optional(
                        "SMS_ALLOWED_COUNTRY_CODES",
                        expecting: "a comma-separated list of calling codes without +, such as 1,49",
                        parse: CallingCode.list(parsing:)),
                    .optional("SMS_MAX_PARTS", default: 4, in: 1...255))
            else { return nil }
            return SMSSettings(
                provider: provider, origination: environment["SMS_ORIGINATION"], senderID: senderID, type: type,
                maxPrice: maxPrice, defaultCountry: country, allowedCountries: countries, maxParts: maxParts)
        }
    }

    private static var providerVariable: Variable<Provider> {
        Variable { environment, faults in
            switch environment["SMS_PROVIDER"] {
            case nil, "sns": return .sns
            case "end-user-messaging":
                if let origination = environment["SMS_ORIGINATION"] {
                    return .endUserMessaging(origination: origination)
                }
                faults.append(
                    "SMS_ORIGINATION is not set: give the number or pool that SMS_PROVIDER=end-user-messaging sends "
                        + "from.")
            default: faults.append("SMS_PROVIDER must be sns or end-user-messaging.")
            }
            return nil
        }
    }

    /// 1 to 11 letters, digits and hyphens with at least one letter. "Sender IDs" in the Amazon SNS Developer Guide.
    private static func senderID(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        let letters = bytes.count { Character(Unicode.Scalar($0)).isLetter && $0 < 0x80 }
        let others = bytes.count { $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return letters > 0 && bytes.count <= 11 && letters + others == bytes.count ? text : nil
    }

    /// A decimal such as `0.50`.
    private static func price(_ text: String) -> String? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, text.utf8.count <= 8,
            parts.allSatisfy({ part in
                !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            })
        else { return nil }
        return text
    }
}
