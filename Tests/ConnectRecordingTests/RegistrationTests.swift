import LambdaRuntime
import LocalServices
import Salesforce
import TestSupport
import Testing

@testable import ConnectRecording

@Suite(.takingTurns) struct RegistrationTests {
    static let id = RecordingBench.id

    @Test(arguments: [
        ("+14155550100", "Globex"), ("+12125550123", "Soylent"), ("+13125550188", "Vandelay"),
        ("+919876543210", "Hooli India"), ("+919812345678", "Pied Piper India"), ("+442079460123", "Umbrella UK"),
        ("+442079460456", "Wonka UK"), ("+4930123456", "Acme"),
    ])
    func `a call is registered with the account that has its number, however it is written`(
        _ number: String, _ name: String
    ) async throws {
        try await RecordingBench.run { bench async throws in
            let answer = try await bench.register(from: number)
            let accounts = await bench.crm.org.records(of: "Account")
            let account = accounts.first { $0["Name"]?.string == name }?["Id"]?.string
            let record = try #require(await bench.records()[Self.id])
            #expect(answer == ["status": "registered", "recordId": record["Id"] ?? "", "account": "matched"])
            #expect(record["Account__c"] == account)
            #expect(record["Contact_Mobile_Number__c"] == number)
            #expect(record["Name"] == Self.id)
            #expect(record["File_Name__c"] == nil && record["Access_URL__c"] == nil)
            #expect(await bench.calls() == ["GET /query", Self.patch])
            #expect(!bench.log.contains(number.suffix(7)))
        }
    }

    static let patch = "PATCH /sobjects/Call_Recording_Info__c/Contact_Id__c/\(id)"

    @Test func `of several accounts none is linked`() async throws {
        try await RecordingBench.run { bench async throws in
            #expect(try await bench.register(from: "+442079460000")["account"] == "ambiguous")
            let record = try #require(await bench.records()[Self.id])
            #expect(record["Account__c"] == nil)
            #expect(record["Contact_Mobile_Number__c"] == "+442079460000")
        }
    }

    @Test func `without an account the call is registered all the same`() async throws {
        try await RecordingBench.run { bench async throws in
            #expect(try await bench.register(from: "+33123456789")["account"] == "none")
            #expect(await bench.records()[Self.id]?["Contact_Mobile_Number__c"] == "+33123456789")
        }
    }

    @Test(arguments: [nil, "", "anonymous", "+266696687", "sip:agent@example.com"])
    func `a withheld number is registered without asking for an account`(number: String?) async throws {
        try await RecordingBench.run { bench async throws in
            #expect(try await bench.register(from: number)["account"] == "none")
            #expect(await bench.records()[Self.id]?["Contact_Mobile_Number__c"] == nil)
            #expect(await bench.calls() == [Self.patch])
        }
    }

    @Test(arguments: ["CHAT", "TASK", "EMAIL", "SOMETHING_NEW"])
    func `contacts of every channel are registered`(channel: String) async throws {
        try await RecordingBench.run { bench async throws in
            let answer = try await bench.invoke(Events.flow(Self.id, from: nil, channel: channel))
            #expect(answer["status"] as? String == "registered")
            #expect(await bench.records().count == 1)
        }
    }

    @Test func `a retried flow finds its record, and the answer is the same`() async throws {
        try await RecordingBench.run { bench async throws in
            let first = try await bench.register()
            #expect(try await bench.register() == first)
            #expect(try await bench.register(from: nil)["recordId"] == first["recordId"])
            let record = try #require(await bench.records()[Self.id])
            #expect(record["Contact_Mobile_Number__c"] == "+14155550100", "what is not known empties nothing")
        }
    }

    @Test(arguments: ["", "a b", "a/b", "a_b", "../x", "a'b", String(repeating: "a", count: 81)])
    func `a contact without a usable id is refused before anybody is asked`(id: String) async throws {
        try await RecordingBench.run { bench async throws in
            await #expect(throws: FunctionError.self) { try await bench.register(id) }
            #expect(await bench.calls() == [])
        }
    }

    @Test(arguments: [
        ("/query", SalesforceFault.limit, "Function.ServiceUnavailable"),
        ("/sobjects", .limit, "Function.ServiceUnavailable"), ("/sobjects", .html, "Function.ServiceUnavailable"),
    ])
    func `a call that cannot be registered fails the invocation`(
        _ path: String, _ fault: SalesforceFault, _ type: String
    ) async throws {
        try await RecordingBench.run { bench async throws in
            await bench.crm.org.misbehave(fault, times: 9, path: path)
            let error = await #expect(throws: FunctionError.self) { try await bench.register() }
            #expect(error?.errorType == type)
            #expect(await bench.records().isEmpty)
        }
    }

    @Test func `a Salesforce that is busy, has dropped an answer or the session is asked again`() async throws {
        try await RecordingBench.run { bench async throws in
            for fault in [SalesforceFault.busy, .drop, .expired] {
                await bench.crm.org.misbehave(fault, path: "/sobjects")
                #expect(try await bench.register()["status"] == "registered")
            }
            #expect(await bench.records().count == 1)
        }
    }

    @Test func `a slow Salesforce fails the invocation before its time is over`() async throws {
        try await RecordingBench.run { bench async throws in
            await bench.crm.org.misbehave(.slow(milliseconds: 5000), times: 9)
            let start = ContinuousClock.now
            let event = Events.flow(Self.id, from: "+14155550100")
            await #expect(throws: FunctionError.self) { try await bench.invoke(event, within: .seconds(1)) }
            #expect(ContinuousClock.now - start < .seconds(1))
        }
    }

    @Test func `the object and the account's fields are configuration`() async throws {
        try await RecordingBench.run(["ACCOUNT_PHONE_FIELDS": " Phone_Number_Without_Format__c "]) {
            bench async throws in
            // Globex has its number in this form in that field; Soylent has none there.
            #expect(try await bench.register(from: "+14155550100")["account"] == "matched")
            #expect(try await bench.register("c2", from: "+12125550123")["account"] == "none")
        }
        try await RecordingBench.run(["RECORDING_OBJECT": "Other__c"]) { bench async throws in
            let error = await #expect(throws: FunctionError.self) { try await bench.register() }
            #expect(error?.code == .recordRejected)
        }
    }

    @Test func `a record's id is read by the external id when the upsert does not tell`() async throws {
        let crm = try ScriptedSalesforce()
        crm.answer(204, "")
        crm.answer(200, #"{"attributes":{},"Id":"a00000000000001AAA"}"#)
        #expect(try await register(at: crm, from: nil).recordId == "a00000000000001AAA")
        #expect(crm.calls.map(\.method) == ["PATCH", "GET"])
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

    @Test func `the query asks for all forms in all fields at once, and for two accounts at most`() throws {
        let crm = try ScriptedSalesforce()
        let search = AccountSearch(fields: ["Phone", "Mobile__c"], crm: try Self.client(crm))
        #expect(
            search.query(for: ["+1", "it's"]).text
                == "SELECT Id FROM Account WHERE Phone IN ('+1','it\\'s') OR Mobile__c IN ('+1','it\\'s') LIMIT 2")
    }
}
