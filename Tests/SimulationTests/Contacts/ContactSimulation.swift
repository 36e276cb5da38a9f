import Foundation

/// Many contacts whose records reach a CRM through a function, in all the ways in which things go wrong, and the comparison
/// with a straightforward reading of the records.
///
/// `SIMULATION_SEED` and `SIMULATION_CONTACTS` choose others than those of the suite.
struct ContactSimulation: Sendable {
    var seed = Int(Self.variable("SIMULATION_SEED")) ?? 20_261_129
    var contacts = Int(Self.variable("SIMULATION_CONTACTS")) ?? 2000
    var climate = CRMWeather.Climate()
    /// False for a CRM without the validation rule.
    var hasRule = true

    private static func variable(_ name: String) -> String { ProcessInfo.processInfo.environment[name] ?? "" }

    /// Runs a function with a CRM: `prepare` is called once, and what it returns starts each process.
    func run(_ prepare: (SimulatedCRM) async throws -> ContactRecordsStart) async throws -> ContactSimulationReport {
        let seed = "\(seed)"
        let stream = ContactStream(ContactCenter(seed: seed), contacts: contacts, seed: seed)
        let clock = SimulationClock(isReal: false, seed: "\(seed) clock")
        let weather = CRMWeather(climate, seed: seed, clock: clock)
        let crm = SimulatedCRM(weather, hasRule: hasRule)
        let driver = ShardDriver(weather: weather, start: try await prepare(crm))
        let course = try await driver.run(stream.shards)
        return ContactSimulationReport(
            simulation: self, stream: stream, course: course, counts: weather.counts, length: weather.time,
            expected: ContactReading(stream), found: crm.reading)
    }
}

/// The figures of a simulation of contacts, and its faults.
struct ContactSimulationReport: Sendable, CustomStringConvertible {
    let simulation: ContactSimulation
    let stream: ContactStream
    let course: ShardDriver.Course
    let counts: CRMWeather.Counts
    /// The simulated time until everything was written.
    let length: Duration
    let expected: ContactReading
    let found: ContactReading

    /// What is wrong; empty when the CRM has what the records say.
    var faults: [String] {
        var faults = course.faults + expected.differences(from: found)
        if course.expired > 0 { faults.append("\(course.expired) records were given up: they were too old.") }
        return faults
    }

    /// One line.
    var description: String {
        let records = stream.shards.map(\.count).reduce(0, +)
        return """
            simulation, contacts: \(simulation.contacts) of seed \(simulation.seed), \(records) records \
            (\(stream.repeats) repeated, \(stream.overtaken) overtaken, \(stream.poison) that cannot work), \
            \(found.calls.count) call records, \(found.tasks.count) tasks, \(found.dead.count) dead letters; \
            \(course.invocations) invocations, \(course.failures) failed, \(counts.requests) requests \
            (\(counts.refusals) throttled, \(counts.hangs) without an answer, \(counts.outages) while the CRM was away), \
            \(counts.kills) processes killed, \(Int(length / .seconds(60))) simulated minutes, \(faults.count) faults
            """
    }
}
