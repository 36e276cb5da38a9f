import JSON
package import Settings

/// A Lambda function that takes a decoded event and answers an encoded output.
///
/// The event is `Decodable`, or `JSONReadable` where numbers must keep their digits or shapes vary.
///
/// Mark the conforming type `@main`. It is made once, before the first event; what `init` throws is posted to
/// `/init/error` and the process exits with 1. It handles one event at a time, or `AWS_LAMBDA_MAX_CONCURRENCY` of them.
package protocol LambdaFunction: Sendable {
    associatedtype Event
    associatedtype Output: Encodable

    /// Reads an event; nothing of `bytes` may be kept, and a zero stands behind them.
    ///
    /// Throws `Function.InvalidRequest` for what is not JSON, or not such an event.
    static func event(from bytes: UnsafeRawBufferPointer) throws -> Event

    /// Reads the configuration and makes the dependencies; no network calls unless a `*_SECRET_ARN` is set.
    init(environment: Environment) async throws

    /// Answers one event. What it throws fails the invocation; throw a `TypedError` to choose the type callers see.
    func handle(_ event: Event, context: LambdaContext) async throws -> Output
}

extension LambdaFunction where Event: Decodable {
    package static func event(from bytes: UnsafeRawBufferPointer) throws -> Event {
        try EventText.reading { try JSONText.decode(Event.self, terminated: bytes) }
    }
}

/// A Lambda function that takes the event's bytes as they came and answers bytes or a stream.
///
/// The bytes may be empty, and need not be JSON.
package protocol RawLambdaFunction: Sendable {
    /// As `LambdaFunction.init(environment:)`.
    init(environment: Environment) async throws

    /// Answers one event. What it throws fails the invocation.
    func handle(_ event: [UInt8], context: LambdaContext) async throws -> RawResponse
}
