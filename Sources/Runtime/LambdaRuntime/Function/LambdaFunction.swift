import JSON
package import Settings

/// A Lambda function that takes a decoded event and returns an encodable output.
///
/// The event is `Decodable`, or `JSONReadable` where numbers must keep their digits or shapes vary.
///
/// Mark the conforming type `@main`. One instance is made, before the first event; an error that `init` throws is
/// posted to `/init/error` and the process exits with 1. The instance handles one event at a time, or
/// `AWS_LAMBDA_MAX_CONCURRENCY` of them.
package protocol LambdaFunction: Sendable {
    associatedtype Event
    associatedtype Output: Encodable

    /// Returns the event; `bytes` end with a zero, may be overwritten and must not be kept.
    ///
    /// Throws `Function.InvalidRequest` for bytes that are not JSON or not such an event.
    static func event(from bytes: UnsafeMutableRawBufferPointer) throws -> Event

    /// Reads the configuration and makes the dependencies; no network calls unless a `*_SECRET_ARN` is set.
    init(environment: Environment) async throws

    /// Opens the connections that the first answer needs, before the first event; not called with
    /// `SWITCHBOARD_WARM_UP=false`.
    ///
    /// At most 300 ms, and nothing that has an effect: an environment may be made that never gets an event.
    func warmUp() async

    /// Handles one event. A thrown error fails the invocation; throw a `TypedError` to choose the type callers see.
    func handle(_ event: Event, context: LambdaContext) async throws -> Output
}

extension LambdaFunction {
    package func warmUp() async {}
}

extension LambdaFunction where Event: Decodable {
    package static func event(from bytes: UnsafeMutableRawBufferPointer) throws -> Event {
        try EventText.reading { try JSONText.decode(Event.self, terminated: bytes) }
    }
}

/// A Lambda function that takes the event's bytes unchanged, or an event that is `JSONReadable`, and returns bytes or a
/// stream.
///
/// The bytes may be empty, and need not be JSON. They are a copy: a function that strangers may send megabytes to reads
/// a `JSONReadable` event instead.
package protocol RawLambdaFunction: Sendable {
    associatedtype Event = [UInt8]

    /// Returns the event; `bytes` end with a zero, may be overwritten and must not be kept.
    static func event(from bytes: UnsafeMutableRawBufferPointer) throws -> Event

    /// Like `LambdaFunction.init(environment:)`.
    init(environment: Environment) async throws

    /// Like `LambdaFunction.warmUp()`.
    func warmUp() async

    /// Handles one event. A thrown error fails the invocation.
    func handle(_ event: Event, context: LambdaContext) async throws -> RawResponse
}

extension RawLambdaFunction where Event == [UInt8] {
    package static func event(from bytes: UnsafeMutableRawBufferPointer) -> [UInt8] { Array(bytes) }
}

extension RawLambdaFunction {
    package func warmUp() async {}
}
