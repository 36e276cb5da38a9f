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
        let fault = Fault(try? JSONValue(parsing: answer.body))
        let isAmbiguous = status == 300 && request.method != .post
        self.init(
            isAmbiguous ? .ambiguous : Kind(status: status, code: fault.code), status < 300 ? .unknown : .refused,
            action: request.action, status: status)
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

    /// Parses the response of a part of a composite request, which is not the one hoped for.
    init(_ answer: SubResponse, action: String) {
        let fault = Fault(answer.body)
        self.init(
            Kind(status: answer.status, code: fault.code), answer.status < 300 ? .unknown : .refused, action: action,
            status: answer.status)
        code = fault.code
        fields = fault.fields
        message = fault.message.map(Redacted.init)
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

extension SalesforceError.Kind {
    /// The kind of a response by its status and Salesforce's code.
    fileprivate init(status: Int, code: String) {
        self =
            switch status {
            case 429: .limitReached
            case _ where code == "REQUEST_LIMIT_EXCEEDED": .limitReached
            case 401: .credentialsRefused
            case 400..<500: .refused
            case 500...: .unavailable
            default: .unreadable
            }
    }
}

/// The contents of an error's body; empty when nothing in it can be read.
private struct Fault {
    var code = ""
    var message: String?
    var fields: [String] = []

    init(_ body: JSONValue?) {
        guard let body else { return }
        if let errors = try? JSONText.decode([DataError].self, body), let first = errors.first {
            code = Self.plain(first.errorCode ?? "")
            message = first.message
            fields = (first.fields ?? []).filter { APIName($0) != nil }
        } else if let error = try? JSONText.decode(SignInError.self, body) {
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
