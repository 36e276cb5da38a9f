import Encoding

extension SalesforceClient.RecordResult {
    /// The meaning of a result for the writer of the record.
    package enum Verdict: Sendable, Equatable {
        case written
        /// A validation rule found a newer record in the org: done.
        case stale
        /// Another request holds the record, or has just created it: written again, it may succeed at once.
        case locked(code: String)
        /// The org has trouble, which passes.
        case passing(code: String)
        /// The same record is refused again.
        case refused(code: String)

        /// Salesforce's code; empty for a record that was written, and for one without a plain code.
        package var code: String {
            switch self {
            case .written, .stale: ""
            case .locked(let code), .passing(let code), .refused(let code): code
            }
        }
    }

    /// The beginning of the message of the validation rule that refuses a record older than the stored one.
    package static let staleMarker = "STALE_CONTACT_RECORD"

    /// Codes of trouble that passes: "StatusCode" in the SOAP API Developer Guide.
    private static let passing: Set<String> = [
        "QUERY_TIMEOUT", "REQUEST_LIMIT_EXCEEDED", "SERVER_UNAVAILABLE", "STORAGE_LIMIT_EXCEEDED", "UNKNOWN_EXCEPTION",
    ]
    private static let lock = "UNABLE_TO_LOCK_ROW"

    /// Returns true for the code of trouble that passes, of a query, too.
    package static func isPassing(_ code: String?) -> Bool { code.map(passing.contains) ?? false }

    /// Sorts the result of an upsert by an external id.
    package func verdict(externalID: APIName) -> Verdict {
        if success { return .written }
        if errors.contains(where: { $0.message?.begins(with: Self.staleMarker) == true }) { return .stale }
        // Log only values that look like Salesforce error codes.
        func code(_ fault: Fault?) -> String { fault.flatMap { APIName($0.statusCode)?.text } ?? "" }
        // A trigger's message may quote the lock that it met.
        if errors.contains(where: { $0.statusCode == Self.lock || $0.message?.containsBytes(of: Self.lock) == true }) {
            return .locked(code: Self.lock)
        }
        if let fault = errors.first(where: { Self.passing.contains($0.statusCode) }) {
            return .passing(code: fault.statusCode)
        }
        if let fault = errors.first(where: { $0.isDuplicate(of: externalID) }) {
            return .locked(code: fault.statusCode)
        }
        // A refusal without an error says nothing of the record.
        return errors.isEmpty ? .passing(code: "") : .refused(code: code(errors.first))
    }
}

extension SalesforceClient.RecordResult.Fault {
    /// Returns true when the external id is a stored record's, and not the value of another unique field.
    fileprivate func isDuplicate(of externalID: APIName) -> Bool {
        guard statusCode == "DUPLICATE_VALUE" else { return false }
        let names = (fields ?? []).map { $0.lowercased() }
        if !names.isEmpty { return names.contains(externalID.text.lowercased()) }
        guard let message, message.containsBytes(of: "__c") else { return true }
        return message.containsBytes(of: externalID.text)
    }
}
