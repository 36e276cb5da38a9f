import Encoding

/// One HTTP/1.1 message read from a connection: a request or a response.
package struct HTTPMessage: Sendable {
    /// The request line or status line, without its line end.
    package let startLine: String
    package let fields: HTTPFields
    package internal(set) var body: [UInt8] = []
    /// True when the body was longer than the limit; `body` is empty then.
    package internal(set) var bodyIsTooLarge = false
    /// The trailers after the last chunk; Lambda's streamed responses report errors there.
    package internal(set) var trailers: HTTPFields = [:]

    package init(startLine: String, fields: HTTPFields, body: [UInt8] = []) {
        self.startLine = startLine
        self.fields = fields
        self.body = body
    }

    /// The method of a request.
    package var method: String { word(0) }
    /// The target of a request, query included.
    package var path: String { word(1) }
    /// The status of a response, nil when the status line is malformed.
    package var status: Int? { Int(word(1)) }

    private func word(_ index: Int) -> String {
        let words = startLine.parts(at: " ", maxSplits: 2)
        return index < words.count ? String(words[index]) : ""
    }
}

/// The reason why a connection can no longer be read.
package enum HTTPConnectionError: Error, Equatable, CustomStringConvertible {
    /// The peer closed between two messages, which it may.
    case closed
    /// The peer closed in the middle of a message.
    case closedEarly
    /// The bytes are not an HTTP/1.1 message.
    case malformed(String)

    package var description: String {
        switch self {
        case .closed: "The connection was closed."
        case .closedEarly: "The connection was closed in the middle of a message."
        case .malformed(let part): "The \(part) is not HTTP/1.1."
        }
    }
}
