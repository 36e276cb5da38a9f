package import LambdaRuntime

extension FunctionError.Code {
    /// The sender is not in the list of allowed ones.
    package static let senderNotAllowed = Self(rawValue: "Function.SenderNotAllowed")
    /// The recipient is not in the list of allowed ones, or is in a country that is not.
    package static let recipientNotAllowed = Self(rawValue: "Function.RecipientNotAllowed")
    /// The service refused the message for good; sending the same again is refused again.
    package static let deliveryRejected = Self(rawValue: "Function.DeliveryRejected")
    /// The number is not in E.164 and cannot be brought into it.
    package static let invalidPhoneNumber = Self(rawValue: "Function.InvalidPhoneNumber")
    /// The text takes more characters or parts than allowed.
    package static let messageTooLong = Self(rawValue: "Function.MessageTooLong")
}
