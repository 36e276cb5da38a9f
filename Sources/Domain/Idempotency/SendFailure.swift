package import AWS
import Calling
package import LambdaRuntime
import Settings

/// Why a send failed, and whether the message may have gone out all the same.
package struct SendFailure: Error, Sendable, Equatable {
    /// What the invocation fails with.
    package let error: FunctionError
    /// Whether the request was written and no whole, readable answer came, now or at an earlier attempt under the key.
    package let mayHaveBeenSent: Bool

    package init(_ error: FunctionError, mayHaveBeenSent: Bool) {
        self.error = error
        self.mayHaveBeenSent = mayHaveBeenSent
    }

    /// What a failed call of a service that sends means.
    ///
    /// - Parameter rights: The things to look at when the role may not do it; completes "Nothing was sent: …".
    package init(sending error: AWSError, rights: String? = nil) {
        let code: FunctionError.Code = error.isRejection ? .deliveryRejected : .serviceUnavailable
        let later = "ask again later"
        let advice =
            switch (error.isRejection, error.outcome) {
            case (true, _): "Sending the same message again will be refused too."
            case (false, .unknown): "It may have been sent: it is not retried for \(SendOnce.claimSeconds) seconds."
            case (false, _): "Nothing was sent: \(error.isDenied ? rights ?? later : later)."
            }
        self.init(
            FunctionError(code, "\(error.description) \(advice)"), mayHaveBeenSent: error.outcome == .unknown)
    }
}

extension AWSError {
    /// Whether the service refused for good: a 4xx answer that is neither throttling nor about who is asking.
    fileprivate var isRejection: Bool {
        guard outcome == .refused, let status, (400..<500).contains(status) else { return false }
        return !isThrottling && !isRetryable && status != 401 && status != 403 && !Self.credentialCodes.contains(code)
    }

    /// True when the credentials are good and their owner may not do this.
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

extension FunctionError.Code {
    /// The service refused the message for good; sending the same again is refused again.
    package static let deliveryRejected = Self(rawValue: "Function.DeliveryRejected")
}
