private import Synchronization

/// The call, the conversation or the run in which something happens.
package struct TimelineSource: Sendable, Equatable {
    /// The flow, or the skill and its locale; nil for a run of one function.
    package let name: String?
    /// The command that does the same in a terminal; nil when there is none.
    package let command: String?

    package init(_ name: String?, command: String? = nil) {
        self.name = name
        self.command = command
    }

    /// The source of what a shared process does now: one after the other works with it.
    package final class Current: Sendable {
        private let source = Mutex<TimelineSource?>(nil)

        package init() {}

        /// The source; nil between two.
        package var value: TimelineSource? { source.withLock { $0 } }

        /// Makes a source the current one, until the next.
        package func begin(_ source: TimelineSource) {
            self.source.withLock { $0 = source }
        }

        /// Runs `body` as a part of a source.
        package func during<Result>(_ source: TimelineSource?, _ body: () async throws -> Result) async rethrows
            -> Result
        {
            let before = self.source.withLock { current in
                defer { current = source }
                return current
            }
            defer { self.source.withLock { $0 = before } }
            return try await body()
        }
    }
}
