import Synchronization
package import Testing

/// A trait that limits its tests to four at a time.
///
/// Swift Testing starts every test at once. Tests that talk to servers, start processes and check deadlines would then
/// compete for the processor and miss deadlines that are long enough for one of them.
package struct TakingTurns: SuiteTrait, TestTrait, TestScoping {
    private static let turns = Turns(count: 4)

    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        // A suite's scope includes those of its tests, which could then never begin.
        guard testCase != nil else { return try await function() }
        await Self.turns.take()
        defer { Self.turns.give() }
        try await function()
    }
}

extension Trait where Self == TakingTurns {
    /// The trait for suites whose tests talk to servers, start processes or check deadlines.
    package static var takingTurns: TakingTurns { TakingTurns() }
}

/// A semaphore whose waiters block no thread; first come, first served.
private final class Turns: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(free: count))
    }

    func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free == 0 else {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func give() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}
