import LambdaRuntime
import LocalServices
import Settings
import TestSupport
import Testing

@testable import ConnectRecording

@Suite(.takingTurns) struct ApexTests {
    @Test func `the endpoint registers the call, and no account is looked for`() async throws {
        try await RecordingFixture.run(["SALESFORCE_RECORDING_MODE": "apex"]) { fixture async throws in
            #expect(
                try await fixture.register() == ["status": "registered", "recordId": "", "account": "none"])
            #expect(await fixture.calls() == ["POST /services/apexrest/v1/AWSCallRecordingDetails/"])
            let body = await fixture.crm.org.requests.last?.body
            #expect(body == #"{"ContactId":"\#(RecordingFixture.id)","ContactNumber":"+14155550100"}"#)
            // The recording's arrival is the same in both modes.
            _ = try await fixture.invoke(Events.notification([Events.key(RecordingFixture.id)]))
            let record = try #require(await fixture.records()[RecordingFixture.id])
            #expect(record["File_Name__c"] == Events.key(RecordingFixture.id))
        }
    }

    @Test func `without a number, when the endpoint writes nothing, the contact is registered all the same`()
        async throws
    {
        try await RecordingFixture.run(["SALESFORCE_RECORDING_MODE": "apex"]) { fixture async throws in
            for number in ["anonymous", nil] {
                #expect(
                    try await fixture.register(from: number)
                        == ["status": "registered", "recordId": "", "account": "none"])
            }
            #expect(await fixture.records()[RecordingFixture.id]?["Name"] == RecordingFixture.id)
            let bodies = await fixture.crm.org.requests.filter { $0.path.contains("apexrest") }.map(\.body)
            #expect(
                bodies == Array(repeating: #"{"ContactId":"\#(RecordingFixture.id)","ContactNumber":""}"#, count: 2))
        }
    }

    @Test func `a retried flow is registered, and nothing of the record changes`() async throws {
        try await RecordingFixture.run(["SALESFORCE_RECORDING_MODE": "apex"]) { fixture async throws in
            _ = try await fixture.register()
            let record = try #require(await fixture.records()[RecordingFixture.id])
            #expect(
                try await fixture.register() == ["status": "registered", "recordId": "", "account": "none"])
            #expect(await fixture.records()[RecordingFixture.id] == record)
        }
    }

    @Test func `a contact whose recording was quicker gets its number`() async throws {
        try await RecordingFixture.run(["SALESFORCE_RECORDING_MODE": "apex"]) { fixture async throws in
            _ = try await fixture.invoke(Events.notification([Events.key(RecordingFixture.id)]))
            #expect(try await fixture.register()["status"] == "registered")
            let record = try #require(await fixture.records()[RecordingFixture.id])
            #expect(record["Contact_Mobile_Number__c"] == "+14155550100")
            #expect(record["File_Name__c"] == Events.key(RecordingFixture.id))
        }
    }

    @Test(arguments: [
        (500, #"[{"errorCode":"APEX_ERROR","message":"System.DmlException: Insert failed: DUPLICATE_VALUE"}]"#),
        (200, #"{"StatusCode":257,"StatusMessage":"Exception : Insert failed: DUPLICATE_VALUE"}"#),
    ])
    func `a duplicate is a failure unless the contact has a record`(_ status: Int, _ body: String) async throws {
        for (rows, isRegistered) in [(#"{"Id":"a00","Contact_Mobile_Number__c":"4155550100"}"#, true), ("", false)] {
            let crm = try ScriptedSalesforce()
            crm.answer(status, body)
            crm.answer(200, #"{"totalSize":1,"done":true,"records":[\#(rows)]}"#)
            let output = try? await RegistrationTests().register(at: crm, from: "+14155550100", mode: .apex)
            #expect((output != nil) == isRegistered)
        }
    }

    @Test func `an exception inside it is told as 257 and fails the invocation`() async throws {
        try await RecordingFixture.run(["SALESFORCE_RECORDING_MODE": "apex"]) { fixture async throws in
            let error = await #expect(throws: FunctionError.self) { try await fixture.register(from: "+33123456789") }
            #expect(error?.code == .recordRejected)
            #expect(error?.description.contains("257") == true)
        }
    }

    @Test(arguments: [
        #"{"StatusCode":257,"statusMessage":"Exception : Maria"}"#, #"{"statusCode":"257","StatusMessage":"x"}"#,
    ])
    func `257 is a failure in any case of letters`(body: String) async throws {
        let crm = try ScriptedSalesforce()
        crm.answer(200, body)
        let error = await #expect(throws: FunctionError.self) {
            try await RegistrationTests().register(at: crm, from: "+14155550100", mode: .apex)
        }
        #expect(error?.code == .recordRejected)
        #expect(error?.description.contains("Maria") == false)
    }

    @Test(arguments: ["{}", "", "[]", #"{"StatusCode":500}"#, #"{"StatusCode":null}"#, "<html></html>"])
    func `an answer that does not say 200 is a failure too`(body: String) async throws {
        let crm = try ScriptedSalesforce()
        crm.answer(200, body)
        let error = await #expect(throws: FunctionError.self) {
            try await RegistrationTests().register(at: crm, from: "+14155550100", mode: .apex)
        }
        #expect(error?.code == .serviceUnavailable)
    }

    @Test(arguments: [(500, "Function.ServiceUnavailable"), (404, "Function.RecordRejected")])
    func `HTTP's own errors are told apart from 257`(_ status: Int, _ type: String) async throws {
        let crm = try ScriptedSalesforce()
        crm.reply(.answer(ScriptedSalesforce.fault(status, "APEX_ERROR", "x")))
        let error = await #expect(throws: FunctionError.self) {
            try await RegistrationTests().register(at: crm, from: "+14155550100", mode: .apex)
        }
        #expect(error?.errorType == type)
        #expect(error?.description.contains("\(status)") == true)
    }
}
