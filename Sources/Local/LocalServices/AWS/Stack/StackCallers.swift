import Foundation
import Synchronization
import Timeline

/// Those of this process who invoke a stack's functions, and what the local AWS tells of their invocations.
///
/// Each has a token that goes with its request, and comes back with the invocation's event.
final class StackCallers: Sendable {
    struct Caller: Sendable {
        fileprivate let source: TimelineSource?
        fileprivate let command: String?
        fileprivate let event: AsyncStream<TimelineEvent>.Continuation

        /// Returns the event with this caller's source, and the command where it has one.
        func named(_ event: TimelineEvent) -> TimelineEvent {
            var event = event
            event.source = source?.name
            event.command = command ?? event.command ?? source?.command
            return event
        }

        /// Passes the event on, which has been reported.
        func pass(_ told: TimelineEvent) {
            event.yield(told)
            event.finish()
        }
    }

    /// The header of a request with its caller's token.
    static let header = "X-Switchboard-Caller"

    private let callers = Mutex<[String: Caller]>([:])

    /// Adds a caller.
    ///
    /// - Parameters:
    ///   - source: The call or the conversation that invokes.
    ///   - command: The command that does the same; nil for the stack's own, or else the source's.
    /// - Returns: The token, and the event of the invocation as soon as it is reported.
    func add(source: TimelineSource?, command: String?) -> (token: String, event: AsyncStream<TimelineEvent>) {
        let token = UUID().uuidString
        let (stream, continuation) = AsyncStream.makeStream(of: TimelineEvent.self)
        callers.withLock { $0[token] = Caller(source: source, command: command, event: continuation) }
        return (token, stream)
    }

    /// Forgets a caller, whose invocation may never have begun.
    func remove(_ token: String) {
        take(token)?.event.finish()
    }

    /// Returns the caller with a token, once.
    func take(_ token: String) -> Caller? {
        callers.withLock { $0.removeValue(forKey: token) }
    }
}
