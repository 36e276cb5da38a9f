import Telephony

/// The settings for text messages, from the environment.
struct SMSSettings: Sendable {
    /// `SMS_PROVIDER`.
    enum Provider: Sendable, Equatable {
        /// `sns`, the default.
        case sns
        /// `end-user-messaging`, with the number, pool or sender that it sends from.
        case endUserMessaging(origination: String)
    }

    var provider = Provider.sns
    /// `SMS_ORIGINATION`: the number that SNS sends from, in its own country.
    var origination: OriginationNumber?
    /// `SMS_SENDER_ID`: the name shown as the sender, where the country supports it (SNS only).
    var senderID: String?
    /// `SMS_TYPE`: the type of messages whose event does not state one.
    var type = MessageType.transactional
    /// `SMS_MAX_PRICE`: the maximum price of a message, in US dollars, such as `0.50`.
    var maxPrice: String?
    /// `SMS_DEFAULT_COUNTRY_CODE`: the country of numbers that are not in E.164; without it they are refused.
    var defaultCountry: CallingCode?
    /// `SMS_ALLOWED_COUNTRY_CODES` and `SMS_DENIED_PREFIXES`.
    var destinations: Destinations
    /// `SMS_MAX_PARTS`: the maximum number of segments of a message.
    var maxParts = 4
}

/// The routing of a message: for reliability, or for cost.
enum MessageType: String, Sendable, CaseIterable {
    case transactional = "Transactional"
    case promotional = "Promotional"

    /// Reads `Transactional` or `Promotional`, in any case.
    init?(parsing text: String) {
        guard let type = Self.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) else {
            return nil
        }
        self = type
    }
}
