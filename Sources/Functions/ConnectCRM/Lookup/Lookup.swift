import Customers
import Encoding
import LambdaRuntime
import Logging
import Salesforce
import Telephony

/// Looks up who a flow asks for, by the first of case number, e-mail address and number that is given, else the caller.
struct Lookup: Sendable {
    /// The time that a look-up may take: a flow's block waits for three seconds by default, the way here and back included.
    static let patience = Duration.milliseconds(2650)
    /// The most digits of a case's number that Salesforce has room for.
    private static let longestCaseNumber = 30
    /// The most characters of an e-mail address: RFC 5321, section 4.5.3.1, and its erratum 1690.
    private static let longestAddress = 254

    let settings: ConnectCRMSettings
    let search: CustomerSearch

    /// Returns the response; trouble with Salesforce is the status `unavailable`, and one line in the log.
    func output(
        for request: CRMRequest, from start: ContinuousClock.Instant, _ context: LambdaContext
    ) async -> CRMOutput {
        let call = SalesforceCall(
            deadline: min(context.callDeadline, start + Self.patience), logger: context.logger)
        do throws(SalesforceError) {
            return CRMOutput(try await match(for: request, call), extras: settings.fields.extras.map(\.name))
        } catch {
            context.logger.warning("Answered as unavailable. \(error)", metadata: error.lookupMetadata)
            return CRMOutput(nil, extras: settings.fields.extras.map(\.name))
        }
    }

    private func match(for request: CRMRequest, _ call: SalesforceCall) async throws(SalesforceError) -> CustomerMatch {
        if let number = request["caseNumber"] {
            guard number.utf8.count <= Self.longestCaseNumber, number.utf8.allSatisfy(\.isASCIIDigit) else {
                return .none
            }
            let isOpen = settings.caseByNumber == .anyone
            return try await search.customer(ofCase: number, for: isOpen ? .anyone : .caller(request.caller), call)
        }
        if let address = request["email"] {
            guard Self.mayBeAddress(address) else { return .none }
            return try await search.customer(withEmail: address, call)
        }
        let number = request["phone"].map { PhoneNumber(caller: $0) } ?? request.caller
        guard let number else { return .none }
        return try await search.customer(with: number, call)
    }

    /// Returns false for what no record has: control characters cannot be written in a query.
    private static func mayBeAddress(_ text: String) -> Bool {
        text.unicodeScalars.count <= longestAddress && text.unicodeScalars.contains("@")
            && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }
}

extension SalesforceError {
    /// The members of a log line that an alarm counts, with Salesforce's code or the kind of failure.
    var lookupMetadata: Logger.Metadata {
        ["metric": "LookupUnavailable", "code": .string(code.isEmpty ? "\(kind)" : code)]
    }
}
