import HTTPEvents
import JSON
import Salesforce

/// An error response: `{"error":{"code","message"}}`.
///
/// The message goes to the caller alone, and holds no credential.
struct WrapperError: Error, Equatable {
    let status: Int
    let code: String
    let message: String
    /// A header that is sent with the status.
    var header: (name: String, value: String)?

    static func == (left: WrapperError, right: WrapperError) -> Bool {
        left.answer == right.answer
    }

    var answer: HTTPEventResponse {
        // Strings always encode.
        let body = (try? JSONText.encode(["error": ["code": code, "message": message]])) ?? []
        var answer = HTTPEventResponse.json(body, status: status)
        if let header { answer.headers[header.name] = header.value }
        return answer
    }

    static func invalid(_ message: String) -> WrapperError {
        WrapperError(status: 400, code: "INVALID_REQUEST", message: message)
    }

    static func unauthorized(_ message: String, code: String = "UNAUTHORIZED") -> WrapperError {
        WrapperError(
            status: 401, code: code, message: message, header: ("WWW-Authenticate", #"Basic realm="crm""#))
    }

    static func heldBack(for pause: Duration) -> WrapperError {
        WrapperError(
            status: 429, code: "TOO_MANY_PASSWORDS",
            message: "Several passwords of this user were refused: try again later.", header: retryAfter(pause))
    }

    /// Returns the header, in whole seconds that are not too few.
    static func retryAfter(_ pause: Duration) -> (name: String, value: String) {
        let (seconds, rest) = pause.components
        return ("Retry-After", "\(max(1, seconds + (rest > 0 ? 1 : 0)))")
    }

    static let objectNotAllowed = WrapperError(
        status: 403, code: "OBJECT_NOT_ALLOWED", message: "CRM_ALLOWED_OBJECTS does not list this object.")

    static let notFound = WrapperError(
        status: 404, code: "NOT_FOUND", message: "Try GET or POST /getall, POST /createRecord or GET /health.")

    static func methodNotAllowed(_ allow: String) -> WrapperError {
        WrapperError(
            status: 405, code: "METHOD_NOT_ALLOWED", message: "Use \(allow) here.", header: ("Allow", allow))
    }

    static let requestTooLarge = WrapperError(
        status: 413, code: "REQUEST_TOO_LARGE", message: "The request body is larger than 1 MiB.")

    static let answerTooLarge = WrapperError(
        status: 413, code: "ANSWER_TOO_LARGE",
        message: "The response would be larger than 6,291,556 bytes: select fewer fields or records.")

    static let queryTooLong = WrapperError(
        status: 414, code: "QUERY_TOO_LONG", message: "The query is over 15,000 bytes (percent-encoded): shorten it.")
}
