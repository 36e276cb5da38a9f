import JSON
import LambdaRuntime
import TestSupport
import Testing

@testable import ConnectCRM

/// The end of creations that Salesforce refuses or does not answer: the claim is released, or kept.
@Suite(.takingTurns) struct CreationFailureTests {
    private static let operations = ["createCase", "createTask"]

    private static func parameters(_ operation: String) -> [String: JSONValue] {
        ["operation": .string(operation), "subject": "The parcel has not come", "description": "Iban DE02"]
    }

    /// Returns the answer to a creation: the status of the whole request, or, of a case, of its part.
    private static func refusal(_ call: ScriptedCRM.Call, _ status: Int, _ code: String, inPart: Bool)
        -> ScriptedCRM.Reply
    {
        let fault = ScriptedCRM.fault(code, "The parcel has not come: Maria Silva")
        guard inPart, case .composite(let parts) = call else { return .json(status, fault) }
        return .json(
            200,
            ScriptedCRM.composite(parts) { part in
                part.method == "POST" ? (status, fault) : (400, ScriptedCRM.fault("PROCESSING_HALTED"))
            })
    }

    private func failure(
        _ fixture: CRMFixture, _ operation: String, within time: Duration = .seconds(8)
    ) async throws -> FunctionError? {
        let event = CRMFixture.event(Self.parameters(operation), from: nil)
        let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event, within: time) }
        let said = (error?.description ?? "") + fixture.log
        for text in ["parcel", "Iban", "Maria"] { #expect(!said.contains(text)) }
        return error
    }

    @Test(
        arguments: operations,
        [
            (403, "REQUEST_LIMIT_EXCEEDED"), (429, ""), (500, "UNKNOWN_EXCEPTION"), (503, "SERVER_UNAVAILABLE"),
        ]) func `what Salesforce could not do now is unavailable, and a repeat creates`(
            operation: String, refusal: (status: Int, code: String)
        ) async throws
    {
        for inPart in operation == "createCase" ? [false, true] : [false] {
            let fixture = try CRMFixture { call, number in
                number == 1
                    ? Self.refusal(call, refusal.status, refusal.code, inPart: inPart) : CRMFixture.nobody(call)
            }
            let error = try await failure(fixture, operation)
            #expect(error?.errorType == "Function.ServiceUnavailable")
            #expect(error?.description.contains("Nothing was created") == true)
            #expect(fixture.crm.calls.count == 1 && fixture.aws.items.isEmpty)
            #expect(try await fixture.lookup(Self.parameters(operation), from: nil)["status"] == "created")
        }
    }

    @Test(
        arguments: operations,
        [
            (400, "REQUIRED_FIELD_MISSING"), (400, "STRING_TOO_LONG"), (400, "FIELD_CUSTOM_VALIDATION_EXCEPTION"),
            (403, "INSUFFICIENT_ACCESS_OR_READONLY"), (404, "NOT_FOUND"), (400, "INVALID_CROSS_REFERENCE_KEY"),
            (400, "DUPLICATES_DETECTED"), (400, "UNABLE_TO_LOCK_ROW"), (405, "METHOD_NOT_ALLOWED"),
        ]) func `what Salesforce refuses for good is rejected with its code, and never with its sentence`(
            operation: String, refusal: (status: Int, code: String)
        ) async throws
    {
        for inPart in operation == "createCase" ? [false, true] : [false] {
            let fixture = try CRMFixture { call, _ in
                Self.refusal(call, refusal.status, refusal.code, inPart: inPart)
            }
            let error = try await failure(fixture, operation)
            #expect(error?.errorType == "Function.CRMRejected")
            #expect(error?.description.contains(refusal.code) == true)
            #expect(fixture.aws.items.isEmpty && fixture.crm.calls.count == 1)
        }
    }

    /// The ends of a request after which the record may be there.
    enum Unknown: CaseIterable, Sendable {
        case badGateway, gatewayTimeout, silence, reset, resetMidBody, unreadable
    }

    private static func reply(_ end: Unknown, _ call: ScriptedCRM.Call, inPart: Bool) -> ScriptedCRM.Reply {
        switch end {
        case .badGateway: refusal(call, 502, "BAD", inPart: inPart)
        case .gatewayTimeout: refusal(call, 504, "SLOW", inPart: inPart)
        case .silence: .hang
        case .reset: .reset
        case .resetMidBody: .resetMidBody
        case .unreadable: .raw(ScriptedServer.Response("<html>"))
        }
    }

    @Test(arguments: operations, Unknown.allCases)
    func `an unknown outcome keeps the claim, and creates nothing for 300 seconds`(
        operation: String, end: Unknown
    ) async throws {
        let isInPart = [Unknown.badGateway, .gatewayTimeout].contains(end) && operation == "createCase"
        for inPart in isInPart ? [false, true] : [false] {
            let fixture = try CRMFixture { call, number in
                number == 1 ? Self.reply(end, call, inPart: inPart) : CRMFixture.nobody(call)
            }
            for _ in 0..<2 {
                let error = try await failure(fixture, operation, within: .seconds(3))
                #expect(error?.errorType == "Function.ServiceUnavailable")
            }
            #expect(fixture.crm.calls.count == 1 && fixture.aws.items.count == 1)
            fixture.advance(seconds: 301)
            #expect(try await fixture.lookup(Self.parameters(operation), from: nil)["status"] == "created")
        }
    }

    @Test func `a creation ends 7 seconds after the event, so that its claim is settled while the flow waits`()
        async throws
    {
        let fixture = try CRMFixture { _, _ in .hang }
        let clock = ContinuousClock()
        let start = clock.now
        let error = try await failure(fixture, "createTask", within: .seconds(30))
        #expect(error?.errorType == "Function.ServiceUnavailable")
        #expect((Duration.milliseconds(6800)..<Duration.milliseconds(7600)).contains(clock.now - start))
    }

    @Test(arguments: operations) func `a session that has ended is renewed once, and again ended releases the claim`(
        operation: String
    ) async throws {
        let fixture = try CRMFixture()
        fixture.crm.expire()
        #expect(try await fixture.lookup(Self.parameters(operation), from: nil)["status"] == "created")
        #expect(fixture.crm.calls.count == 2)
        let other = try CRMFixture()
        other.crm.expire(times: 2)
        #expect(try await failure(other, operation)?.errorType == "Function.ServiceUnavailable")
        #expect(other.aws.items.isEmpty && other.crm.calls.count == 2)
        other.crm.refuseSignIns(times: 1)
        #expect(try await failure(other, operation)?.errorType == "Function.ServiceUnavailable")
        #expect(other.aws.items.isEmpty)
    }

    @Test(arguments: [JSONValue.string("x"), [:], ["id": ""], ["id": "00T5f00000TASK0AAA", "success": false]])
    func `an answer of 201 that names no created task is an unknown outcome`(answer: JSONValue) async throws {
        let fixture = try CRMFixture { _, _ in .json(201, answer) }
        let error = try await failure(fixture, "createTask")
        #expect(error?.errorType == "Function.ServiceUnavailable" && fixture.aws.items.count == 1)
    }

    @Test func `a case whose number cannot be read is created all the same`() async throws {
        let fixture = try CRMFixture { call, _ in
            guard case .composite(let parts) = call else { return .hang }
            return .json(
                200,
                ScriptedCRM.composite(parts) { part in
                    part.method == "POST"
                        ? (201, ["id": "5005f00000NEWCASEA", "success": true]) : (403, ScriptedCRM.fault("NO"))
                })
        }
        for status in ["created", "duplicate"] {
            let created = try await fixture.lookup(Self.parameters("createCase"), from: nil)
            #expect(created == ["status": status, "caseId": "5005f00000NEWCASEA", "caseNumber": "", "recordId": ""])
        }
    }

    @Test(arguments: [AWSDouble.Behaviour.refuse(status: 400, code: "ValidationException"), .hang, .unreadable])
    func `without the table nothing is created`(behaviour: AWSDouble.Behaviour) async throws {
        let fixture = try CRMFixture()
        fixture.aws.behave { _, _ in behaviour }
        #expect(
            try await failure(fixture, "createCase", within: .seconds(2))?.errorType == "Function.ServiceUnavailable")
        #expect(fixture.crm.calls.isEmpty)
    }

    @Test func `two at once create once`() async throws {
        let fixture = try CRMFixture { call, _ in
            guard case .composite(let parts) = call else { return .hang }
            return .late(.milliseconds(200), CRMFixture.created(parts))
        }
        async let first = fixture.lookup(Self.parameters("createCase"), from: nil)
        async let second = fixture.lookup(Self.parameters("createCase"), from: nil)
        let statuses = Set([try await first["status"], try await second["status"]])
        #expect(statuses == ["created", "duplicate"] && fixture.crm.calls.count == 1)
    }
}
