/// What a raw function answers: bytes, or a stream of them.
package struct RawResponse: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        case stream(@Sendable (any ResponseWriter) async throws -> Void)
    }

    let body: Body

    /// The whole answer at once, at most 6,291,556 bytes.
    package static func bytes(_ bytes: [UInt8]) -> RawResponse {
        RawResponse(body: .bytes(bytes))
    }

    /// An answer streamed while it is made (`Lambda-Runtime-Function-Response-Mode: streaming`).
    ///
    /// What `produce` throws is sent as the trailers that Lambda reads errors from.
    package static func stream(_ produce: @escaping @Sendable (any ResponseWriter) async throws -> Void) -> RawResponse
    {
        RawResponse(body: .stream(produce))
    }
}

package protocol ResponseWriter: Sendable {
    func write(_ bytes: [UInt8]) async throws
}
