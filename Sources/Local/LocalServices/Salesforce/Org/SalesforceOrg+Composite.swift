import Foundation
import JSON

/// `POST /composite` ("Composite" in the REST API Developer Guide).
extension SalesforceOrg {
    /// Carries out at most 25 calls in order; with `allOrNone` the first that fails undoes those before it and keeps back
    /// those after it.
    func composite(_ call: DataCall, _ user: SalesforceUser) throws(SalesforceFailure) -> SalesforceOrgResponse {
        let members = try call.object()
        try Self.checkMembers(members, ["allOrNone", "collateSubrequests", "compositeRequest"])
        guard let requests = members["compositeRequest"]?.array, !requests.isEmpty else {
            throw SalesforceFailure(
                "REQUIRED_FIELD_MISSING", "compositeRequest is missing", fields: ["compositeRequest"])
        }
        guard requests.count <= 25 else {
            throw SalesforceFailure("LIMIT_EXCEEDED", "The request can’t contain more than 25 operations.")
        }
        var calls: [CompositeCall] = []
        for request in requests { calls.append(try CompositeCall(request, after: calls)) }
        guard calls.count(where: \.isQueryOrCollection) <= 5 else {
            throw SalesforceFailure(
                "LIMIT_EXCEEDED",
                "The request can’t contain more than 5 query or sObject Collections operations.")
        }
        let isAllOrNone = members["allOrNone"] == .bool(true)
        let before = store
        var answers: [SalesforceOrgResponse] = []
        var hasFailed = false
        for call in calls {
            if isAllOrNone, hasFailed {
                answers.append(Self.answer(.rolledBack))
                continue
            }
            let answer = answer(to: call, Dictionary(zip(calls.map(\.reference), answers)) { $1 }, user)
            hasFailed = hasFailed || answer.status >= 300
            answers.append(answer)
        }
        if isAllOrNone, hasFailed {
            store = before
            answers = answers.map { $0.status < 300 ? Self.answer(.rolledBack) : $0 }
        }
        let results = zip(calls, answers).map { call, answer in
            JSONValue.object([
                "body": answer.body ?? .null, "httpHeaders": .object(answer.fields.mapValues(JSONValue.string)),
                "httpStatusCode": .number(answer.status), "referenceId": .string(call.reference),
            ])
        }
        var whole = SalesforceOrgResponse(200, .object(["compositeResponse": .array(results)]))
        whole.delay = answers.compactMap(\.delay).reduce(nil) { ($0 ?? .zero) + $1 }
        return whole
    }

    private func answer(
        to call: CompositeCall, _ earlier: [String: SalesforceOrgResponse], _ user: SalesforceUser
    ) -> SalesforceOrgResponse {
        do throws(SalesforceFailure) {
            let resolved = try call.resolved(earlier)
            let fault = fault(resolved.path, inComposite: true) {
                Self.readable(resolved.url) + "\n" + (resolved.body?.text ?? "")
            }
            if let refusal = fault?.refusal { throw refusal }
            if fault == .expired { return Self.invalidSession }
            var answer = try perform(resolved.dataCall(), as: user)
            if case .status(let status)? = fault { answer = Self.answer(SalesforceFault.failure(status)) }
            answer.delay = fault?.delay
            return answer
        } catch {
            return Self.answer(error)
        }
    }

    private static func answer(_ failure: SalesforceFailure) -> SalesforceOrgResponse {
        SalesforceOrgResponse(failure.status, .array([failure.json]))
    }

    /// Throws unless all members of a request's body are known, as Salesforce's parser does.
    static func checkMembers(_ members: [String: JSONValue], _ known: Set<String>) throws(SalesforceFailure) {
        if let stray = members.keys.sorted().first(where: { !known.contains($0) }) {
            throw SalesforceFailure("JSON_PARSER_ERROR", "Unrecognized field \"\(stray)\" at [line:1, column:2]")
        }
    }
}
