import HTTPClient
import HTTPTypes
import JSON
import Testing

/// The front through which a function reaches the simulated CRM.
@Suite struct SimulatedOrgTests {
    private static let contact = "11111111-2222-3333-4444-555555555555"

    private func org(_ climate: CRMWeather.Climate = .calm) throws -> SimulatedOrg {
        try SimulatedOrg(
            SimulatedCRM(CRMWeather(climate, seed: "org", clock: SimulationClock(isReal: false, seed: "org"))))
    }

    private func send(
        _ org: SimulatedOrg, _ method: HTTPRequest.Method, _ path: String, _ json: JSONValue
    ) async throws -> (status: Int, json: JSONValue) {
        let authority = String((org.environment["SALESFORCE_LOGIN_URL"] ?? "").dropFirst("http://".count))
        let request = HTTPRequest(
            method: method, scheme: "http", authority: authority, path: "/services/data/v62.0/composite\(path)")
        let answer = try await CurlClient().send(request, body: json.bytes, deadline: .now + .seconds(10))
        return (answer.head.status.code, try JSONValue(parsing: answer.body))
    }

    @Test func `an older call record is stale, and times of any form are compared`() async throws {
        let org = try org()
        func upsert(_ update: String) async throws -> JSONValue? {
            let row: JSONValue = [
                "attributes": ["type": "Call_Recording_Info__c"], "Contact_Id__c": .string(Self.contact),
                "Last_Update__c": .string(update),
            ]
            return try await send(
                org, .patch, "/sobjects/Call_Recording_Info__c/Contact_Id__c", ["records": [row]]
            ).json.array?.first
        }
        #expect(try await upsert("2026-11-18T12:00:01.000Z")?["success"]?.bool == true)
        let stale = try await upsert("2026-11-18T12:00:00Z")
        #expect(stale?["errors"]?.array?.first?["message"]?.string?.hasPrefix("STALE_CONTACT_RECORD") == true)
        #expect(try await upsert("2026-11-18T12:00:01+0000")?["success"]?.bool == true)
        #expect(org.crm.reading.calls[Self.contact]?["Last_Update__c"] == "2026-11-18T12:00:01Z")
    }

    @Test func `a task is created once, found by its contact, and updated by its id`() async throws {
        let org = try org()
        let task: JSONValue = ["Contact_Id__c": .string(Self.contact), "Subject": "Inbound call"]
        let first = try await send(org, .post, "/sobjects", ["records": [task]]).json.array?.first
        let second = try await send(org, .post, "/sobjects", ["records": [task]]).json.array?.first
        #expect(first?["success"]?.bool == true && second?["success"]?.bool == false)
        let query = "/services/data/v62.0/query?q=SELECT+Id+FROM+Task+WHERE+Contact_Id__c+IN+('\(Self.contact)','x')"
        let found = try await send(
            org, .post, "", ["compositeRequest": [["url": .string(query), "method": "GET", "referenceId": "q0"]]])
        let part = found.json["compositeResponse"]?.array?.first
        #expect(part?["referenceId"] == "q0")
        let id = part?["body"]?["records"]?.array?.first?["Id"]
        #expect(id != nil && id == first?["id"])
        let change: JSONValue = ["Id": id ?? .null, "CallDisposition": "Refund"]
        _ = try await send(org, .patch, "/sobjects", ["records": [change]])
        #expect(org.crm.reading.tasks[Self.contact]?["CallDisposition"] == "Refund")
        #expect(org.crm.reading.tasks.count == 1)
    }

    @Test func `while the CRM is away it is 503, or nothing`() async throws {
        let org = try org(CRMWeather.Climate(throttles: 1000, losses: 0, hangs: 0, kills: 0, outage: nil))
        #expect(try await send(org, .post, "/sobjects", ["records": []]).status == 503)
        let dead = try self.org(CRMWeather.Climate(throttles: 0, losses: 1000, hangs: 0, kills: 0, outage: nil))
        await #expect(throws: HTTPClientError.self) { try await send(dead, .post, "/sobjects", ["records": []]) }
    }
}
