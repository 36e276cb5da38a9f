import Logging
import Salesforce

/// The way to Salesforce for one batch, and whether it is open.
struct Road: Sendable {
    let crm: SalesforceClient
    let call: SalesforceCall
    let logger: Logger
    /// True after a request failed as a whole, or the org's limit was reached: nothing more is asked.
    private(set) var isClosed = false
    /// The fields that rows were sent again without.
    private var droppedFields: Set<String> = []
    private var loggedCodes: Set<String> = []

    /// The requests that may still be made for this batch.
    var remaining: Int { isClosed ? 0 : budget.remaining }

    private let budget: RequestBudget

    init(_ crm: SalesforceClient, _ budget: RequestBudget, by deadline: ContinuousClock.Instant, _ logger: Logger) {
        self.crm = crm
        self.budget = budget
        call = SalesforceCall(deadline: deadline, budget: budget, logger: logger)
        self.logger = logger
    }

    /// Ends the requests of this batch: the same set-up, or the same trouble, would meet them all.
    mutating func close(_ error: SalesforceError) {
        switch error.kind {
        case .timedOut, .unavailable, .limitReached: logger.warning("\(error) The contact records come again.")
        default:
            logger.error(
                "\(error) The contact records come again: check the object, its fields and the permission set.")
        }
        isClosed = true
    }

    /// Notes that trouble which passes has met a row.
    mutating func note(passing code: String) {
        if code == "REQUEST_LIMIT_EXCEEDED" { isClosed = true }
        guard loggedCodes.insert(code).inserted else { return }
        if code == "STORAGE_LIMIT_EXCEEDED" {
            logger.error("The org's storage is full (\(code)): contact records come again until there is room.")
        } else {
            logger.warning("Salesforce cannot write contact records now: \(code.isEmpty ? "no code" : code).")
        }
    }

    /// Notes that a query has more pages than there are requests for.
    mutating func note(cut isOfPeople: Bool) {
        guard loggedCodes.insert("pages of people: \(isOfPeople)").inserted else { return }
        logger.warning(
            isOfPeople
                ? "More people have a batch's numbers than there are requests to read them: some contacts get no link."
                : "A batch's tasks or users are more than there are requests to read them.")
    }

    /// Notes that a row is sent again without fields.
    mutating func note(dropped fields: [APIName]) { droppedFields.formUnion(fields.map(\.text)) }

    /// Logs one line about all of them.
    func logDroppedFields() {
        guard !droppedFields.isEmpty else { return }
        logger.warning(
            "Salesforce refused values of \(droppedFields.sorted().joined(separator: ", ")): rows were sent without."
        )
    }
}
