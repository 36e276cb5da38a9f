import AmazonConnect
import LambdaRuntime
import LocalServices
import TestSupport
import Testing
import VoiceAuth

@testable import VoiceAuthCheck

/// An agent's guide runs in a contact of its own, without the caller's number: it uses the call's contact id.
@Suite(.takingTurns) struct GuideTests {
    typealias Fixture = VoiceCheckFixture

    enum Form: CaseIterable {
        /// `RelatedContactId` names the call.
        case related
        /// The flow's parameter `callContactId` names the call.
        case parameter
        /// A direct invoke with the parameter.
        case direct
    }

    /// Returns the guide's event: a new contact at each offer.
    static func event(_ phase: String, _ call: String, _ form: Form, isAllowed: Bool = false) throws -> ContactFlowEvent
    {
        var parameters = ["phase": phase]
        if isAllowed { parameters["enrollmentAllowed"] = "true" }
        if form != .related { parameters["callContactId"] = call }
        if form == .direct { return try Fixture.decode(parameters) }
        var data: [String: Any] = [
            "Channel": "CHAT", "ContactId": "guide-\(phase)", "InitiationMethod": "API",
            "SegmentAttributes": ["connect:Subtype": ["ValueString": "connect:Guide"]],
        ]
        data["RelatedContactId"] = form == .related ? call : nil
        return try Fixture.decode([
            "Name": "ContactFlowEvent", "Details": ["ContactData": data, "Parameters": parameters],
        ])
    }

    private func ask(
        _ fixture: Fixture, _ phase: String, _ call: String, _ form: Form, isAllowed: Bool = false
    ) async throws -> String {
        try await fixture.invoke(Self.event(phase, call, form, isAllowed: isAllowed)).branch?.rawValue ?? ""
    }

    @Test(arguments: Form.allCases, [[:], ["identity": "0035g00000XyZ"]])
    func `it confirms, asks, deletes and opts out by the call's contact`(
        form: Form, identity: [String: String]
    ) async throws {
        try await Fixture.run { fixture async throws in
            let output = try await fixture.ask("begin", identity, contact: "call")
            #expect(try await ask(fixture, "result", "call", form) == "retry")
            #expect(try await fixture.call("CA1", code: output.handoverCode) == .verified)
            #expect(try await ask(fixture, "result", "call", form) == "enrolled")
            #expect(try await ask(fixture, "delete", "call", form) == "failedverified")
            #expect(try await ask(fixture, "confirm", "call", form) == "failedverified")
            #expect(try await ask(fixture, "confirm", "other", form, isAllowed: true) == "unavailable")
            #expect(try await ask(fixture, "confirm", "call", form, isAllowed: true) == "verified")
            #expect(try await fixture.branch("result", identity, contact: "call") == "verified")
            #expect(try await ask(fixture, "optout", "call", form) == "optedout")
            #expect(await fixture.users.isEmpty)
            #expect(try await fixture.branch("begin", identity, contact: "later") == "optedout")
        }
    }

    @Test func `it deletes what the call has been verified for`() async throws {
        try await Fixture.run { fixture async throws in
            try await fixture.enrollVouched(contact: "call")
            #expect(try await ask(fixture, "delete", "call", .related) == "deleted")
            #expect(await fixture.users.isEmpty)
        }
    }

    @Test func `it lets in again who has opted out`() async throws {
        try await Fixture.run { fixture async throws in
            _ = try await fixture.ask("optout", contact: "earlier")
            #expect(try await fixture.ask("begin", contact: "call") == .branch(.optedOut))
            #expect(try await ask(fixture, "delete", "call", .related) == "failedverified")
            #expect(try await ask(fixture, "delete", "call", .related, isAllowed: true) == "deleted")
            #expect(try await fixture.branch("begin", contact: "call") == "enrollfromscratch")
        }
    }

    @Test func `in caller-id mode it asks at the number that the call's contact began with`() async throws {
        try await Fixture.run(Fixture.callerID) { fixture async throws in
            try await fixture.enroll(contact: "c")
            #expect(try await ask(fixture, "result", "c-third", .related) == "verified")
            #expect(try await ask(fixture, "result", "c", .related) == "handedover")
            #expect(try await ask(fixture, "confirm", "c-third", .related, isAllowed: true) == "verified")
            #expect(try await ask(fixture, "delete", "c-third", .related) == "deleted")
        }
    }

    @Test func `in caller-id mode a contact is asked about where it began, whoever else begins with the number`()
        async throws
    {
        try await Fixture.run(Fixture.callerID) { fixture async throws in
            let record = ["identity": "0035g00000XyZ"]
            _ = try await fixture.ask("begin", contact: "own")
            _ = try await fixture.ask("begin", record, contact: "c1")
            try await fixture.call("CA1")
            _ = try await fixture.ask("begin", record, contact: "c2")
            try await fixture.call("CA2")
            #expect(try await ask(fixture, "result", "c2", .related) == "verified")
            #expect(try await ask(fixture, "result", "c1", .related) == "handedover")
            _ = try await fixture.ask("begin", ["identity": "0035g00000AbC"], contact: "c3")
            #expect(try await ask(fixture, "delete", "c2", .related) == "deleted")
            #expect(try await fixture.branch("begin", ["identity": "0035g00000AbC"], contact: "c4") == "enroll")
        }
    }

    @Test func `begin is the call's own, and confirm needs a contact`() async throws {
        try await Fixture.run { fixture async throws in
            #expect(try await ask(fixture, "begin", "call", .related) == "unavailable")
            for event in [
                try Fixture.event(["phase": "confirm", "enrollmentAllowed": "true"], contact: nil),
                try Fixture.decode(["phase": "confirm", "callContactId": ""]),
                try Fixture.event(["phase": "result", "callContactId": 7]),
            ] {
                let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
                #expect(error?.code == .invalidRequest)
            }
        }
    }
}
