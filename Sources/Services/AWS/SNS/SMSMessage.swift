/// A text message to one phone number by SNS, with the settings of this message only.
package struct SMSMessage: Sendable, Equatable {
    /// `Transactional` is routed for reliability, `Promotional` for cost.
    package enum Kind: String, Sendable, CaseIterable {
        case transactional = "Transactional"
        case promotional = "Promotional"
    }

    /// E.164.
    package var phoneNumber: String
    /// At most 1,600 characters.
    package var text: String
    package var kind: Kind
    /// 1 to 11 letters and digits, shown as the sender where the country supports it.
    package var senderID: String?
    /// The number to send from: one that the account owns, or nil to let SNS choose.
    package var originationNumber: String?
    /// The maximum price of this message, in US dollars, such as `0.50`.
    package var maxPrice: String?

    package init(
        phoneNumber: String, text: String, kind: Kind = .transactional, senderID: String? = nil,
        originationNumber: String? = nil, maxPrice: String? = nil
    ) {
        self.phoneNumber = phoneNumber
        self.text = text
        self.kind = kind
        self.senderID = senderID
        self.originationNumber = originationNumber
        self.maxPrice = maxPrice
    }
}
