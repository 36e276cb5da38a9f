import JSON
import Testing

/// The measure of contact records: whatever happens on their way, the CRM's rows are those of a straightforward reading.
///
/// The function runs as it is deployed, over HTTP. What the simulation itself sees is tried with the plainest function that
/// keeps to the contract.
@Suite struct ContactSimulationTests {
    private func run(_ simulation: ContactSimulation, _ flaw: PlainHandler.Flaw? = nil) async throws
        -> ContactSimulationReport
    {
        try await simulation.run { crm in
            let plain = PlainHandler(crm: crm, flaw: flaw)
            let handler: ContactRecordsHandler = { try await plain.handle($0) }
            return { handler }
        }
    }

    @Test(.timeLimit(.minutes(30)))
    func `every contact's rows are those of its newest record, none lost and none twice`() async throws {
        let report = try await ContactSimulation().runFunction()
        print(report)
        #expect(report.faults.isEmpty, "\(report.faults.joined(separator: "\n"))")
        // What it is about has happened.
        #expect(report.stream.repeats > 0 && report.stream.overtaken > 0 && report.stream.poison > 0)
        let counts = report.counts
        #expect(counts.refusals > 0 && counts.hangs > 0 && counts.kills > 0 && counts.outages > 0)
        #expect(report.course.starts == counts.kills + 1 || report.course.starts == counts.kills)
        #expect(report.found.tasks.values.contains { $0["Subject"] == "Missed call: call back" })
    }

    @Test func `the plainest function has the same rows`() async throws {
        let report = try await run(ContactSimulation(seed: 5, contacts: 1000))
        #expect(report.faults.isEmpty, "\(report.faults.joined(separator: "\n"))")
    }

    @Test(arguments: PlainHandler.Flaw.allCases)
    func `a function with a flaw is seen`(flaw: PlainHandler.Flaw) async throws {
        let report = try await run(ContactSimulation(seed: 7, contacts: 1500), flaw)
        #expect(!report.faults.isEmpty, "\(flaw)")
    }

    @Test func `a CRM that takes older records is seen`() async throws {
        let report = try await run(ContactSimulation(seed: 7, contacts: 500, hasRule: false))
        #expect(report.faults.contains { $0.contains("Last_Update__c") })
    }

    @Test func `the same seed makes the same course, and another one another`() async throws {
        let first = try await run(ContactSimulation(seed: 1, contacts: 200))
        #expect(try await run(ContactSimulation(seed: 1, contacts: 200)).description == first.description)
        #expect(try await run(ContactSimulation(seed: 2, contacts: 200)).found != first.found)
    }

    @Test func `in calm weather every record is given once`() async throws {
        let report = try await run(ContactSimulation(seed: 3, contacts: 300, climate: .calm))
        #expect(report.faults.isEmpty && report.course.failures == 0 && report.counts.kills == 0)
        #expect(report.course.starts == 1)
    }

    @Test func `one number that was not given is a fault`() async throws {
        let report = try await ContactSimulation(seed: 4, contacts: 5, climate: .calm).run { crm in
            let given = Once()
            let handler: ContactRecordsHandler = { batch in
                if given.isFirst { return ["4965"] }
                return try await PlainHandler(crm: crm).handle(batch)
            }
            return { handler }
        }
        #expect(report.faults == ["The function names a record that it was not given."])
    }
}
