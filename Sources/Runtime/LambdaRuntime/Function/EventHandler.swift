/// A function of either kind, as the loop needs it.
protocol EventHandler: Sendable {
    associatedtype Input

    func warmUp() async

    /// Returns the handler's input, made of the event's bytes, which are only valid during the call, end with a zero and
    /// may be overwritten.
    func input(from event: UnsafeMutableRawBufferPointer) throws -> Input
    func respond(to input: Input, context: LambdaContext) async throws -> RawResponse
}

/// The handler of a function that takes decoded events.
struct DecodingHandler<Function: LambdaFunction>: EventHandler {
    let function: Function

    init(_ function: Function) {
        self.function = function
    }

    func warmUp() async { await function.warmUp() }

    func input(from event: UnsafeMutableRawBufferPointer) throws -> Function.Event {
        try Function.event(from: event)
    }

    func respond(to input: Function.Event, context: LambdaContext) async throws -> RawResponse {
        try .json(await function.handle(input, context: context))
    }
}

/// The handler of a function that makes its response's bytes itself.
struct RawHandler<Function: RawLambdaFunction>: EventHandler {
    let function: Function

    init(_ function: Function) {
        self.function = function
    }

    func warmUp() async { await function.warmUp() }

    func input(from event: UnsafeMutableRawBufferPointer) throws -> Function.Event {
        try Function.event(from: event)
    }

    func respond(to input: Function.Event, context: LambdaContext) async throws -> RawResponse {
        try await function.handle(input, context: context)
    }
}
