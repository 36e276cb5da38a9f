import Encoding
import Settings
import Telephony

extension SMSSettings {
    /// Reads all settings. A value that a provider would refuse at each send is a fault here.
    static var variable: Variable<SMSSettings> {
        Variable { environment, faults in
            let isSNS = environment["SMS_PROVIDER"] != "end-user-messaging"
            guard
                let (provider, senderID, type, maxPrice, country, destinations, maxParts) = environment.read(
                    &faults, providerVariable, isSNS ? senderIDVariable : Variable { _, _ in .some(nil) },
                    .optional(
                        "SMS_TYPE", default: .transactional, expecting: "Transactional or Promotional",
                        parse: MessageType.init(parsing:)),
                    isSNS ? snsPriceVariable : messagingPriceVariable,
                    .optional(
                        "SMS_DEFAULT_COUNTRY_CODE", expecting: "a calling code without +, such as 49",
                        parse: CallingCode.init(parsingCountry:)),
                    Destinations.variable,
                    .optional("SMS_MAX_PARTS", default: 4, in: 1...255))
            else { return nil }
            let origination = isSNS ? environment["SMS_ORIGINATION"] : nil
            return SMSSettings(
                provider: provider,
                origination: origination.flatMap { OriginationNumber(parsing: $0, defaultCountry: country) },
                senderID: senderID, type: type, maxPrice: maxPrice, defaultCountry: country,
                destinations: destinations, maxParts: maxParts)
        }
    }

    private static var providerVariable: Variable<Provider> {
        Variable { environment, faults in
            switch environment["SMS_PROVIDER"] {
            case nil, "sns":
                let number = Variable<OriginationNumber?>.optional(
                    "SMS_ORIGINATION",
                    expecting: "a number such as +12065550100 with SMS_PROVIDER=sns, which takes no id and no ARN"
                ) { OriginationNumber(parsing: $0, defaultCountry: nil) }
                return number.read(environment, &faults) == nil ? nil : .sns
            case "end-user-messaging":
                guard environment["SMS_ORIGINATION"] != nil else {
                    faults.append(
                        "SMS_ORIGINATION is not set: give the number or pool that SMS_PROVIDER=end-user-messaging sends "
                            + "from.")
                    return nil
                }
                return identityVariable.read(environment, &faults).flatMap(\.self).map {
                    .endUserMessaging(origination: $0)
                }
            default:
                // One that neither provider takes.
                _ = identityVariable.read(environment, &faults)
                faults.append("SMS_PROVIDER must be sns or end-user-messaging.")
                return nil
            }
        }
    }

    private static var identityVariable: Variable<String?> {
        .optional(
            "SMS_ORIGINATION", expecting: "at most 256 letters, digits and _:/+-, such as a number, an id or an ARN",
            parse: originationIdentity)
    }

    private static var senderIDVariable: Variable<String?> {
        .optional(
            "SMS_SENDER_ID",
            expecting: "3 to 11 letters, digits and hyphens, with a letter, a hyphen neither first nor last",
            parse: senderID)
    }

    private static var snsPriceVariable: Variable<String?> {
        .optional("SMS_MAX_PRICE", expecting: "an amount in US dollars such as 0.50") { text in
            let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            let isPrice =
                parts.count <= 2 && text.utf8.count <= 8
                && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }
            return isPrice ? text : nil
        }
    }

    /// `MaxPrice` of `SendTextMessage` in the AWS End User Messaging SMS API Reference: `[0-9]{0,2}\.[0-9]{1,5}`.
    private static var messagingPriceVariable: Variable<String?> {
        .optional(
            "SMS_MAX_PRICE",
            expecting: "an amount in US dollars below 100, with a point, such as 0.50"
        ) { text in
            let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            let isPrice =
                parts.count == 2 && parts[0].count <= 2 && (1...5).contains(parts[1].count)
                && parts.allSatisfy { $0.allSatisfy(\.isASCIIDigit) }
            return isPrice ? text : nil
        }
    }

    /// `OriginationIdentity` of `SendTextMessage` in the AWS End User Messaging SMS API Reference.
    private static func originationIdentity(_ text: String) -> String? {
        let others = "_:/+-".utf8
        return text.utf8.count <= 256 && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || others.contains($0) }
            ? text : nil
    }

    /// "Sender IDs" in the Amazon SNS Developer Guide.
    private static func senderID(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        let hyphen = UInt8(ascii: "-")
        guard (3...11).contains(bytes.count), bytes.contains(where: \.isASCIILetter), bytes.first != hyphen,
            bytes.last != hyphen, bytes.allSatisfy({ $0.isASCIILetterOrDigit || $0 == hyphen })
        else { return nil }
        return text
    }
}
