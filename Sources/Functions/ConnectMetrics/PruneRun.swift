import Calling
import Encoding
import JSON
import LambdaRuntime
import Logging
import Salesforce

/// The task `prune`: deletes rows of past intervals that are too old, as many as fit into the time.
struct PruneRun: Sendable {
    /// The records of a query.
    private static let pageSize = 2_000
    /// The time that a deletion takes: none begins with less.
    private static let slowest = Duration.seconds(10)

    let settings: MetricsSettings
    let crm: SalesforceClient
    let timing: CallTiming

    /// Runs the task; `output` has what was done before a failure, too.
    func run(_ output: inout MetricsOutput, _ context: LambdaContext) async throws {
        let call = SalesforceCall(deadline: context.callDeadline, logger: context.logger)
        let limit = UTCTime(
            secondsSinceEpoch: Int(timing.time.components.seconds) - settings.keepDays * 86_400)
        let left = context.callDeadline - timing.instant()
        let lastStart = context.callDeadline - max(.zero, min(Self.slowest, left / 4))
        var seen: Set<String> = []
        var last = "000000000000000"
        do throws(SalesforceError) {
            while timing.instant() < lastStart {
                // In the order of ids: what cannot be deleted is not found again.
                let response = try await crm.query(
                    """
                    SELECT Id FROM \(MetricRow.object) WHERE Interval_Start__c < \(limit) AND Id > \(last) ORDER BY Id \
                    LIMIT \(Self.pageSize)
                    """, limit: Self.pageSize, call)
                guard let records = try? response.decoded(Record.self) else {
                    throw SalesforceError(.unreadable, .refused, action: "query", detail: "a record has no Id")
                }
                let ids = records.map(\.Id).filter { seen.insert($0).inserted }
                output.rows += ids.count
                for some in ids.chunks(of: SalesforceClient.largestCollection) {
                    guard timing.instant() < lastStart else { return }
                    try await delete(some, call, &output, context.logger)
                }
                guard records.count == Self.pageSize, !ids.isEmpty, let next = ids.max() else { return }
                last = next
            }
        } catch {
            // What was deleted is, and the next night takes the rest.
            if error.kind == .timedOut, output.written > 0 { return }
            throw FunctionError(salesforce: error)
        }
    }

    private func delete(
        _ ids: [String], _ call: SalesforceCall, _ output: inout MetricsOutput, _ logger: Logger
    ) async throws(SalesforceError) {
        var rest = ids
        for isLast in [false, true] where !rest.isEmpty {
            let results = try await crm.delete(rest, call)
            var locked: [String] = []
            for (id, result) in zip(rest, results) {
                if result.success {
                    output.written += 1
                    continue
                }
                let code = result.errors.first.flatMap { APIName($0.statusCode)?.text } ?? ""
                switch code {
                // Another run was here first.
                case "ENTITY_IS_DELETED": break
                case "UNABLE_TO_LOCK_ROW" where !isLast: locked.append(id)
                default:
                    logger.error(
                        "Salesforce refused to delete the row \(id): \(code.isEmpty ? "no code" : code).")
                }
            }
            rest = locked
        }
    }

    private struct Record: Decodable {
        let Id: String
    }
}
