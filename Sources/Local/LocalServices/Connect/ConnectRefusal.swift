import JSON

/// A refusal of the local Amazon Connect, with the statuses of botocore's model.
struct ConnectRefusal: Error {
    let status: Int
    let code: String
    let message: String

    static func parameter(_ message: String) -> Self {
        Self(status: 400, code: "InvalidParameterException", message: message)
    }
    static func request(_ message: String) -> Self {
        Self(status: 400, code: "InvalidRequestException", message: message)
    }
    static func missing(_ message: String) -> Self {
        Self(status: 404, code: "ResourceNotFoundException", message: message)
    }
    static let throttled = Self(status: 429, code: "ThrottlingException", message: "Rate exceeded")
    static let signature = Self(
        status: 403, code: "InvalidSignatureException",
        message: "The request signature we calculated does not match the signature you provided.")

    /// Returns the refusal of a code, under its usual status or another.
    static func code(_ code: String, status: Int?) -> Self {
        let usual = [
            "ThrottlingException": 429, "InternalServiceException": 500, "ResourceNotFoundException": 404,
            "AccessDeniedException": 403,
        ]
        return Self(status: status ?? usual[code] ?? 400, code: code, message: "as asked for")
    }

    var response: LocalResponse {
        var response = LocalResponse(status, ["Message": .string(message)])
        response.fields["x-amzn-ErrorType"] = code
        return response
    }
}
