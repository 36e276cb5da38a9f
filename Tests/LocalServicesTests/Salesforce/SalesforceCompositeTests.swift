import JSON
import Testing

@testable import LocalServices

/// Composites on the local Salesforce: references between calls, limits, what halts and what is undone.
struct SalesforceCompositeTests {
    private static let data = SalesforceCaller.data

    private func caller<Result: Sendable>(
        _ body: (SalesforceCaller) async throws -> Result
    ) async throws -> Result {
        try await SalesforceDouble.withRunning { try await body(SalesforceCaller(double: $0)) }
    }

    private static func sub(
        _ reference: String, _ method: String, _ path: String, _ body: JSONValue? = nil, headers: JSONValue? = nil
    ) -> JSONValue {
        .members([
            "method": .string(method), "url": .string(data + path), "referenceId": .string(reference), "body": body,
            "httpHeaders": headers,
        ])
    }

    private static func query(_ reference: String, _ soql: String) -> JSONValue {
        sub(reference, "GET", "/query?q=\(SalesforceCaller.encoded(soql))")
    }

    private static func post(
        _ caller: SalesforceCaller, _ subs: [JSONValue], allOrNone: Bool = false
    ) async throws -> (status: Int, body: JSONValue, answers: [JSONValue]) {
        let answer = try await caller.call(
            "POST", "\(data)/composite", ["allOrNone": .bool(allOrNone), "compositeRequest": .array(subs)])
        return (answer.status, answer.body, answer.body["compositeResponse"]?.array ?? [])
    }

    @Test func `a case is created, and its number read by the id of its creation`() async throws {
        try await caller { caller in
            let result = try await Self.post(
                caller,
                [
                    Self.sub(
                        "made", "POST", "/sobjects/Case", ["Subject": "Late"],
                        headers: ["Sforce-Auto-Assign": "FALSE"]),
                    Self.query("read", "SELECT CaseNumber, IsClosed FROM Case WHERE Id = '@{made.id}'"),
                    Self.sub("whole", "GET", "/sobjects/Case/@{made.id}"),
                    Self.sub("task", "POST", "/sobjects/Task", ["Subject": "For @{read.records[0].CaseNumber}"]),
                ])
            #expect(result.answers.map { $0["httpStatusCode"] } == [201, 200, 200, 201])
            let id = try #require(result.answers.first?["body"]?["id"]?.string)
            #expect(id.hasPrefix("500") && id.count == 18)
            #expect(result.answers[0]["httpHeaders"]?["Location"]?.string == "\(Self.data)/sobjects/Case/\(id)")
            let record = result.answers[1]["body"]?["records"]?.array?.first
            #expect(record?["CaseNumber"] == "00001001" && record?["IsClosed"] == false)
            #expect(result.answers[2]["body"]?["OwnerId"]?.string == SalesforceUser.agent.id)
            let tasks = await caller.double.org.records(of: "Task")
            #expect(tasks.first?["Subject"] == "For 00001001" && tasks.first?["Status"] == "Not Started")
        }
    }

    @Test(arguments: [
        "@{gone.id}", "@{made.Id}", "@{made.errors[0].x}", "@{made}", "@{bad.id}", "text @{made.nope} text", "@{}",
    ])
    func `a reference without a value halts its call alone`(reference: String) async throws {
        try await caller { caller in
            let result = try await Self.post(
                caller,
                [
                    Self.sub("made", "POST", "/sobjects/Task", ["Subject": "a"]),
                    Self.sub("bad", "POST", "/sobjects/Task", ["Nope": "a"]),
                    Self.sub("read", "POST", "/sobjects/Task", ["Subject": .string(reference)]),
                    Self.sub("last", "POST", "/sobjects/Task", ["Subject": "@ {made.id}"]),
                ])
            #expect(result.answers.map { $0["httpStatusCode"] } == [201, 400, 400, 201])
            #expect(result.answers[2]["body"]?.code == "PROCESSING_HALTED")
            let tasks = await caller.double.org.records(of: "Task")
            #expect(tasks.map { $0["Subject"] } == ["a", "@ {made.id}"])
        }
    }

    @Test func `a reference in an encoded query counts, too, and a null is a value`() async throws {
        try await caller { caller in
            let result = try await Self.post(
                caller,
                [
                    Self.query("one", "SELECT Id, Industry FROM Account WHERE Name = 'Acme'"),
                    Self.query("two", "SELECT Name FROM Account WHERE Id = '@{one.records[0].Id}'"),
                    Self.sub("three", "POST", "/sobjects/Task", ["Subject": "@{one.records[0].Industry}"]),
                ])
            #expect(result.answers.map { $0["httpStatusCode"] } == [200, 200, 201])
            #expect(result.answers[1]["body"]?["records"]?.texts("Name") == ["Acme"])
        }
    }

    @Test func `all or none keeps back what comes after a failure, and undoes what came before`() async throws {
        try await caller { caller in
            let result = try await Self.post(
                caller,
                [
                    Self.sub("a", "POST", "/sobjects/Task", ["Subject": "a"]),
                    Self.sub("b", "POST", "/sobjects/Task", ["WhoId": "x"]),
                    Self.sub("c", "POST", "/sobjects/Task", ["Subject": "@{b.id}"]),
                ], allOrNone: true)
            #expect(result.status == 200 && result.answers.map { $0["httpStatusCode"] } == [400, 400, 400])
            #expect(
                result.answers.map { $0["body"]?.code ?? "" } == [
                    "PROCESSING_HALTED", "MALFORMED_ID", "PROCESSING_HALTED",
                ])
            #expect(await caller.double.org.created.isEmpty)
        }
    }

    @Test func `what is wrong in its form fails the whole request, and nothing is done`() async throws {
        let good = Self.sub("good", "POST", "/sobjects/Task", ["Subject": "a"])
        func wrong(_ changes: [String: JSONValue]) -> [JSONValue] {
            [good, .object((Self.sub("x", "GET", "/query?q=x").object ?? [:]).merging(changes) { $1 })]
        }
        let all: [([JSONValue], String)] = [
            (wrong(["referenceId": "a-b"]), "INVALID_INPUT"), (wrong(["referenceId": "a.b"]), "INVALID_INPUT"),
            (wrong(["referenceId": "_a"]), "INVALID_INPUT"), (wrong(["referenceId": ""]), "INVALID_INPUT"),
            (wrong(["referenceId": "good"]), "INVALID_INPUT"), (wrong(["method": "get"]), "INVALID_INPUT"),
            (wrong(["url": "https://x/services/data/v62.0/query"]), "INVALID_INPUT"),
            (wrong(["httpHeaders": ["Authorization": "Bearer x"]]), "INVALID_INPUT"),
            (wrong(["httpHeaders": ["content-type": "application/json"]]), "INVALID_INPUT"),
            (wrong(["more": 1]), "JSON_PARSER_ERROR"), (Array(repeating: good, count: 26), "LIMIT_EXCEEDED"),
            ((0..<6).map { Self.query("q\($0)", "SELECT Id FROM Lead LIMIT 1") }, "LIMIT_EXCEEDED"),
            ([], "REQUIRED_FIELD_MISSING"),
        ]
        try await caller { caller in
            for (subs, code) in all {
                let result = try await Self.post(caller, subs)
                #expect(result.status == 400 && result.body.code == code, "\(subs)")
            }
            #expect(await caller.double.org.created.isEmpty)
            let five = try await Self.post(
                caller, (0..<5).map { Self.query("q\($0)", "SELECT Id FROM Lead LIMIT 1") } + [good])
            #expect(five.answers.count == 6)
        }
    }

    @Test func `a search, or another composite, is no call of one`() async throws {
        try await caller { caller in
            let result = try await Self.post(
                caller,
                [
                    Self.sub("a", "POST", "/parameterizedSearch", ["q": "Acme"]),
                    Self.sub("b", "POST", "/composite", ["compositeRequest": []]),
                ])
            #expect(result.answers.map { $0["httpStatusCode"] } == [400, 400])
        }
    }

    @Test func `a fault meets a call within a composite`() async throws {
        try await caller { caller in
            await caller.double.org.misbehave(.status(504), path: "/sobjects/Task", inComposite: true)
            await caller.double.org.misbehave(.limit, text: "Acme", inComposite: true)
            let subs = [
                Self.sub("a", "POST", "/sobjects/Task", ["Subject": "a"]),
                Self.query("b", "SELECT Id FROM Account WHERE Name = 'Acme'"),
            ]
            let first = try await Self.post(caller, subs)
            #expect(first.status == 200 && first.answers.map { $0["httpStatusCode"] } == [504, 403])
            #expect(first.answers[1]["body"]?.code == "REQUEST_LIMIT_EXCEEDED")
            // It was carried out all the same.
            #expect(await caller.double.org.created.count == 1)
            #expect(try await Self.post(caller, subs).answers.map { $0["httpStatusCode"] } == [201, 200])
        }
    }
}
