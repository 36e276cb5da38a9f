import Foundation
import JSON
import Testing

@testable import LocalServices

/// The local Salesforce's faults, and its refusals apart from data.
struct SalesforceFaultTests {
    private static let soql = "SELECT Id FROM Lead LIMIT 1"

    @Test func `a user, a header or a debug call brings each fault`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            var caller = SalesforceCaller(double: double)
            for (fault, status, code) in [
                ("limit", 403, "REQUEST_LIMIT_EXCEEDED"), ("busy", 503, "SERVER_UNAVAILABLE"),
            ] {
                let byHeader = try await caller.query(Self.soql, fields: ["X-Local-Fault": fault])
                #expect(byHeader.status == status && byHeader.body.code == code)
                let switched = try await caller.call(
                    "POST", "/debug/fault",
                    try JSONValue(parsing: Array(#"{"fault":"\#(fault)","times":2,"path":"/query"}"#.utf8)))
                #expect(switched.status == 204)
                #expect(try await caller.query(Self.soql).status == status)
                #expect(try await caller.post("/sobjects/Lead", "{}").status == 400)
                #expect(try await caller.query(Self.soql).status == status)
                #expect(try await caller.query(Self.soql).status == 200)
            }
            caller.token = SalesforceUser.limited.token
            #expect(try await caller.query(Self.soql).status == 403)
            caller.token = SalesforceUser.busy.token
            #expect(try await caller.query(Self.soql).status == 503)
            caller.token = SalesforceUser.agent.token
            #expect(try await caller.query(Self.soql, fields: ["X-Local-Fault": "html"]).body.string != nil)
            #expect(
                try await caller.call("POST", "/debug/fault", .object(["fault": .string("nonsense")])).status == 400)
        }
    }

    @Test func `a slow answer comes late, a dropped one never, and both are carried out`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            let caller = SalesforceCaller(double: double)
            let path = "\(SalesforceCaller.data)/sobjects/Lead"
            let start = ContinuousClock.now
            let slow = try await caller.call(
                "POST", path, .object(["LastName": .string("Slow"), "Company": .string("C")]),
                fields: ["X-Local-Fault": "slow=300"])
            #expect(slow.status == 201)
            #expect(ContinuousClock.now - start >= .milliseconds(300))
            await double.org.misbehave(.drop)
            await #expect(throws: (any Error).self) {
                try await caller.call("POST", path, .object(["LastName": .string("Lost"), "Company": .string("C")]))
            }
            #expect(await double.org.created.compactMap { $0.fields["LastName"]?.string } == ["Slow", "Lost"])
        }
    }

    @Test func `an expired token is gone for good, an expiry of all spares the fixed ones`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            var caller = SalesforceCaller(double: double)
            let form = [
                "grant_type": "client_credentials", "client_id": "local-client", "client_secret": "local-secret",
            ]
            caller.token = try await caller.signIn(form).body["access_token"]?.string ?? ""
            #expect(try await caller.query(Self.soql, fields: ["X-Local-Fault": "expired"]).status == 401)
            #expect(try await caller.query(Self.soql).status == 401)
            caller.token = try await caller.signIn(form).body["access_token"]?.string ?? ""
            #expect(try await caller.call("POST", "/debug/expire").status == 204)
            #expect(try await caller.query(Self.soql).status == 401)
            caller.token = SalesforceUser.agent.token
            #expect(try await caller.query(Self.soql).status == 200)
        }
    }

    @Test func `what is no data call is refused`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            let caller = SalesforceCaller(double: double)
            let data = SalesforceCaller.data
            #expect(try await caller.call("GET", "\(data)/query?q=x", onLoginHost: true).body.code == "URL_NOT_RESET")
            for path in ["/", "\(data)/tooling", "/services/data/v6/query", "\(data)/sobjects/Nope", "\(data)//query"] {
                #expect(try await caller.call("POST", path, .object([:])).status == 404, "\(path)")
            }
            #expect(try await caller.call("POST", "\(data)/query").status == 405)
            #expect(try await caller.call("GET", "\(data)/query").body.code == "MALFORMED_QUERY")
            #expect(try await caller.call("GET", "\(data)/query?q=%zz").status == 400)
            let long = String(repeating: "x", count: 17_000)
            #expect(try await caller.call("GET", "\(data)/query?q=\(long)").status == 414)
            #expect(try await caller.call("GET", "\(data)/query", fields: ["X-Long": long]).status == 431)
        }
    }

    @Test func `the state shows records and calls, no token, and is put back`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            let caller = SalesforceCaller(double: double)
            #expect(try await caller.post("/sobjects/Lead", #"{"LastName":"N","Company":"C"}"#).status == 201)
            let state = try await caller.call("GET", "/debug/state").body
            #expect(state["records"]?["Lead"]?.array?.count == 8)
            #expect(state["requests"]?.texts("path") == ["/services/data/v62.0/sobjects/Lead"])
            #expect(state["requests"]?.texts("user") == ["agent@example.com"])
            #expect(!state.text.contains(SalesforceUser.agent.token))
            #expect(try await caller.call("POST", "/debug/reset").status == 204)
            #expect(try await caller.call("GET", "/debug/state").body["records"]?["Lead"]?.array?.count == 7)
            #expect(try await caller.call("GET", "/debug/nope").status == 404)
        }
    }

    @Test func `a fault meets the text that it names, a status is any, and a pace is for all`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            let caller = SalesforceCaller(double: double)
            await double.org.misbehave(.status(502), times: 2, text: "+12065550142")
            #expect(try await caller.query(Self.soql).status == 200)
            #expect(try await caller.query("SELECT Id FROM Lead WHERE Phone = '+12065550142'").status == 502)
            let record = try await caller.post("/sobjects/Contact", #"{"LastName":"A","Phone":"+12065550142"}"#)
            #expect(record.status == 502)
            #expect(await double.org.created.isEmpty)
            // A gateway that gives up does not undo anything.
            await double.org.misbehave(.status(504))
            #expect(try await caller.post("/sobjects/Contact", #"{"LastName":"A"}"#).status == 504)
            #expect(await double.org.created.count == 1)
            let pace: JSONValue = ["milliseconds": 200, "path": "/query"]
            #expect(try await caller.call("POST", "/debug/pace", pace).status == 204)
            let start = ContinuousClock.now
            #expect(try await caller.query(Self.soql).status == 200)
            #expect(ContinuousClock.now - start >= .milliseconds(200))
            #expect(try await caller.call("POST", "/debug/pace", ["milliseconds": -1]).status == 400)
        }
    }

    @Test func `a file's faults last, and come back with a reset`() async throws {
        var configuration = SalesforceDouble.Configuration()
        configuration.additions = [
            try SalesforceAddition([
                "faults": [["fault": "limit", "text": "Smith"], ["fault": "busy", "path": "/sobjects", "times": 1]],
                "pace": ["/sobjects": 1],
            ])
        ]
        try await SalesforceDouble.withRunning(configuration) { (double) async throws in
            let caller = SalesforceCaller(double: double)
            for _ in 1...2 {
                for _ in 1...3 {
                    #expect(try await caller.query("SELECT Id FROM Lead WHERE Name = 'Smith'").status == 403)
                }
                #expect(try await caller.post("/sobjects/Task", "{}").status == 503)
                #expect(try await caller.post("/sobjects/Task", "{}").status == 201)
                #expect(try await caller.call("POST", "/debug/reset").status == 204)
            }
        }
    }
}
