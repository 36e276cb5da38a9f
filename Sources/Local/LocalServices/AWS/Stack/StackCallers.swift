import Foundation
import Synchronization
import Timeline

/// Those of this process who invoke a stack's functions, and what the local AWS tells of their invocations.
///
/// Each has a token that goes with its request, and comes back with the invocation's event.
final class StackCallers: Sendable {
    private struct Caller {
        let token: String
        let source: String?
        let command: String?
        let event: AsyncStream<TimelineEvent>.Continuation
    }

    /// The header of a request with its caller's token.
    static let header = "X-Switchboard-Caller"

    /// The most callers that wait: a request that leads to no function is never told.
    private static let most = 1_000

    private let callers = Mutex<[Caller]>([])

    /// Adds a caller.
    ///
    /// - Parameters:
    ///   - source: The flow or the session that invokes.
    ///   - command: The command that does the same; nil for the stack's own.
    /// - Returns: The token, and the event of the invocation as soon as it is told.
    func add(source: String?, command: String?) -> (token: String, event: AsyncStream<TimelineEvent>) {
        let token = UUID().uuidString
        let (stream, continuation) = AsyncStream.makeStream(of: TimelineEvent.self)
        callers.withLock { callers in
            if callers.count == Self.most { callers.removeFirst().event.finish() }
            callers.append(Caller(token: token, source: source, command: command, event: continuation))
        }
        return (token, stream)
    }

    /// Forgets a caller, whose invocation may never have begun.
    func remove(_ token: String) {
        taken(token)?.event.finish()
    }

    private func taken(_ token: String) -> Caller? {
        callers.withLock { callers in
            callers.firstIndex { $0.token == token }.map { callers.remove(at: $0) }
        }
    }

    /// Returns the event of an invocation with its caller's source and command, and passes it to the caller.
    func told(_ event: TimelineEvent, to token: String?) -> TimelineEvent {
        guard let token, let caller = taken(token) else { return event }
        var event = event
        event.source = caller.source
        event.command = caller.command ?? event.command
        caller.event.yield(event)
        caller.event.finish()
        return event
    }
}
