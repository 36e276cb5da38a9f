package import Calling
import HTTPClient

/// The error of a VoiceIt call, without any of its contents.
package struct VoiceItError: CallFailure, Sendable, Equatable {
    /// The kinds of failure.
    package enum Kind: Sendable, Equatable {
        /// A complete response that says no; `code` says why.
        case refused
        /// There is no such user, or too few enrolments.
        case notEnrolled
        /// The API key and token are not accepted.
        case credentialsRefused
        /// The account there, or the configuration here, is not in order; `code` says which.
        case operatorProblem
        /// VoiceIt is busy, out of order or cannot be reached.
        case unavailable
        /// The deadline passed.
        case timedOut
        /// A response came that is not what VoiceIt documents.
        case unreadable
    }

    package let kind: Kind
    package let outcome: Outcome
    /// The action, such as `verification`; completes "VoiceIt refused the …".
    package let action: String
    /// The response's HTTP status; nil when there was none.
    package let status: Int?
    package let code: ResponseCode?
    /// The fault of the connection, when there was no response.
    package let detail: String?

    package init(
        _ kind: Kind, _ outcome: Outcome, action: String, status: Int? = nil, code: ResponseCode? = nil,
        detail: String? = nil
    ) {
        self.kind = kind
        self.outcome = outcome
        self.action = action
        self.status = status
        self.code = code
        self.detail = detail
    }

    init(_ error: HTTPClientError, action: String) {
        let kind: Kind =
            switch error.code {
            case .timedOut, .cancelled: .timedOut
            case .malformedAnswer, .answerTooLarge: .unreadable
            case .invalidRequest: .refused
            default: .unavailable
            }
        self.init(
            kind, error.outcome, action: action, detail: error.description)
    }

    /// Classifies a complete response that is not the one hoped for.
    init(status: Int, code: ResponseCode?, action: String) {
        let kind: Kind =
            switch (code?.meaning, status) {
            case (_, _) where code == .unauthorized: .credentialsRefused
            case (.notEnrolled, _): .notEnrolled
            // GERR mostly has status 500: the code says more than the status.
            case (.operatorProblem, _): .operatorProblem
            case (nil, 401), (nil, 403): .credentialsRefused
            case (.unknownOutcome, _), (_, 429), (_, 500...): .unavailable
            case (nil, 200..<400), (.success, _): .unreadable
            default: .refused
            }
        // An error of the server's own may occur after the call was carried out.
        let isUnknown =
            kind == .unreadable || code?.meaning == .unknownOutcome
            || (kind == .unavailable && status >= 500 && status != 503)
        self.init(kind, isUnknown ? .unknown : .refused, action: action, status: status, code: code)
    }
}

extension VoiceItError: CustomStringConvertible {
    package var description: String {
        let what =
            switch kind {
            case .refused: "VoiceIt refused the \(action)"
            case .notEnrolled: "VoiceIt does not have this user, or not enough enrolments, for the \(action)"
            case .credentialsRefused:
                "VoiceIt rejected the API key and token: check VOICEIT_SECRET_ARN's secret, or VIAPIKEY and "
                    + "VIAPITOKEN"
            case .operatorProblem: "VoiceIt refused the \(action)"
            case .unavailable: "VoiceIt is not available for the \(action)"
            case .timedOut: "VoiceIt did not answer the \(action) in time"
            case .unreadable: "VoiceIt's answer to the \(action) cannot be read"
            }
        let clause = detail.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
        let remedy = kind == .credentialsRefused ? nil : code?.remedy
        let facts = [status.map { "status \($0)" }, code?.rawValue, clause, remedy].compactMap { $0 }
        return facts.isEmpty ? "\(what)." : "\(what): \(facts.joined(separator: ", "))."
    }
}
