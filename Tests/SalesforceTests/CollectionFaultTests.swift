import Foundation
import JSON
import TestSupport
import Testing

@testable import Salesforce

@Suite(.takingTurns) struct CollectionFaultTests {
    typealias Verdict = SalesforceClient.RecordResult.Verdict

    private static func verdict(_ errors: String) throws -> Verdict {
        let result = try JSONText.decode(
            SalesforceClient.RecordResult.self, from: Array(#"{"success":false,"errors":\#(errors)}"#.utf8))
        return result.verdict(externalID: "Contact_Id__c")
    }

    @Test(
        arguments: [
            (
                #"[{"statusCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","message":"STALE_CONTACT_RECORD: older"}]"#,
                Verdict.stale
            ),
            (
                #"[{"statusCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","message":"Not STALE_CONTACT_RECORD"}]"#,
                .refused(code: "FIELD_CUSTOM_VALIDATION_EXCEPTION")
            ),
            (#"[{"statusCode":"UNABLE_TO_LOCK_ROW","message":"m"}]"#, .locked(code: "UNABLE_TO_LOCK_ROW")),
            (
                #"[{"statusCode":"CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY","message":"T: UNABLE_TO_LOCK_ROW, unable"}]"#,
                .locked(code: "UNABLE_TO_LOCK_ROW")
            ),
            (
                #"[{"statusCode":"DUPLICATE_VALUE","message":"duplicate value found: Contact_Id__c duplicates value"}]"#,
                .locked(code: "DUPLICATE_VALUE")
            ),
            (#"[{"statusCode":"DUPLICATE_VALUE","message":null}]"#, .locked(code: "DUPLICATE_VALUE")),
            (
                #"[{"statusCode":"DUPLICATE_VALUE","message":"duplicate value found: Order__c","fields":["Order__c"]}]"#,
                .refused(code: "DUPLICATE_VALUE")
            ),
            (#"[{"statusCode":"SERVER_UNAVAILABLE"}]"#, .passing(code: "SERVER_UNAVAILABLE")),
            (#"[{"statusCode":"STORAGE_LIMIT_EXCEEDED"}]"#, .passing(code: "STORAGE_LIMIT_EXCEEDED")),
            (#"[{"statusCode":"STRING_TOO_LONG","fields":["X__c"]}]"#, .refused(code: "STRING_TOO_LONG")),
            (#"[{"statusCode":"no code <b>"}]"#, .refused(code: "")), ("[]", .passing(code: "")),
        ] as [(String, Verdict)])
    func `a row's errors are sorted`(errors: String, verdict: Verdict) throws {
        #expect(try Self.verdict(errors) == verdict)
    }

    @Test func `a body is ASCII, and the column that Salesforce names is a record's`() throws {
        let records: [[APIName: FieldValue]] = ["ä€😀", "b", "c"].map { ["Name": .string($0)] }
        let text = try CollectionText("X__c", records, allOrNone: false)
        let bytes = text.bytes
        #expect(bytes.allSatisfy { $0 < 0x80 })
        let body = try JSONValue(parsing: bytes)
        #expect(body["records"]?.array?.map { $0["Name"]?.string } == ["ä€😀", "b", "c"])
        #expect(body["allOrNone"]?.bool == false)
        let string = String(decoding: bytes, as: UTF8.self)
        for (place, name) in ["\\ud83d", #""b""#, #""c""#].enumerated() {
            let range = try #require(string.range(of: name))
            let column = string.utf8.distance(from: string.startIndex, to: range.lowerBound) + 1
            #expect(text.record(atColumn: column) == place)
        }
        #expect(text.record(atColumn: 1) == nil)
        #expect(text.record(atColumn: bytes.count + 5) == nil)
    }

    @Test func `a body that cannot be read names the record`() async throws {
        let fixture = try SalesforceFixture()
        let records: [[APIName: FieldValue]] = (0..<3).map { ["Contact_Id__c": .string("c\($0)")] }
        let text = try CollectionText("X__c", records, allOrNone: false)
        let column = text.bytes.count - 10
        fixture.org.reply(
            .answer(
                ScriptedSalesforce.fault(
                    400, "JSON_PARSER_ERROR", "Cannot deserialize at [line:1, column:\(column)]")))
        let error = await failure { () async throws(SalesforceError) in
            try await fixture.client.upsert("X__c", by: "Contact_Id__c", records, fixture.call())
        }
        #expect(error?.isUnreadableBody == true)
        #expect(error?.record == 2)
        #expect(error?.description.contains("deserialize") == false)
    }

    @Test func `lists are as long as a query takes`() {
        let values = (0..<1000).map { "0ac3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e\($0)" }
        let rest: SOQL = "SELECT Id FROM Task WHERE Contact_Id__c IN ()"
        let lists = SOQL.lists(of: values, beside: rest, length: SOQL.lengthInList)
        #expect(lists.flatMap(\.self) == values)
        #expect(lists.count == 3)
        for list in lists {
            #expect(!SalesforceClient.isTooLong("SELECT Id FROM Task WHERE Contact_Id__c IN \(list)"))
        }
    }
}
