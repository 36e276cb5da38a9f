import AWS
import ArgumentParser
import Encoding
import Foundation
import JSON
import LocalServices
import Settings

struct MetricsRowsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows", abstract: "Runs ConnectMetrics on the local Amazon Connect, and prints its rows.",
        usage: "switchboard metrics rows [<options>]",
        discussion: """
            The built function reads the contact center's last hours, by the interval of METRICS_INTERVAL, and its queues as \
            they are, and writes them to the local Salesforce. What is there then is printed, for metrics picture --rows.

              switchboard metrics rows --hours 72 --until 2026-11-29T15:04:00Z > rows.json
            """)

    private static let name = "ConnectMetrics"

    @Option(help: "The hours to read, 1 to 72.")
    var hours = 24

    @Option(help: "FIFTEEN_MIN, THIRTY_MIN or HOUR.")
    var interval = "HOUR"

    @Option(help: "The time that it is: what comes after it is left out. Default: now.")
    var until: String?

    /// The time that it is.
    private var end: Date? {
        until.map { UTCTime.sinceEpoch(parsing: $0).map { Date(timeIntervalSince1970: $0 / .seconds(1)) } } ?? Date()
    }

    func validate() throws {
        guard end != nil else { throw ValidationError("--until takes a time such as 2026-11-29T15:04:00Z.") }
        guard (1...72).contains(hours) else { throw ValidationError("--hours takes 1 to 72.") }
        guard ["FIFTEEN_MIN", "THIRTY_MIN", "HOUR"].contains(interval) else {
            throw ValidationError("--interval takes FIFTEEN_MIN, THIRTY_MIN or HOUR.")
        }
    }

    func run() async throws {
        let project = try Project.locate()
        let function = try project.function(named: Self.name)
        try function.checkIsBuilt()
        let own = try project.variables(of: function) ?? [:]
        let variables = own.merging(["METRICS_INTERVAL": interval, "METRICS_BACKFILL_HOURS": "\(hours)"]) { $1 }
        let written = try await BackEnds.withRunning(project, [(function, variables)]) { backEnds in
            let environment = backEnds.environment(variables)
            try await setMark(environment)
            try await invoke("historical", function, environment)
            try await ConnectService.withRunning(for: [variables], callers: backEnds.moto, at: end) { connect in
                let then = connect.map { ["AWS_ENDPOINT_URL_CONNECT": $0.url] } ?? [:]
                try await invoke("realtime", function, environment.merging(then) { $1 })
            }
            return await records(in: backEnds.salesforce)
        }
        Terminal.print(payload: JSONValue.object(written).bytes)
    }

    private func invoke(_ task: String, _ function: Function, _ environment: [String: String]) async throws {
        let log = try LogFile(named: Self.name)
        var configuration = LocalFunction.Configuration(
            name: Self.name, bootstrap: function.bootstrap.path, environment: environment)
        configuration.output = log.descriptor
        configuration.timeout = .seconds(300)
        try await LocalFunction.withRunning(configuration) { process in
            let outcome = await process.invoke(JSONValue.object(["task": .string(task)]).bytes).outcome
            guard !outcome.isError else {
                let answer = String(decoding: outcome.payload, as: UTF8.self)
                throw Refusal("ConnectMetrics failed at \(task): \(answer)\n\(log.end(lines: 5))")
            }
        }
    }

    /// Sets the mark back, so that the function reads so many hours, and not a first run's one.
    private func setMark(_ environment: [String: String]) async throws {
        let settings = Environment(environment)
        let client = AWSClient(configuration: try settings.read(AWSConfiguration.variable))
        let mark = Int(Date().timeIntervalSince1970) - hours * 3600
        let id = "\(Self.name)#historical#\(environment["CONNECT_INSTANCE_ARN"] ?? "")"
        _ = try await DynamoDBClient(client).putItem(
            table: environment["METRICS_TABLE"] ?? "", item: ["id": .string(id), "mark": .number(mark)],
            deadline: .now + .seconds(10))
    }

    /// Returns the rows up to the time that it is, without what Salesforce itself fills, what is empty, and times to the
    /// millisecond.
    private func records(in salesforce: SalesforceDouble?) async -> [String: JSONValue] {
        let system: Set = ["Id", "OwnerId", "CreatedDate", "LastModifiedDate", "SystemModstamp"]
        let last = UTCTime(secondsSinceEpoch: Int((end ?? Date()).timeIntervalSince1970)).extended
        var records: [String: JSONValue] = [:]
        for object in MetricRows.objects {
            var rows: [JSONValue] = []
            for record in await salesforce?.org.records(of: object) ?? [] {
                let fields = record.filter { !system.contains($0.key) && $0.value != .null }
                guard let time = (fields["As_Of__c"] ?? fields["Interval_End__c"])?.string,
                    time.prefix(19) <= last.prefix(19),
                    fields["As_Of__c"] != nil || fields["Handle_Seconds__c"] != nil
                else { continue }
                rows.append(.object(fields))
            }
            records[object] = .array(rows)
        }
        return records
    }
}
