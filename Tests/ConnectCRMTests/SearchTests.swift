import JSON
import TestSupport
import Testing

@testable import ConnectCRM

/// The search beside the queries, and after them.
@Suite(.takingTurns) struct SearchTests {
    /// A Salesforce whose queries by number answer as told, and whose search finds Maria.
    private static func fixture(
        _ variables: [String: String] = [:], found: JSONValue = CRMFixture.maria, patience: Duration = .seconds(1),
        queries: @escaping @Sendable (ScriptedCRM.Call) -> ScriptedCRM.Reply
    ) throws -> CRMFixture {
        try CRMFixture(variables, patience: patience) { call, _ in
            if call.isSearch {
                return .json(200, ScriptedCRM.finds([("Contact", "0035f00000MARIAAAA"), ("Case", "500x")]))
            }
            if call.queries.contains(where: { $0.contains("Id IN ('0035f00000MARIAAAA')") }) {
                return CRMFixture.people(call, ["Contact": [found]])
            }
            return queries(call)
        }
    }

    @Test func `who is written in another form is found by the search, and read like others`() async throws {
        guard case .object(var maria) = CRMFixture.maria else { return }
        maria["MobilePhone"] = "+1 (206) 555-0142"
        let fixture = try Self.fixture(found: .object(maria), queries: CRMFixture.nobody)
        let found = try await fixture.lookup()
        #expect(found["status"] == "found" && found["openCases"] == "2" && fixture.crm.calls.count == 3)
        // The objects that nothing was found of are not asked for.
        #expect(fixture.crm.calls[2].queries.count == 1)
    }

    @Test(arguments: [(19, "0015f00000NORTHAAA"), (20, "")])
    func `the account of all is told only when the search told of all`(count: Int, account: String) async throws {
        guard case .object(var maria) = CRMFixture.maria else { return }
        maria["MobilePhone"] = "+1 (206) 555-0142"
        let people = (0..<count).map { number -> JSONValue in
            maria["Id"] = .string("0035f00000MARI\(number < 10 ? "0" : "")\(number)AA")
            return .object(maria)
        }
        let finds = people.map { ("Contact", $0["Id"]?.string ?? "") }
        let fixture = try CRMFixture { call, _ in
            if call.isSearch { return .json(200, ScriptedCRM.finds(finds)) }
            let isByID = call.queries.contains { $0.contains("Id IN (") }
            return CRMFixture.people(call, isByID ? ["Contact": people] : [:])
        }
        let several = try await fixture.lookup()
        #expect(several["status"] == "ambiguous" && several["matches"] == String(count))
        #expect(several["accountId"] == account)
    }

    @Test func `a find that is another number is nobody`() async throws {
        let other: JSONValue = ["Id": "0035f00000MARIAAAA", "Phone": "+49 206 555 0142"]
        let fixture = try Self.fixture(found: other, queries: CRMFixture.nobody)
        #expect(try await fixture.lookup()["status"] == "none")
    }

    @Test func `without CRM_SEARCH nobody is searched, however slow the queries are`() async throws {
        let fixture = try Self.fixture(["CRM_SEARCH": "false"], patience: .zero) { call in
            guard case .composite(let parts) = call else { return .hang }
            return .late(.milliseconds(300), ScriptedCRM.rows(parts, [:]))
        }
        #expect(try await fixture.lookup()["status"] == "none")
        #expect(fixture.crm.calls.count == 1)
    }

    @Test func `queries that take longer than a second do not keep the flow waiting`() async throws {
        let fixture = try Self.fixture { _ in .hang }
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try await fixture.lookup()["status"] == "found")
        #expect((Duration.seconds(1)..<Duration.milliseconds(1600)).contains(clock.now - start))
        #expect(fixture.crm.calls.count == 3)
    }

    @Test func `queries that answer within the second are not searched beside`() async throws {
        let fixture = try Self.fixture { call in
            guard case .composite(let parts) = call else { return .hang }
            return .late(.milliseconds(600), ScriptedCRM.rows(parts, ["Contact": [CRMFixture.maria]]))
        }
        #expect(try await fixture.lookup()["status"] == "found")
        #expect(fixture.crm.calls.count == 1)
    }

    @Test func `slow queries' own find counts when the search finds nobody`() async throws {
        let other: JSONValue = ["Id": "0035f00000MARIAAAA", "Phone": "+49 206 555 0142"]
        let fixture = try Self.fixture(found: other, patience: .zero) { call in
            guard case .composite(let parts) = call else { return .hang }
            return .late(.milliseconds(400), ScriptedCRM.rows(parts, ["Contact": [CRMFixture.maria]]))
        }
        #expect(try await fixture.lookup()["status"] == "found")
        #expect(fixture.crm.calls.count == 3)
    }

    @Test func `slow queries that find nobody leave it to the search`() async throws {
        let fixture = try CRMFixture(patience: .zero) { call, _ in
            switch call {
            case .search: .late(.milliseconds(400), ScriptedCRM.finds([]))
            case .composite(let parts): .late(.milliseconds(100), ScriptedCRM.rows(parts, [:]))
            case .create: .hang
            }
        }
        #expect(try await fixture.lookup()["status"] == "none")
        #expect(fixture.crm.calls.count == 2)
    }

    @Test func `slow queries that are refused are unavailable, and so is a search that fails when they find nobody`()
        async throws
    {
        let refused = try CRMFixture(patience: .zero) { call, _ in
            guard case .composite(let parts) = call else { return .hang }
            return .late(
                .milliseconds(100), ScriptedCRM.composite(parts) { _ in (400, ScriptedCRM.fault("QUERY_TIMEOUT")) })
        }
        #expect(try await refused.lookup()["status"] == "unavailable")
        let failed = try CRMFixture(patience: .zero) { call, _ in
            guard case .composite(let parts) = call else { return .json(503, ScriptedCRM.fault("SERVER_UNAVAILABLE")) }
            return .late(.milliseconds(200), ScriptedCRM.rows(parts, [:]))
        }
        #expect(try await failed.lookup()["status"] == "unavailable")
        let found = try CRMFixture(patience: .zero) { call, _ in
            guard case .composite(let parts) = call else { return .json(503, ScriptedCRM.fault("SERVER_UNAVAILABLE")) }
            return .late(.milliseconds(200), ScriptedCRM.rows(parts, ["Contact": [CRMFixture.maria]]))
        }
        #expect(try await found.lookup()["status"] == "found")
    }
}
