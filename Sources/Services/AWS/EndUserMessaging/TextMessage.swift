/// A text message by AWS End User Messaging.
package struct TextMessage: Sendable, Equatable {
    /// `TRANSACTIONAL` is routed for reliability, `PROMOTIONAL` for cost.
    package enum Kind: String, Sendable, CaseIterable {
        case transactional = "TRANSACTIONAL"
        case promotional = "PROMOTIONAL"
    }

    /// E.164.
    package var phoneNumber: String
    /// At most 1,600 characters.
    package var text: String
    package var kind: Kind
    /// A phone number, a sender id or a pool of the account; nil to let the service choose.
    package var originationIdentity: String?
    package var configurationSet: String?
    /// The maximum price of one segment, in US dollars, such as `0.50`.
    package var maxPrice: String?
    /// The time in seconds during which delivery is attempted: 5 to 259,200.
    package var timeToLive: Int?

    package init(
        phoneNumber: String, text: String, kind: Kind = .transactional, originationIdentity: String? = nil,
        configurationSet: String? = nil, maxPrice: String? = nil, timeToLive: Int? = nil
    ) {
        self.phoneNumber = phoneNumber
        self.text = text
        self.kind = kind
        self.originationIdentity = originationIdentity
        self.configurationSet = configurationSet
        self.maxPrice = maxPrice
        self.timeToLive = timeToLive
    }
}
