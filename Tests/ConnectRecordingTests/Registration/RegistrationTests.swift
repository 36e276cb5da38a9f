import JSON
import LambdaRuntime
import LocalServices
import Salesforce
import TestSupport
import Testing

@testable import ConnectRecording

@Suite(.takingTurns) struct RegistrationTests {
    static let id = RecordingFixture.id

    @Test(arguments: [
        ("+14155550100", "Globex"), ("+12125550123", "Soylent"), ("+13125550188", "Vandelay"),
        ("+919876543210", "Hooli India"), ("+919812345678", "Pied Piper India"), ("+442079460123", "Umbrella UK"),
        ("+442079460456", "Wonka UK"), ("+4930123456", "Acme"),
    ])
    func `a call is registered with the account that has its number, however it is written`(
        _ number: String, _ name: String
    ) async throws {
        try await RecordingFixture.run { fixture async throws in
            let answer = try await fixture.register(from: number)
            let accounts = await fixture.crm.org.records(of: "Account")
            let account = accounts.first { $0["Name"]?.string == name }?["Id"]?.string
            let record = try #require(await fixture.records()[Self.id])
            #expect(answer == ["status": "registered", "recordId": record["Id"] ?? "", "account": "matched"])
            #expect(record["Account__c"] == account)
            #expect(record["Contact_Mobile_Number__c"] == number)
            #expect(record["Name"] == Self.id)
            #expect(record["File_Name__c"] == nil && record["Access_URL__c"] == nil)
            #expect(await fixture.calls() == ["GET /query", Self.patch])
            #expect(!fixture.log.contains(number.suffix(7)))
        }
    }

    static let patch = "PATCH /sobjects/Call_Recording_Info__c/Contact_Id__c/\(id)"

    @Test func `of several accounts none is linked`() async throws {
        try await RecordingFixture.run { fixture async throws in
            #expect(try await fixture.register(from: "+442079460000")["account"] == "ambiguous")
            let record = try #require(await fixture.records()[Self.id])
            #expect(record["Account__c"] == nil)
            #expect(record["Contact_Mobile_Number__c"] == "+442079460000")
        }
    }

    @Test func `without an account the call is registered all the same`() async throws {
        try await RecordingFixture.run { fixture async throws in
            #expect(try await fixture.register(from: "+33123456789")["account"] == "none")
            #expect(await fixture.records()[Self.id]?["Contact_Mobile_Number__c"] == "+33123456789")
        }
    }

    @Test(arguments: [nil, "", "anonymous", "+266696687", "sip:agent@example.com"])
    func `a withheld number is registered without asking for an account`(number: String?) async throws {
        try await RecordingFixture.run { fixture async throws in
            #expect(try await fixture.register(from: number)["account"] == "none")
            #expect(await fixture.records()[Self.id]?["Contact_Mobile_Number__c"] == nil)
            #expect(await fixture.calls() == [Self.patch])
        }
    }

    @Test(arguments: ["CHAT", "TASK", "EMAIL", "SOMETHING_NEW"])
    func `contacts of every channel are registered`(channel: String) async throws {
        try await RecordingFixture.run { fixture async throws in
            let answer = try await fixture.invoke(Events.flow(Self.id, from: nil, channel: channel))
            #expect(answer["status"] as? String == "registered")
            #expect(await fixture.records().count == 1)
        }
    }

    @Test func `a retried flow finds its record, and the answer is the same`() async throws {
        try await RecordingFixture.run { fixture async throws in
            let first = try await fixture.register()
            #expect(try await fixture.register() == first)
            #expect(try await fixture.register(from: nil)["recordId"] == first["recordId"])
            let record = try #require(await fixture.records()[Self.id])
            #expect(record["Contact_Mobile_Number__c"] == "+14155550100", "what is not known empties nothing")
        }
    }

    @Test func `the object and the account's fields are configuration`() async throws {
        try await RecordingFixture.run(["ACCOUNT_PHONE_FIELDS": " Phone_Number_Without_Format__c "]) {
            fixture async throws in
            // Globex has its number in this form in that field; Soylent has none there.
            #expect(try await fixture.register(from: "+14155550100")["account"] == "matched")
            #expect(try await fixture.register("c2", from: "+12125550123")["account"] == "none")
        }
        try await RecordingFixture.run(["RECORDING_OBJECT": "Other__c"]) { fixture async throws in
            let error = await #expect(throws: FunctionError.self) { try await fixture.register() }
            #expect(error?.code == .recordRejected)
        }
    }

    @Test func `an agent's guide registers its call, and takes nothing from the call's record`() async throws {
        try await RecordingFixture.run { fixture async throws in
            _ = try await fixture.register()
            let before = await fixture.records()
            let contact: [String: Any] = [
                "ContactId": "b7c8a6f0-55a4-4d0e-8d0a-6b9f4d7f2e22", "Channel": "CHAT",
                "RelatedContactId": RecordingFixture.id,
                "SegmentAttributes": ["connect:Subtype": ["ValueString": "connect:Guide"]],
            ]
            for parameters in [[:], ["callContactId": RecordingFixture.id]] {
                let event = Events.json([
                    "Name": "ContactFlowEvent", "Details": ["ContactData": contact, "Parameters": parameters],
                ])
                #expect(try await fixture.invoke(event)["recordId"] as? String == before[RecordingFixture.id]?["Id"])
            }
            #expect(await fixture.records().keys.map(\.self) == [RecordingFixture.id])
            let after = await fixture.records()[RecordingFixture.id]
            #expect(after?["Contact_Mobile_Number__c"] == "+14155550100" && after?["Account__c"]?.isEmpty == false)
        }
    }

    @Test func `a record's id is read by the external id when the upsert does not tell`() async throws {
        let crm = try ScriptedSalesforce()
        crm.answer(204, "")
        crm.answer(200, #"{"attributes":{},"Id":"a00000000000001AAA"}"#)
        #expect(try await register(at: crm, from: nil).recordId == "a00000000000001AAA")
        #expect(crm.calls.map(\.method) == ["PATCH", "GET"])
    }
}
