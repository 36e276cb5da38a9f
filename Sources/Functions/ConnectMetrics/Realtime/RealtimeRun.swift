import AWS
import Calling
import Encoding
import LambdaRuntime
import Logging
import Salesforce

/// The task `realtime`: writes the queues that have changed to Salesforce, and each once an hour.
struct RealtimeRun: Sendable {
    /// The age at which an unchanged row is written again: the run before the one that would be an hour later.
    private static let lifetime = 3_570
    /// The time that is kept for the state, at most a fourth of what is left.
    private static let reserve = Duration.seconds(3)

    let connect: ConnectClient
    let roster: Roster
    let table: StateTable
    let crm: SalesforceClient
    let timing: CallTiming
    /// The last run in which nothing had changed.
    private let quiet = QuietRun()

    init(
        connect: ConnectClient, roster: Roster, table: StateTable, crm: SalesforceClient, timing: CallTiming
    ) {
        (self.connect, self.roster, self.table, self.crm, self.timing) = (connect, roster, table, crm, timing)
    }

    /// Runs the task; `output` has what was done before a failure, too.
    func run(_ output: inout MetricsOutput, _ context: LambdaContext) async throws {
        let logger = context.logger
        let left = context.callDeadline - timing.instant()
        let deadline = context.callDeadline - max(.zero, min(Self.reserve, left / 4))
        let now = Int(timing.time.components.seconds)
        async let before = RealtimeState(table, timing: timing, logger, deadline: context.callDeadline, now: now)
        let reading = try await reading(deadline: deadline, logger)
        output.rows = reading.queues.count
        var state = await before
        let isInDoubt = quiet.isInDoubt
        if !isInDoubt, quiet.holds(for: reading, state.isLost ? nil : state.item, now: now) { return }
        let (statuses, snapshot) = (reading.statuses, reading.snapshot)

        let contents = statuses.map(\.content)
        let all = Array(statuses.indices)
        let known = state.rows
        var due = all
        if !state.isLost, !isInDoubt {
            due = all.filter {
                known.lacks(statuses[$0].queue.id, contents[$0], now: now, lifetime: Self.lifetime)
            }
        }
        guard !due.isEmpty else {
            let oldest = statuses.compactMap { known.entries[$0.queue.id]?.time }.min() ?? now
            return quiet.note(reading.queues, state.item, from: now, until: oldest + Self.lifetime)
        }
        await state.release(due.map { statuses[$0].queue.id }, now: now)
        if state.isLost { due = all }

        let time = UTCTime(sinceEpoch: snapshot ?? timing.time)
        let upserter = RowUpserter(
            object: QueueStatus.object, key: QueueStatus.key, crm: crm,
            call: SalesforceCall(deadline: deadline, logger: logger), logger: logger)
        let tally = await upserter.write(due.map { statuses[$0].row(asOf: time) })
        output.written = tally.written.count
        var taken: [String: String] = [:]
        for place in due where tally.written.contains(statuses[place].queue.id) {
            taken[statuses[place].queue.id] = contents[place]
        }
        await state.note(taken, of: Set(statuses.map(\.queue.id)), now: now)
        quiet.set(inDoubt: state.isLost)
        if let failure = tally.failure { throw FunctionError(salesforce: failure) }
        if let code = tally.untaken { throw FunctionError(untaken: code) }
    }

    /// Returns the queues as they are.
    private func reading(
        deadline: ContinuousClock.Instant, _ logger: Logger
    ) async throws(FunctionError) -> QueueReading {
        do throws(AWSError) {
            do throws(AWSError) {
                return try await asked(deadline: deadline, logger)
            } catch {
                guard error.isOfSomethingGone else { throw error }
                roster.forget()
                return try await asked(deadline: deadline, logger)
            }
        } catch {
            throw FunctionError(connect: error)
        }
    }

    private func asked(
        deadline: ContinuousClock.Instant, _ logger: Logger
    ) async throws(AWSError) -> QueueReading {
        let queues = try await roster.queues(deadline: deadline, logger)
        let pages = try await allOf(queues.chunks(of: ConnectClient.mostFilterValues)) { chunk throws(AWSError) in
            try await connect.currentMetrics(QueueStatus.metrics, ofQueues: chunk.map(\.id), deadline: deadline)
        }
        return QueueReading(queues: queues, pages: pages)
    }
}

extension AWSError {
    /// True when Connect does not know something that the request names: a queue or an agent that is gone by now.
    var isOfSomethingGone: Bool { outcome == .refused && code == "ResourceNotFoundException" }
}

/// Asks for all at once; returns the results in the order of the questions, or throws the first failure.
func allOf<Question: Sendable, Answer: Sendable>(
    _ questions: [Question], _ ask: @escaping @Sendable (Question) async throws(AWSError) -> Answer
) async throws(AWSError) -> [Answer] {
    guard questions.count > 1 else {
        var answers: [Answer] = []
        for question in questions { answers.append(try await ask(question)) }
        return answers
    }
    let results = await withTaskGroup(of: (Int, Result<Answer, AWSError>).self) { group in
        for (place, question) in questions.enumerated() {
            group.addTask {
                do throws(AWSError) {
                    return (place, .success(try await ask(question)))
                } catch {
                    return (place, .failure(error))
                }
            }
        }
        var results: [Int: Result<Answer, AWSError>] = [:]
        for await (place, result) in group {
            results[place] = result
            // The rest would be asked in vain.
            if case .failure = result { group.cancelAll() }
        }
        return results
    }
    // What was cancelled has failed, too, and says nothing of Connect.
    let failures = questions.indices.compactMap { place -> AWSError? in
        if case .failure(let error)? = results[place] { error } else { nil }
    }
    if let failure = failures.first(where: { $0.status != nil }) ?? failures.first { throw failure }
    return questions.indices.compactMap { place in
        if case .success(let answer)? = results[place] { answer } else { nil }
    }
}
