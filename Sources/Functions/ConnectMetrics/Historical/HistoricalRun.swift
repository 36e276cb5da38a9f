import AWS
import Calling
import LambdaRuntime
import Logging
import Salesforce

/// The task `historical`: writes what queues and agents did in the intervals since the last run, and in the hour before.
struct HistoricalRun: Sendable {
    /// The time that is kept for the mark, at most a fourth of what is left.
    private static let reserve = Duration.seconds(3)

    let settings: MetricsSettings
    let connect: ConnectClient
    let roster: Roster
    let table: StateTable
    let crm: SalesforceClient
    let timing: CallTiming

    /// Runs the task; `output` has what was done before a failure, too.
    ///
    /// One block is read while the one before is written. A run that ends in between loses nothing: the mark is where all is
    /// written that came before.
    func run(_ output: inout MetricsOutput, _ context: LambdaContext) async throws {
        let logger = context.logger
        let now = Int(timing.time.components.seconds)
        var mark = try await mark(now: now, context)
        defer {
            if let mark {
                logger.info(
                    "Contact metrics are written up to a mark",
                    metadata: [
                        "metric": "MetricsMark",
                        "ageSeconds": .stringConvertible(max(0, Int(timing.time.components.seconds) - mark)),
                    ])
            }
        }
        let left = context.callDeadline - timing.instant()
        let deadline = context.callDeadline - max(.zero, min(Self.reserve, left / 4))
        let source = MetricSource(connect, roster, settings, deadline: deadline, logger)
        let upserter = RowUpserter(
            object: MetricRow.object, key: MetricRow.key, crm: crm,
            call: SalesforceCall(deadline: deadline, logger: logger), logger: logger)
        let blocks = Backlog(
            after: mark, now: now, by: settings.interval, backfillHours: settings.backfillHours
        ).blocks
        var reading = await read(blocks.first, source)
        for (place, block) in blocks.enumerated() {
            let rows = try reading.get()
            output.rows += rows.count
            async let following = read(place + 1 < blocks.count ? blocks[place + 1] : nil, source)
            let tally = await upserter.write(
                rows.map { $0.row($0.kind == .queue ? source.queueFields : source.agentFields) })
            output.written += tally.written.count
            if let failure = tally.failure { throw FunctionError(salesforce: failure) }
            if let code = tally.untaken { throw FunctionError(untaken: code) }
            // A mark beyond the block is one of shorter intervals.
            let reached = max(block.upperBound, mark ?? 0)
            do throws(AWSError) {
                try await table.put(Mark.item(reached), of: .historical, deadline: context.callDeadline)
            } catch {
                throw FunctionError(table: error)
            }
            mark = reached
            reading = await following
        }
    }

    private func mark(now: Int, _ context: LambdaContext) async throws(FunctionError) -> Int? {
        do throws(AWSError) {
            return Mark.time(in: try await table.item(of: .historical, deadline: context.callDeadline), now: now)
        } catch {
            throw FunctionError(table: error)
        }
    }

    private func read(_ block: Range<Int>?, _ source: MetricSource) async -> Result<[MetricRow], FunctionError> {
        guard let block else { return .success([]) }
        do throws(FunctionError) {
            return .success(try await source.rows(of: block))
        } catch {
            return .failure(error)
        }
    }
}
