import AWS
import Calling
import Logging
import Synchronization

/// The queues and agents of the instance, each asked for once in 15 minutes.
final class Roster: Sendable {
    /// The age from which a list is asked for again.
    private static let lifetime = Duration.seconds(900)

    private struct Kept: Sendable {
        let all: [ConnectSummary]
        let since: Moment
    }

    private enum Kind: Hashable {
        case queues, agents
    }

    private let connect: ConnectClient
    private let chosen: [String]?
    private let timing: CallTiming
    private let kept = Mutex<[Kind: Kept]>([:])

    init(_ connect: ConnectClient, queues chosen: [String]?, timing: CallTiming) {
        self.connect = connect
        self.chosen = chosen
        self.timing = timing
    }

    /// Returns the queues that are asked for; one that was chosen and does not exist is named in a line at WARN.
    func queues(deadline: ContinuousClock.Instant, _ logger: Logger) async throws(AWSError) -> [ConnectSummary] {
        try await list(.queues) { () async throws(AWSError) in
            let all = Self.unique(try await connect.queues(deadline: deadline))
            guard let chosen else { return all }
            let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
            let missing = chosen.filter { byID[$0] == nil }
            if !missing.isEmpty {
                logger.warning(
                    "METRICS_QUEUES names what is no STANDARD queue of the instance: \(missing.joined(separator: ", "))."
                )
            }
            return chosen.compactMap { byID[$0] }
        }
    }

    /// Returns the agents.
    func agents(deadline: ContinuousClock.Instant) async throws(AWSError) -> [ConnectSummary] {
        try await list(.agents) { () async throws(AWSError) in
            Self.unique(try await connect.users(deadline: deadline))
        }
    }

    /// Forgets both lists: something of them is gone.
    func forget() { kept.withLock { $0 = [:] } }

    private func list(
        _ kind: Kind, _ ask: () async throws(AWSError) -> [ConnectSummary]
    ) async throws(AWSError) -> [ConnectSummary] {
        let now = timing.moment
        if let list = kept.withLock({ $0[kind] }), !now.hasPassed(Self.lifetime, since: list.since) { return list.all }
        let all = try await ask()
        kept.withLock { $0[kind] = Kept(all: all, since: now) }
        return all
    }

    /// Each once: a list that changes between its pages may repeat some.
    private static func unique(_ all: [ConnectSummary]) -> [ConnectSummary] {
        var seen: Set<String> = []
        return all.filter { seen.insert($0.id).inserted }
    }
}

extension Array {
    /// Returns the elements in their order, so many at a time.
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
