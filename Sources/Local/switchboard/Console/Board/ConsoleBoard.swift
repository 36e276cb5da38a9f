import Encoding
import Foundation
import JSON
import LocalServices

/// The contact centre as the local Amazon Connect has it, and what ConnectMetrics has made of it in the CRM.
struct ConsoleBoard: Sendable {
    /// The function that writes the rows.
    static let name = "ConnectMetrics"
    /// The hours that are read again where the function's variables say nothing.
    private static let hours = 24

    let project: Project

    var function: Function { Function(name: Self.name, root: project.root) }

    /// The reason why there are no queues, with the command that helps; nil when there may be some.
    var absence: JSONValue? {
        guard function.isBuilt else {
            return [
                "isAvailable": false, "command": .string("./build.sh \(Self.name)"),
                "reason": .string(
                    "\(Self.name), the function that reads them, is not built. Build it, and start the console again."),
            ]
        }
        return nil
    }

    /// The reason why the local services have no queues.
    private static let noInstance: JSONValue = [
        "isAvailable": false,
        "reason": .string(
            "No local Amazon Connect runs: CONNECT_INSTANCE_ARN in events/\(name)/env.json must be an instance's ARN, and "
                + "\(name) must have been built when the console was started."),
    ]

    /// Returns the queues, the agents and the rows: `{"isAvailable": true, "time", "hours", "isAlwaysBusy",
    /// "queues": [{…}], "agents": [{…}], "tables": [{…}]}`, or `{"isAvailable": false, "reason"}`.
    func json(_ backEnds: any ConsoleBackEnds, _ variables: [String: String]) async throws -> JSONValue {
        if let absence { return absence }
        guard let connect = backEnds.connect else { return Self.noInstance }
        let centre = connect.centre
        let now = UTCTime.now.extended
        var tables: [JSONValue] = []
        for kind in BoardTable.Kind.allCases {
            let table = try BoardTable(kind, in: SalesforceFolder(of: project))
            let records = await backEnds.salesforce?.org.records(of: table.object) ?? []
            tables.append(try table.json(records, now: now))
        }
        return [
            "isAvailable": true, "time": .string(now), "hours": .number(Self.hours(variables)),
            "isAlwaysBusy": .bool(await centre.isAlwaysBusy),
            "queues": .array(await centre.queuesNow.map(Self.described)),
            "agents": .array(await centre.agentsNow.map(Self.described)), "tables": .array(tables),
        ]
    }

    private static func described(_ queue: ConnectCentre.QueueNow) -> JSONValue {
        func number(_ metric: String) -> JSONValue { .number(Int(queue.metrics?[metric] ?? 0)) }
        return [
            "id": .string(queue.id), "name": .string(queue.name),
            "channels": .array(queue.channels.map(JSONValue.string)), "isKnown": .bool(queue.metrics != nil),
            "inQueue": number("CONTACTS_IN_QUEUE"), "oldestSeconds": number("OLDEST_CONTACT_AGE"),
            "agentsOnline": number("AGENTS_ONLINE"), "agentsAvailable": number("AGENTS_AVAILABLE"),
            "agentsStaffed": number("AGENTS_STAFFED"), "agentsOnContact": number("AGENTS_ON_CONTACT"),
            "agentsAfterContact": number("AGENTS_AFTER_CONTACT_WORK"),
            "agentsNonProductive": number("AGENTS_NON_PRODUCTIVE"), "agentsError": number("AGENTS_ERROR"),
            "scheduled": number("CONTACTS_SCHEDULED"), "slotsActive": number("SLOTS_ACTIVE"),
            "slotsAvailable": number("SLOTS_AVAILABLE"),
        ]
    }

    private static func described(_ agent: ConnectCentre.AgentNow) -> JSONValue {
        [
            "username": .string(agent.username), "isOnShift": .bool(agent.isOnShift),
            "queues": .array(agent.queues.map(JSONValue.string)),
        ]
    }

    private static func hours(_ variables: [String: String]) -> Int {
        variables["METRICS_BACKFILL_HOURS"].flatMap { Int($0) } ?? hours
    }
}

// MARK: - Reading

extension ConsoleBoard {
    /// A task of the function that reads.
    enum Reading: String {
        case realtime, historical
    }

    /// Runs a task of the built function, and returns what came of it: `{"isError", "sentence"}`.
    ///
    /// The past is read for all the hours that the function makes up for, and not for the last one alone, so that there are
    /// rows at any time of the day.
    func read(
        _ task: Reading, _ functions: ConsoleFunctions, _ services: ConsoleServices, _ variables: [String: String]
    ) async throws -> JSONValue {
        try services.backEnds.check(function)
        guard services.backEnds.connect != nil else { throw Refusal(Self.noInstance["reason"]?.string ?? "") }
        if task == .historical { try await setMark(variables, services.backEnds) }
        let result = try await functions.run(
            function, JSONValue.object(["task": .string(task.rawValue)]).bytes, named: nil, services)
        return ["isError": result["isError"] ?? false, "sentence": .string(Self.sentence(task, result))]
    }

    private static func sentence(_ task: Reading, _ result: JSONValue) -> String {
        let response = result["response"]
        if result["isError"]?.bool == true {
            let words = [response?["errorType"]?.string, response?["errorMessage"]?.string].compactMap(\.self)
            return "\(name) failed: \(words.isEmpty ? response?.text ?? "" : words.joined(separator: ": "))"
        }
        let (rows, written) = (response?["rows"]?.int ?? 0, response?["written"]?.int ?? 0)
        let found = task == .realtime ? count(rows, "queue") : "\(count(rows, "row")) of past intervals"
        let taken = written == 0 ? "nothing to write, since nothing has changed" : "\(count(written, "row")) written"
        let milliseconds = result["milliseconds"]?.scalarText.flatMap(Double.init).map { " in \(Int($0.rounded())) ms" }
        return "\(found) read, \(taken)\(milliseconds ?? "")."
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// Sets the mark of the function's last run back.
    private func setMark(_ variables: [String: String], _ backEnds: any ConsoleBackEnds) async throws {
        guard let table = variables["METRICS_TABLE"], let instance = variables["CONNECT_INSTANCE_ARN"] else { return }
        let mark = Int(Date.now.timeIntervalSince1970) - Self.hours(variables) * 3_600
        try await backEnds.put(
            ["id": ["S": .string("\(Self.name)#historical#\(instance)")], "mark": ["N": .string("\(mark)")]], in: table)
    }
}
