import JSON

/// The response of a raw function: bytes, or a stream of them.
package struct RawResponse: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        case stream(@Sendable (any ResponseWriter) async throws -> Void)
    }

    let body: Body

    /// A whole response, at most 6,291,556 bytes.
    package static func bytes(_ bytes: [UInt8]) -> RawResponse {
        RawResponse(body: .bytes(bytes))
    }

    /// The whole response at once: a value as JSON, the members of objects sorted by name.
    ///
    /// Throws `Function.InvalidOutput` for a value that JSON has no text for, such as a number that is infinite.
    package static func json<Output: Encodable>(_ output: Output) throws -> RawResponse {
        do {
            return .bytes(try JSONText.encode(output))
        } catch is EncodingError {
            throw FunctionError(.invalidOutput, "The output of type \(Output.self) cannot be written as JSON.")
        }
    }

    /// An answer streamed while it is made (`Lambda-Runtime-Function-Response-Mode: streaming`).
    ///
    /// An error that `produce` throws is sent as the trailers that Lambda reads errors from.
    package static func stream(_ produce: @escaping @Sendable (any ResponseWriter) async throws -> Void) -> RawResponse
    {
        RawResponse(body: .stream(produce))
    }
}

/// The writer of a streamed response.
package protocol ResponseWriter: Sendable {
    /// Sends the bytes at once, as one chunk; no bytes send nothing.
    ///
    /// Throws when the response has ended, or when the Runtime API takes no more of it.
    func write(_ bytes: [UInt8]) async throws
}
