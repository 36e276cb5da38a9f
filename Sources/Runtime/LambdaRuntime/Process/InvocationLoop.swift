import Logging

/// The loop of one function: asks for an event, has it handled, posts the response, until the process ends.
///
/// The loop blocks a thread of its own: the Runtime API has one invocation at a time for a loop, and a hop to another
/// thread costs more than all the parsing.
final class InvocationLoop<Handler: EventHandler> {
    private let handler: Handler
    private let api: RuntimeAPIClient
    private let logging: LogConfiguration
    private let trace: TraceVariable?
    private let isGraceful: Bool

    /// - Parameters:
    ///   - trace: nil where loops run side by side: the one variable could not serve them all.
    ///   - isGraceful: Whether `GracefulShutdown` is installed, and is to know when this loop waits.
    init(
        _ handler: Handler, at address: RuntimeAPIAddress, logging: LogConfiguration, trace: TraceVariable?,
        isGraceful: Bool
    ) {
        self.handler = handler
        self.api = RuntimeAPIClient(at: address)
        self.logging = logging
        self.trace = trace
        self.isGraceful = isGraceful
    }

    /// Handles events until the Runtime API fails.
    func run() async throws(RuntimeAPIError) -> Never {
        while true { try await handleNext() }
    }

    func handleNext() async throws(RuntimeAPIError) {
        if isGraceful { GracefulShutdown.becomeIdle() }
        let context = try api.next(logging: logging)
        if isGraceful { GracefulShutdown.becomeBusy() }
        trace?.set(api.traceID)
        do {
            let response = try await handler.respond(to: input(), context: context)
            switch response.body {
            case .bytes(let bytes): report(try api.respond(to: context, bytes), of: "response", context)
            case .stream(let produce): try await stream(produce, context)
            }
        } catch let error as RuntimeAPIError {
            throw error
        } catch {
            try fail(context, error)
        }
    }

    /// Returns the handler's input, and frees the event that it was read from.
    private func input() throws -> Handler.Input {
        defer { api.releaseEvent() }
        return try handler.input(from: api.event)
    }

    private func stream(_ produce: (any ResponseWriter) async throws -> Void, _ context: LambdaContext) async throws {
        let stream = ResponseStream(api, context)
        do {
            try await produce(stream)
        } catch is StreamClosed {
            // The Runtime API's own refusal is reported below.
        } catch  where !(error is RuntimeAPIError) {
            // Nothing has been sent yet: this is a failure like any other.
            guard stream.hasStarted else { throw error }
            let failure = ErrorReport(error)
            log(
                .error, "The invocation failed while it streamed: \(failure.errorType): \(failure.errorMessage)",
                context)
            return report(try stream.finish(failure), of: "response", context)
        }
        report(try stream.finish(nil), of: "response", context)
    }

    private func fail(_ context: LambdaContext, _ error: any Error) throws(RuntimeAPIError) {
        let failure = ErrorReport(error)
        log(.error, "The invocation failed: \(failure.errorType): \(failure.errorMessage)", context)
        report(try api.fail(context, failure), of: "error", context)
    }

    /// Logs a response that the Runtime API did not take. The function's caller already has an error by then, and the
    /// loop goes on with the next event.
    private func report(_ status: Int, of call: String, _ context: LambdaContext) {
        let fault: String
        switch status {
        case 200..<300: return
        case 413: fault = "the answer is larger than 6,291,556 bytes; the caller got Function.ResponseSizeTooLarge"
        case 410: fault = "the invocation is over; the answer came too late"
        case 403: fault = "the invocation has been answered already"
        case 400: fault = "it does not know this invocation or cannot read the answer"
        default: fault = "it gave no reason"
        }
        log(.error, "The Runtime API refused the \(call) with \(status): \(fault).", context)
    }

    private func log(_ level: Logger.Level, _ message: String, _ context: LambdaContext) {
        context.logger.log(level: level, "\(message)")
    }
}
