package import AWS

/// A failure of the table of voice authentication.
package enum VoiceStoreError: Error, Sendable, Equatable {
    /// DynamoDB's answer, or that there was none.
    case table(AWSError)
    /// Others wrote the same item first, until the deadline.
    case overtaken
}

extension VoiceStoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .table(let error): "\(error)"
        case .overtaken: "Others wrote the same item of the table first, until the deadline."
        }
    }
}
