import Calling

extension AWSError {
    /// True when the service refused permanently: a 4xx response that is neither throttling nor about credentials.
    package var isRejection: Bool {
        guard outcome == .refused, let status, (400..<500).contains(status) else { return false }
        return !isThrottling && !isRetryable && status != 401 && status != 403 && !Self.credentialCodes.contains(code)
    }

    /// True when the credentials are valid but lack the right.
    package var isDenied: Bool {
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
