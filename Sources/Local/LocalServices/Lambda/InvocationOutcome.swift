import Foundation

/// The outcome of one invocation, with the bytes that Lambda would return to the caller.
package enum InvocationOutcome: Sendable, Equatable {
    /// The function's response, whole or streamed.
    case answer([UInt8])
    /// The error document that the function posted to `/error` or `/init/error`.
    case functionError([UInt8])
    /// A streamed response that ended in an error: the bytes before it, and the error document.
    case streamError(partial: [UInt8], error: [UInt8])
    /// Lambda itself ended the invocation: a response over 6 MB, a crash or a time-out.
    case runtimeError(type: String, message: String)

    /// The bytes that the caller receives: the response, or a JSON object with `errorType` and `errorMessage`.
    package var payload: [UInt8] {
        switch self {
        case .answer(let body), .functionError(let body), .streamError(_, let body): body
        case .runtimeError(let type, let message): InvocationOutcome.document(type: type, message: message)
        }
    }

    /// True when the invocation failed: Lambda would set `X-Amz-Function-Error`.
    package var isError: Bool {
        if case .answer = self { false } else { true }
    }

    /// Returns the error document of an `errorType` and an `errorMessage`.
    static func document(type: String, message: String) -> [UInt8] {
        struct Document: Encodable {
            let errorType: String
            let errorMessage: String
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(Document(errorType: type, errorMessage: message))).map { Array($0) } ?? []
    }
}

/// One ended invocation with the values of its REPORT line.
package struct InvocationReport: Sendable {
    package let requestID: String
    package let outcome: InvocationOutcome
    /// The time from passing the event to the response.
    package let duration: Duration
    /// The time from starting the process to its first `next`; only in the report of a process's first invocation.
    package let initDuration: Duration?
    /// The process's peak memory in bytes; nil when it had ended before it could be read.
    package let maxMemory: Int?
}
