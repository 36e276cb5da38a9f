import Calling
import Encoding
import HTTPClient
import HTTPTypes
import JSON
import Settings

extension SalesforceError {
    /// Parses a response that is not the one hoped for, in either of Salesforce's two shapes.
    ///
    /// Data calls return an array of `message`, `errorCode` and `fields`, sign-ins an object of `error` and
    /// `error_description`. `secrets` are cut out of the sentence, should a server quote them.
    init(_ answer: SalesforceResponse, to request: SalesforceRequest, hiding secrets: [String]) {
        let status = answer.status
        let fault = Fault(answer.body)
        let kind: Kind =
            switch status {
            case 429: .limitReached
            case _ where fault.code == "REQUEST_LIMIT_EXCEEDED": .limitReached
            case 300 where request.method != .post: .ambiguous
            case 401: .credentialsRefused
            case 400..<500: .refused
            case 500...: .unavailable
            default: .unreadable
            }
        self.init(kind, status < 300 ? .unknown : .refused, action: request.action, status: status)
        code = fault.code
        fields = fault.fields
        message = fault.message.map { message in
            let shown = secrets.reduce(message) { $0.substituting("…", for: $1) }
            return Redacted(shown)
        }
        if kind == .ambiguous {
            matches = (try? JSONText.decode([String].self, from: answer.body)) ?? []
        }
        retryAfter = answer.head.retryAfter
    }

    init(_ error: HTTPClientError, action: String) {
        let kind: Kind =
            switch error.code {
            case .timedOut, .cancelled: .timedOut
            case .answerTooLarge: .tooLarge
            case .malformedAnswer: .unreadable
            case .invalidRequest: .invalid
            default: .unavailable
            }
        self.init(kind, error.outcome, action: action, detail: error.description)
    }
}

/// The contents of an error's body; empty when nothing in it can be read.
private struct Fault {
    var code = ""
    var message: String?
    var fields: [String] = []

    init(_ body: [UInt8]) {
        if let errors = try? JSONText.decode([DataError].self, from: body), let first = errors.first {
            code = Self.plain(first.errorCode ?? "")
            message = first.message
            fields = (first.fields ?? []).filter { APIName($0) != nil }
        } else if let error = try? JSONText.decode(SignInError.self, from: body) {
            code = Self.plain(error.error ?? "")
            message = error.errorDescription
        }
    }

    /// The code itself; empty unless it is a plain name, since it is logged.
    private static func plain(_ code: String) -> String {
        APIName(code)?.text ?? ""
    }

    private struct DataError: Decodable {
        let message: String?
        let errorCode: String?
        let fields: [String]?
    }

    private struct SignInError: Decodable {
        let error: String?
        let errorDescription: String?

        enum CodingKeys: String, CodingKey {
            case error
            case errorDescription = "error_description"
        }
    }
}
