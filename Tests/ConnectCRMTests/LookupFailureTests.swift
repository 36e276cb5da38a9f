import JSON
import TestSupport
import Testing

@testable import ConnectCRM

/// A Salesforce that fails: the flow goes on with `unavailable`, in time, and one line names the code.
@Suite(.takingTurns) struct LookupFailureTests {
    private func expectUnavailable(
        _ fixture: CRMFixture, code: String, requests: Int, _ parameters: [String: JSONValue] = [:],
        within time: Duration = .seconds(8), by limit: Duration = .milliseconds(2700),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let found = try await fixture.lookup(parameters, within: time)
        #expect(clock.now - start < limit, sourceLocation: sourceLocation)
        let isEmpty = found.filter { $0.key != "status" }.values.allSatisfy(\.isEmpty)
        #expect(found["status"] == "unavailable" && found.count == 20, sourceLocation: sourceLocation)
        #expect(isEmpty, sourceLocation: sourceLocation)
        let lines = fixture.lines("WARN")
        #expect(lines.count == 1, "\(lines)", sourceLocation: sourceLocation)
        let line = lines.first ?? ""
        #expect(line.contains("\"metric\":\"LookupUnavailable\""), "\(line)", sourceLocation: sourceLocation)
        #expect(line.contains("\"code\":\"\(code)\""), "\(line)", sourceLocation: sourceLocation)
        #expect(fixture.crm.calls.count == requests, sourceLocation: sourceLocation)
        #expect(
            !fixture.log.contains("5550142") && !fixture.log.contains("a sentence of"), sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        (403, "REQUEST_LIMIT_EXCEEDED"), (429, "TOO_MANY"), (500, "UNKNOWN_EXCEPTION"), (502, "BAD"),
        (503, "SERVER_UNAVAILABLE"), (504, "SLOW"), (400, "JSON_PARSER_ERROR"), (404, "NOT_FOUND"),
        (403, "API_DISABLED_FOR_ORG"), (300, "SEVERAL"), (302, "MOVED"), (414, "URI_TOO_LONG"),
    ]) func `a refused request is not repeated`(status: Int, code: String) async throws {
        let fixture = try CRMFixture { _, _ in .json(status, ScriptedCRM.fault(code)) }
        try await expectUnavailable(fixture, code: code, requests: 1)
    }

    @Test(
        arguments: [0, 1, 2],
        [
            (400, "INVALID_FIELD"), (400, "MALFORMED_QUERY"), (403, "REQUEST_LIMIT_EXCEEDED"), (500, "QUERY_TIMEOUT"),
            (400, "INVALID_TYPE"),
        ]) func `one refused query of several makes all of it unavailable`(
            place: Int, refusal: (status: Int, code: String)
        ) async throws
    {
        let fixture = try CRMFixture { call, _ in
            guard case .composite(let parts) = call else { return .hang }
            let refused = parts[place].reference
            return .json(
                200,
                ScriptedCRM.composite(parts) { part in
                    part.reference == refused
                        ? (refusal.status, ScriptedCRM.fault(refusal.code))
                        : (200, ScriptedCRM.page([CRMFixture.maria]))
                })
        }
        try await expectUnavailable(fixture, code: refusal.code, requests: 1)
    }

    @Test func `a column that the org does not show is named`() async throws {
        let fixture = try CRMFixture(["CRM_EXTRA_FIELDS": "Contact.Tier__c"]) { call, _ in
            guard case .composite(let parts) = call else { return .hang }
            let sentence = "No such column 'Tier__c' on entity 'Contact'. Maria Silva"
            return .json(
                200, ScriptedCRM.composite(parts) { _ in (400, ScriptedCRM.fault("INVALID_FIELD", sentence)) })
        }
        #expect(try await fixture.lookup()["status"] == "unavailable")
        #expect(fixture.log.contains("no such column: Tier__c") && !fixture.log.contains("Maria"))
    }

    @Test(arguments: [
        "<html>maintenance</html>", "", "{}", "[]", #"{"compositeResponse":[]}"#, #"{"compositeResponse":null}"#,
        #"{"compositeResponse":[{"referenceId":"Contact","httpStatusCode":200,"body":{}}]}"#,
    ]) func `an answer that cannot be read is unavailable`(body: String) async throws {
        let fixture = try CRMFixture { _, _ in .raw(ScriptedServer.Response(body)) }
        try await expectUnavailable(fixture, code: "unreadable", requests: 1)
    }

    @Test(arguments: [
        JSONValue.null, [:], ["totalSize": 1, "done": true],
        ["totalSize": 1, "done": true, "records": [["Name": "x"]]],
        ["totalSize": 9, "done": false, "records": [], "nextRecordsUrl": "https://evil.example/"],
    ]) func `a query's result that cannot be read is unavailable`(body: JSONValue) async throws {
        let fixture = try CRMFixture { call, _ in
            guard case .composite(let parts) = call else { return .hang }
            return .json(200, ScriptedCRM.composite(parts) { _ in (200, body) })
        }
        try await expectUnavailable(fixture, code: "unreadable", requests: 1)
    }

    @Test(arguments: [
        JSONValue.string("none"), [], [:], ["done": true, "records": []], ["totalSize": 2, "done": true],
    ]) func `a person's cases that cannot be read are unavailable, and not no cases`(cases: JSONValue) async throws {
        guard case .object(var maria) = CRMFixture.maria else { return }
        maria["Cases"] = cases
        let rows = ["Contact": [JSONValue.object(maria)]]
        let fixture = try CRMFixture { call, _ in CRMFixture.people(call, rows) }
        try await expectUnavailable(fixture, code: "unreadable", requests: 1)
    }

    @Test func `an error that is a sentence has one full stop in the log`() async throws {
        let fixture = try CRMFixture { _, _ in .hang }
        try await expectUnavailable(fixture, code: "timedOut", requests: 1, within: .milliseconds(700))
        #expect(fixture.log.contains("by the deadline") && !fixture.log.contains(".."))
    }

    @Test func `a connection that breaks is not tried again`() async throws {
        for reply in [ScriptedCRM.Reply.reset, .resetMidBody] {
            let fixture = try CRMFixture { _, _ in reply }
            try await expectUnavailable(fixture, code: "unavailable", requests: 1)
        }
    }

    @Test func `silence ends in time for the flow, and before a deadline that is nearer`() async throws {
        let search = try CRMFixture { _, _ in .hang }
        try await expectUnavailable(search, code: "timedOut", requests: 2)
        let queries = try CRMFixture(["CRM_SEARCH": "false"]) { _, _ in .hang }
        try await expectUnavailable(queries, code: "timedOut", requests: 1)
        let near = try CRMFixture { _, _ in .hang }
        try await expectUnavailable(
            near, code: "timedOut", requests: 1, within: .milliseconds(1000), by: .milliseconds(760))
    }

    @Test func `a session that has ended is renewed once`() async throws {
        let fixture = try CRMFixture { call, _ in CRMFixture.people(call, ["Contact": [CRMFixture.maria]]) }
        #expect(try await fixture.lookup()["status"] == "found")
        fixture.crm.expire()
        #expect(try await fixture.lookup()["status"] == "found")
        #expect(fixture.crm.calls.count == 3 && fixture.crm.signIns == 2)
        fixture.crm.expire(times: 2)
        let before = fixture.crm.calls.count
        #expect(try await fixture.lookup()["status"] == "unavailable")
        #expect(fixture.crm.calls.count == before + 2)
    }

    @Test func `a repeat after 401 counts among the three requests`() async throws {
        // Queries, the search, and what it finds are three already.
        let fixture = try CRMFixture { call, _ in
            if call.isSearch { return .json(200, ScriptedCRM.finds([("Contact", "0035f00000MARIAAAA")])) }
            let isByID = call.queries.contains { $0.contains("Id IN") }
            return CRMFixture.people(call, isByID ? ["Contact": [CRMFixture.maria]] : [:])
        }
        #expect(try await fixture.lookup()["status"] == "found")
        #expect(fixture.crm.calls.count == 3)
        fixture.crm.expire()
        try await expectUnavailable(fixture, code: "unavailable", requests: 6)
        #expect(fixture.log.contains("used up"))
    }

    @Test func `a sign-in that is refused names its remedy`() async throws {
        let fixture = try CRMFixture()
        fixture.crm.refuseSignIns(times: 1)
        try await expectUnavailable(fixture, code: "invalid_client", requests: 0)
        #expect(fixture.log.contains("SALESFORCE_CLIENT_SECRET"))
    }

    @Test func `the search's own failure is unavailable, unless the queries find somebody`() async throws {
        let fixture = try CRMFixture { call, _ in
            call.isSearch ? .json(500, ScriptedCRM.fault("SEARCH_DOWN")) : CRMFixture.nobody(call)
        }
        try await expectUnavailable(fixture, code: "SEARCH_DOWN", requests: 2)
    }
}
