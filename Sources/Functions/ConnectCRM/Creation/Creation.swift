import Calling
import Customers
import Idempotency
import LambdaRuntime
import Logging
import Salesforce

/// Creates records for a flow, each once, however often the flow retries.
struct Creation: Sendable {
    /// The time for a record's creation, and for what is stored of it after that: a flow waits for eight seconds.
    private static let patience = Duration.milliseconds(7500)
    /// The request, and its repeat after a session has ended.
    private static let requests = 2

    let settings: ConnectCRMSettings
    let search: CustomerSearch
    let crm: SalesforceClient
    let once: SendOnce
    let timing: CallTiming

    /// Creates a record, or returns the one that was created before under the same key.
    ///
    /// Throws `Function.InvalidRequest` without a key, `Function.CRMRejected` for a permanent refusal, and
    /// `Function.IdempotencyKeyReused` or `Function.ServiceUnavailable`.
    func output(
        for record: some NewRecord, of request: CRMRequest, from start: ContinuousClock.Instant,
        _ context: LambdaContext
    ) async throws -> CRMOutput {
        let key = try request.key(of: record)
        let logger = context.logger
        do throws(SendOnceError<CreationError>) {
            let outcome = try await once(
                key, callDeadline: min(context.callDeadline, start + Self.patience), deadline: context.deadline,
                logger: logger
            ) { deadline throws(CreationError) in
                // The creation has the other half of a time that is short.
                let now = timing.instant()
                let lookupDeadline = min(now + (deadline - now) / 2, start + Lookup.patience)
                let customer =
                    record.isForNamed
                    ? nil
                    : await caller(of: request, SalesforceCall(deadline: lookupDeadline, logger: logger))
                do throws(SalesforceError) {
                    let call = SalesforceCall(
                        deadline: deadline, budget: RequestBudget(Self.requests), logger: logger)
                    return .sent(try await record.create(for: customer, of: request, self, call))
                } catch {
                    throw CreationError(error)
                }
            }
            switch outcome {
            case .sent(let receipt): return output("created", record.fields(of: receipt))
            case .duplicate(let receipt): return output("duplicate", record.fields(of: receipt))
            case .withheld: return output("", [:])
            }
        } catch {
            throw FunctionError(error)
        }
    }

    private func output(_ status: String, _ fields: [String: String]) -> CRMOutput {
        CRMOutput(fields: fields.merging(["status": status]) { $1 })
    }

    /// Returns the one customer who has the caller's number; a look-up that fails leaves the record without one.
    private func caller(of request: CRMRequest, _ call: SalesforceCall) async -> Customer? {
        guard let number = request.caller else { return nil }
        do throws(SalesforceError) {
            return try await search.customer(with: number, readsOwnersState: true, call).customer
        } catch {
            call.logger?.warning(
                "The record is created without a person, whom Salesforce did not tell. \(error)",
                metadata: error.lookupMetadata)
            return nil
        }
    }
}
