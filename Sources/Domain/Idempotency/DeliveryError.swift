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

extension AWSError {
    /// True when the service refused permanently: a 4xx response that is neither throttling nor about credentials.
    fileprivate var isRejection: Bool {
        guard outcome == .refused, let status, (400..<500).contains(status) else { return false }
        return !isThrottling && !isRetryable && status != 401 && status != 403 && !Self.credentialCodes.contains(code)
    }

    /// True when the credentials are valid but lack the right.
    fileprivate var isDenied: Bool {
        outcome == .refused
            && ["AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException"].contains(
                code)
    }

    /// The codes for requests whose signature or credentials are not accepted; some services send them as 400.
    /// "Common Error Types" in the API Reference of each service.
    private static let credentialCodes: Set<String> = [
        "AccessDenied", "AccessDeniedException", "AuthFailure", "AuthorizationError", "AuthorizationErrorException",
        "ExpiredToken", "ExpiredTokenException", "IncompleteSignature", "IncompleteSignatureException",
        "InvalidAccessKeyId", "InvalidClientTokenId", "InvalidSecurity", "InvalidSignature",
        "InvalidSignatureException", "InvalidToken", "MissingAuthenticationToken",
        "MissingAuthenticationTokenException", "NotAuthorized", "OptInRequired", "RequestExpired",
        "RequestTimeTooSkewed", "SignatureDoesNotMatch", "TokenRefreshRequired", "UnrecognizedClientException",
    ]
}
