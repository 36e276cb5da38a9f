import Foundation

/// How one invocation ended, with the bytes that Lambda would hand to the caller.
package enum InvocationOutcome: Sendable, Equatable {
    /// The function's answer, whole or streamed.
    case answer([UInt8])
    /// The error document that the function posted to `/error` or `/init/error`.
    case functionError([UInt8])
    /// A streamed answer that ended in an error: what came before it, and the error document.
    case streamError(partial: [UInt8], error: [UInt8])
    /// Lambda itself ended the invocation: an answer over 6 MB, a crash or a time-out.
    case runtimeError(type: String, message: String)

    /// What the caller gets: the answer, or a JSON object with `errorType` and `errorMessage`.
    package var payload: [UInt8] {
        switch self {
        case .answer(let body), .functionError(let body), .streamError(_, let body): body
        case .runtimeError(let type, let message): InvocationOutcome.document(type: type, message: message)
        }
    }

    /// The invocation failed: Lambda would say so in `X-Amz-Function-Error`.
    package var isError: Bool {
        if case .answer = self { false } else { true }
    }

    /// The error document of an `errorType` and an `errorMessage`.
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

/// One ended invocation and what its REPORT line says.
package struct InvocationReport: Sendable {
    package let requestID: String
    package let outcome: InvocationOutcome
    /// From handing over the event to the answer.
    package let duration: Duration
    /// From starting the process to its first `next`; only in the report of a process's first invocation.
    package let initDuration: Duration?
    /// The most memory the process has held, in bytes; nil when it had ended before it could be asked.
    package let maxMemory: Int?
}
