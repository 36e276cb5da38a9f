import AWS
import Calling
import LambdaRuntime
import Logging
import Synchronization

/// The rows of a block of intervals: what Connect has of queues and of agents.
final class MetricSource: Sendable {
    private let connect: ConnectClient
    private let roster: Roster
    private let interval: MetricInterval
    let queueFields: MetricRow.Fields
    let agentFields: MetricRow.Fields
    private let deadline: ContinuousClock.Instant
    private let logger: Logger
    /// True once the lists were asked for again in this run.
    private let hasAskedAnew = Mutex(false)

    init(
        _ connect: ConnectClient, _ roster: Roster, _ settings: MetricsSettings, deadline: ContinuousClock.Instant,
        _ logger: Logger
    ) {
        self.connect = connect
        self.roster = roster
        interval = settings.interval
        queueFields = MetricRow.ofQueues(within: settings.serviceLevelSeconds)
        agentFields = MetricRow.ofAgents
        self.deadline = deadline
        self.logger = logger
    }

    /// Returns the rows of intervals that begin within a block, the oldest first.
    func rows(of block: Range<Int>) async throws(FunctionError) -> [MetricRow] {
        do throws(AWSError) {
            do throws(AWSError) {
                return try await asked(block)
            } catch {
                guard error.isOfSomethingGone,
                    hasAskedAnew.withLock({ asked in
                        defer { asked = true }
                        return !asked
                    })
                else { throw error }
                roster.forget()
                return try await asked(block)
            }
        } catch {
            throw FunctionError(connect: error)
        }
    }

    /// A question for some queues, or some agents.
    private struct Question: Sendable {
        let kind: MetricRow.Kind
        let subjects: [ConnectSummary]
    }

    private func asked(_ block: Range<Int>) async throws(AWSError) -> [MetricRow] {
        let queues = try await roster.queues(deadline: deadline, logger)
        let agents = try await roster.agents(deadline: deadline)
        let questions =
            queues.chunks(of: ConnectClient.mostFilterValues).map { Question(kind: .queue, subjects: $0) }
            + agents.chunks(of: ConnectClient.mostFilterValues).map { Question(kind: .agent, subjects: $0) }
        let answers = try await allOf(questions) { [self] question throws(AWSError) in
            try await rows(question, block)
        }
        // A row of the same key that comes later is the newer one.
        var byKey: [String: MetricRow] = [:]
        for row in answers.joined() { byKey[row.text] = row }
        return byKey.sorted { ($0.value.start, $0.key) < ($1.value.start, $1.key) }.map(\.value)
    }

    private func rows(_ question: Question, _ block: Range<Int>) async throws(AWSError) -> [MetricRow] {
        let isQueue = question.kind == .queue
        let query = ConnectClient.MetricQuery(
            from: block.lowerBound, to: block.upperBound, by: interval, filter: isQueue ? .queue : .agent,
            values: question.subjects.map(\.id), groupings: isQueue ? [.queue, .channel] : [.agent],
            metrics: (isQueue ? queueFields : agentFields).map(\.metric))
        let results = try await connect.metrics(query, deadline: deadline)
        let subjects = Dictionary(question.subjects.map { ($0.id, $0) }) { first, _ in first }
        return results.compactMap { result in
            guard let id = isQueue ? result.queue : result.agent, let subject = subjects[id], let start = result.start,
                block.contains(start), !isQueue || result.channel != nil,
                result.values.contains(where: { $0 != nil })
            else { return nil }
            return MetricRow(
                kind: question.kind, subject: subject, channel: isQueue ? result.channel : nil, start: start,
                end: result.end ?? start + interval.seconds, values: result.values)
        }
    }
}
