package import AWS
import Calling
import Settings

/// The error of a service that sends messages.
package struct DeliveryError: SendError, Equatable {
    package enum Kind: String, Sendable {
        /// The service refused the message for good; sending the same again is refused again.
        case rejected = "Function.DeliveryRejected"
        /// The service did not do what was asked, now; asking again later may work.
        case unavailable = "Function.ServiceUnavailable"
    }

    package let kind: Kind
    package let description: String
    package let mayHaveBeenSent: Bool

    package init(_ kind: Kind, _ description: String, mayHaveBeenSent: Bool) {
        self.kind = kind
        self.description = description
        self.mayHaveBeenSent = mayHaveBeenSent
    }

    package var errorType: String { kind.rawValue }

    /// The error of a failed call of the service.
    ///
    /// - Parameter rights: The things to look at when the role may not do it; completes "Nothing was sent: …".
    package init(_ error: AWSError, rights: String? = nil) {
        let later = "ask again later"
        let advice =
            switch (error.isRejection, error.outcome) {
            case (true, _): "Sending the same message again will be refused too."
            case (false, .unknown): "It may have been sent: it is not retried for \(SendOnce.claimSeconds) seconds."
            case (false, _): "Nothing was sent: \(error.isDenied ? rights ?? later : later)."
            }
        self.init(
            error.isRejection ? .rejected : .unavailable, "\(error.description) \(advice)",
            mayHaveBeenSent: error.outcome == .unknown)
    }
}
