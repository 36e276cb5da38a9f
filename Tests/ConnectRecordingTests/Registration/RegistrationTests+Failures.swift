import LambdaRuntime
import LocalServices
import Salesforce
import Settings
import TestSupport
import Testing

@testable import ConnectRecording

/// Failures of the invocation, and retries.
extension RegistrationTests {
    @Test(arguments: ["", "a b", "a/b", "a_b", "../x", "a'b", String(repeating: "a", count: 81)])
    func `a contact without a usable id is refused before anybody is asked`(id: String) async throws {
        try await RecordingFixture.run { fixture async throws in
            await #expect(throws: FunctionError.self) { try await fixture.register(id) }
            #expect(await fixture.calls() == [])
        }
    }

    @Test(arguments: [
        ("/query", SalesforceFault.limit, "Function.ServiceUnavailable"),
        ("/sobjects", .limit, "Function.ServiceUnavailable"), ("/sobjects", .html, "Function.ServiceUnavailable"),
    ])
    func `a call that cannot be registered fails the invocation`(
        _ path: String, _ fault: SalesforceFault, _ type: String
    ) async throws {
        try await RecordingFixture.run { fixture async throws in
            await fixture.crm.org.misbehave(fault, times: 9, path: path)
            let error = await #expect(throws: FunctionError.self) { try await fixture.register() }
            #expect(error?.errorType == type)
            #expect(await fixture.records().isEmpty)
        }
    }

    @Test func `a refused sign-in fails the invocation with its remedy`() async throws {
        let crm = try ScriptedSalesforce()
        crm.replyToSignIn(
            .answer(
                .init(
                    status: 400,
                    #"{"error":"invalid_grant","error_description":"no client credentials user enabled"}"#)))
        let error = await #expect(throws: FunctionError.self) { try await register(at: crm, from: "+14155550100") }
        #expect(error?.errorType == "Function.ServiceUnavailable")
        #expect(error?.description.contains("choose the run-as user") == true)
    }

    @Test func `a Salesforce that is busy, has dropped an answer or the session is asked again`() async throws {
        try await RecordingFixture.run { fixture async throws in
            for fault in [SalesforceFault.busy, .drop, .expired] {
                await fixture.crm.org.misbehave(fault, path: "/sobjects")
                #expect(try await fixture.register()["status"] == "registered")
            }
            #expect(await fixture.records().count == 1)
        }
    }

    @Test func `a slow Salesforce fails the invocation before its time is over`() async throws {
        try await RecordingFixture.run { fixture async throws in
            await fixture.crm.org.misbehave(.slow(milliseconds: 5000), times: 9)
            let start = ContinuousClock.now
            let event = Events.flow(Self.id, from: "+14155550100")
            await #expect(throws: FunctionError.self) { try await fixture.invoke(event, within: .seconds(1)) }
            #expect(ContinuousClock.now - start < .seconds(1))
        }
    }

    @Test func `two records of one contact fail the invocation, and so does a refusal`() async throws {
        let crm = try ScriptedSalesforce()
        crm.answer(300, #"["/services/data/v62.0/sobjects/X/1","/services/data/v62.0/sobjects/X/2"]"#)
        crm.reply(.answer(ScriptedSalesforce.fault(400, "STRING_TOO_LONG", "Maria's value is too long")))
        for _ in 0..<2 {
            let error = await #expect(throws: FunctionError.self) { try await register(at: crm, from: nil) }
            #expect(error?.code == .recordRejected)
            #expect(error?.description.contains("Maria") == false)
        }
    }

    @Test func `an upsert that loses the race to create the record writes to the winner's`() async throws {
        let crm = try ScriptedSalesforce()
        crm.reply(.answer(ScriptedSalesforce.fault(400, "DUPLICATE_VALUE", "duplicate value found")))
        crm.answer(200, #"{"id":"a01","success":true,"created":false,"errors":[]}"#)
        #expect(try await register(at: crm, from: nil).recordId == "a01")
    }

    @Test(arguments: ["UNABLE_TO_LOCK_ROW", "DUPLICATE_VALUE"])
    func `a row that stays locked is a failure that passes`(code: String) async throws {
        let crm = try ScriptedSalesforce()
        for _ in 0..<2 { crm.reply(.answer(ScriptedSalesforce.fault(400, code, "another call has it"))) }
        let error = await #expect(throws: FunctionError.self) { try await register(at: crm, from: nil) }
        #expect(error?.code == .serviceUnavailable)
        #expect(crm.calls.count == 2)
    }

    @Test func `a page that comes with 200 in the place of an upsert's answer is no success`() async throws {
        try await RecordingFixture.run { fixture async throws in
            // The record exists already, so that reading its id would not fail.
            _ = try await fixture.invoke(Events.bridge(Events.key(Self.id)))
            await fixture.crm.org.misbehave(.html, path: "/sobjects/")
            let error = await #expect(throws: FunctionError.self) { try await fixture.register() }
            #expect(error?.code == .serviceUnavailable)
        }
    }
}
