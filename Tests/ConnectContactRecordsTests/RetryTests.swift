import Foundation
import JSON
import TestSupport
import Testing

@testable import ConnectContactRecords

@Suite(.takingTurns) struct RetryTests {
    private typealias Records = ContactRecords
    private static let untasked = ["CONTACT_TASKS": "false"]
    private static let attributes = [
        "CONTACT_TASKS": "false", "CONTACT_ATTRIBUTE_FIELDS": "disposition=Disposition__c, orders = Orders__c",
    ]

    private static func attributed(_ id: String, _ orders: String = "many") -> String {
        Records.taken(id, ["Attributes": ["disposition": "sold", "orders": .string(orders)]])
    }

    @Test func `a row that is locked is written once more, and comes again after that`() async throws {
        let fixture = try ContactRecordsFixture(Self.untasked)
        fixture.crm.set {
            $0.refusal = { _, row, number in
                let id = row["Contact_Id__c"]
                return id == "c1" && number == 2 || id == "c2"
                    ? ContactCRMDouble.Fault(
                        code: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message: "T: UNABLE_TO_LOCK_ROW") : nil
            }
        }
        #expect(try await fixture.invoke(["c1", "c2", "c3"].map { Records.taken($0) }) == "2")
        #expect(Set(fixture.crm.calls.keys) == ["c1", "c3"])
        #expect(fixture.crm.kinds.count == 3)
    }

    @Test func `a row refused for an attribute's field is written without it`() async throws {
        let fixture = try ContactRecordsFixture(Self.attributes)
        fixture.crm.set {
            $0.refusal = { _, row, _ in
                row["Orders__c"]?.string == "many"
                    ? ContactCRMDouble.Fault(code: "STRING_TOO_LONG", fields: ["Orders__c"]) : nil
            }
        }
        #expect(try await fixture.invoke([Self.attributed("c1"), Self.attributed("c2", "1")]) == nil)
        #expect(fixture.crm.calls["c1"]?["Disposition__c"] == "sold")
        #expect(fixture.crm.calls["c1"]?["Orders__c"] == nil)
        #expect(fixture.crm.calls["c2"]?["Orders__c"] == "1")
        #expect(fixture.letters.isEmpty)
        #expect(fixture.log.contains("Orders__c") && !fixture.log.contains("many"))
    }

    @Test func `a person that the flow named and who is gone costs no call`() async throws {
        let fixture = try ContactRecordsFixture(Self.untasked)
        fixture.crm.set {
            $0.refusal = { _, row, _ in
                row["Contact__c"] != nil
                    ? ContactCRMDouble.Fault(code: "INVALID_CROSS_REFERENCE_KEY", message: "invalid id") : nil
            }
        }
        let record = Records.taken("c1", ["Attributes": ["crmRecordId": "003000000000001AAA"]])
        #expect(try await fixture.invoke([record]) == nil)
        #expect(fixture.crm.calls["c1"] != nil)
        // Nobody asks for the number.
        #expect(fixture.crm.kinds == ["Call_Recording_Info__c", "Call_Recording_Info__c"])
    }

    /// Refuses a body with text in `Orders__c`, in a number field, at the column of the first such value, if it names one.
    private static func refuseOrders(
        _ crm: ContactCRMDouble, column: @escaping @Sendable (String) -> Int?
    ) {
        crm.set {
            $0.response = { request, _ in
                guard request.rows.contains(where: { $0["Orders__c"]?.string == "many" }) else { return nil }
                let place = column(request.body).map { " at [line:1, column:\($0)]" } ?? ""
                return ScriptedSalesforce.fault(400, "JSON_PARSER_ERROR", "Cannot deserialize\(place)")
            }
        }
    }

    @Test func `a row that cannot be read is sent without its attributes, with all others`() async throws {
        let fixture = try ContactRecordsFixture(Self.attributes)
        Self.refuseOrders(fixture.crm) { body in
            body.range(of: "many").map { body.utf8.distance(from: body.startIndex, to: $0.lowerBound) + 1 }
        }
        let records = (0..<20).map { Self.attributed("c\($0)", $0 == 7 ? "many" : "1") }
        #expect(try await fixture.invoke(records) == nil)
        #expect(fixture.crm.calls.count == 20)
        #expect(fixture.crm.calls["c7"]?["Orders__c"] == nil && fixture.crm.calls["c7"]?["Disposition__c"] == nil)
        #expect(fixture.crm.calls["c8"]?["Disposition__c"] == "sold")
        #expect(fixture.crm.kinds.count == 3)
    }

    @Test func `without a column a collection is halved, and what is left comes again`() async throws {
        let fixture = try ContactRecordsFixture(Self.attributes)
        Self.refuseOrders(fixture.crm) { _ in nil }
        #expect(try await fixture.invoke([Self.attributed("c0", "1"), Self.attributed("c1")]) == nil)
        #expect(fixture.crm.calls["c0"]?["Disposition__c"] == "sold")
        #expect(fixture.crm.calls["c1"] != nil && fixture.crm.calls["c1"]?["Disposition__c"] == nil)
        let many = try ContactRecordsFixture(Self.attributes)
        Self.refuseOrders(many.crm) { _ in nil }
        let records = (0..<200).map { Self.attributed("c\($0)", $0 % 2 == 0 ? "many" : "1") }
        #expect(try await many.invoke(records) == "2")
        #expect(many.crm.requests.count == 8)
        #expect(many.crm.calls["c0"] != nil && many.letters.isEmpty)
    }

    @Test(arguments: [nil, 0, 1] as [Int?])
    func `whichever rows cannot be read, every batch gets ahead, and all are written in the end`(offset: Int?)
        async throws
    {
        let fixture = try ContactRecordsFixture(Self.attributes.merging(["CONTACT_TASKS": "true"]) { $1 })
        Self.refuseOrders(fixture.crm) { body in
            guard let offset, let value = body.range(of: "many") else { return nil }
            return body.utf8.distance(from: body.startIndex, to: value.lowerBound) + offset
        }
        let bad: Set = [0, 3, 4, 50, 70, 71, 72, 99]
        var records = (0..<100).map { Self.attributed("c\($0)", bad.contains($0) ? "many" : "1") }
        var batches = 0
        while let next = try await fixture.invoke(records), batches < 60 {
            let done = (Int(next) ?? 1) - 1
            try #require(done > 0, "batch \(batches) of \(records.count) got nowhere")
            records.removeFirst(done)
            batches += 1
        }
        #expect(batches < 30)
        #expect(fixture.crm.calls.count == 100 && fixture.crm.tasks.count == 100 && fixture.letters.isEmpty)
        let kept = fixture.crm.calls.count { $0.value["Disposition__c"] == "sold" }
        #expect(kept == 100 - bad.count)
    }

    @Test func `a row refused for one attribute after the other loses them, and not its call`() async throws {
        let fixture = try ContactRecordsFixture(Self.attributes)
        fixture.crm.set {
            $0.refusal = { _, row, _ in
                for field in ["Orders__c", "Disposition__c"] where row[field] != nil {
                    return ContactCRMDouble.Fault(code: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", fields: [field])
                }
                return nil
            }
        }
        #expect(try await fixture.invoke([Self.attributed("c0", "1")]) == nil)
        #expect(fixture.crm.calls["c0"] != nil && fixture.letters.isEmpty)
    }

    @Test func `a column that names another's row takes no attributes from it`() async throws {
        let fixture = try ContactRecordsFixture(Self.attributes)
        Self.refuseOrders(fixture.crm) { body in
            body.range(of: "\"c0\"").map { body.utf8.distance(from: body.startIndex, to: $0.lowerBound) + 1 }
        }
        let records = (0..<4).map { Self.attributed("c\($0)", $0 == 3 ? "many" : "1") }
        #expect(try await fixture.invoke(records) == nil)
        #expect(fixture.crm.calls.count == 4)
        #expect(fixture.crm.calls["c0"]?["Disposition__c"] == "sold")
    }

    @Test(arguments: [
        (400, "MALFORMED_QUERY"), (401, "INVALID_SESSION_ID"), (403, "API_DISABLED_FOR_ORG"), (404, "NOT_FOUND"),
        (403, "REQUEST_LIMIT_EXCEEDED"), (429, "X"), (503, "SERVER_UNAVAILABLE"), (500, "UNKNOWN_EXCEPTION"),
    ])
    func `a request that fails as a whole brings the batch back`(status: Int, code: String) async throws {
        for kind in ["composite", "Call_Recording_Info__c", "Task"] {
            let fixture = try ContactRecordsFixture()
            fixture.crm.set {
                $0.response = { request, _ in
                    request.kind == kind ? ScriptedSalesforce.fault(status, code, "m") : nil
                }
            }
            #expect(try await fixture.invoke([Records.taken("c1"), Records.taken("c2")]) == "1")
            #expect(fixture.letters.isEmpty)
            #expect(fixture.crm.requests.count <= 8)
        }
    }

    @Test func `after a limit that one row meets nothing more is asked`() async throws {
        let fixture = try ContactRecordsFixture()
        fixture.crm.set {
            $0.refusal = { _, row, _ in
                row["Contact_Id__c"] == "c2" ? ContactCRMDouble.Fault(code: "REQUEST_LIMIT_EXCEEDED") : nil
            }
        }
        #expect(try await fixture.invoke([Records.taken("c1"), Records.taken("c2")]) == "1")
        #expect(fixture.crm.kinds.last == "Call_Recording_Info__c")
        #expect(fixture.crm.calls["c1"] != nil && fixture.crm.tasks.isEmpty)
    }

    @Test func `storage that is full is one line, and comes again`() async throws {
        let fixture = try ContactRecordsFixture(Self.untasked)
        fixture.crm.set { $0.refusal = { _, _, _ in ContactCRMDouble.Fault(code: "STORAGE_LIMIT_EXCEEDED") } }
        #expect(try await fixture.invoke([Records.taken("c1"), Records.taken("c2")]) == "1")
        #expect(fixture.log.split(separator: "STORAGE_LIMIT_EXCEEDED").count == 2)
    }

    @Test func `a time that has run out brings the batch back`() async throws {
        let fixture = try ContactRecordsFixture()
        #expect(try await fixture.invoke([Records.taken("c1")], within: .milliseconds(200)) == "1")
        #expect(fixture.crm.requests.isEmpty)
    }
}
