import Foundation
import JSON
import LocalServices
import Timeline

/// Processes of this command beside one local AWS, Salesforce, VoiceIt and Twilio, as `call`, `talk` and `invoke` have
/// them.
struct ProcessBackEnds: ConsoleBackEnds {
    let project: Project
    let backEnds: BackEnds
    /// The functions that are built and have variables.
    let needs: [(function: Function, variables: [String: String])]
    /// The source in which the wrapper API is asked.
    private let asking: TimelineSource.Current
    private let calls = ProcessCalls()

    init(
        _ project: Project, _ backEnds: BackEnds, _ needs: [(function: Function, variables: [String: String])],
        asking: TimelineSource.Current
    ) {
        self.asking = asking
        self.project = project
        self.backEnds = backEnds
        self.needs = needs
    }

    var salesforce: SalesforceDouble? { backEnds.salesforce }
    var connect: ConnectDouble? { backEnds.connect }
    var voiceIt: VoiceItDouble? { backEnds.voice.voiceIt }
    var recordings: TwilioRecordings? { backEnds.recordings }

    func absence(of service: String) -> String { "no function that is built calls \(service)." }

    func arrivals() async throws -> LocalArrivals { try await backEnds.arrivals() }

    func fetch(_ url: String) async throws -> (status: Int, bytes: [UInt8])? { try await backEnds.fetch(url) }

    func put(_ item: JSONValue, in table: String) async throws {
        var seeds = Moto.Seeds(tables: [])
        seeds.items = [table: [item]]
        try await backEnds.moto.add(seeds)
    }

    func throttle(_ isOn: Bool) async throws { try await backEnds.moto.throttle(isOn) }

    func check(_ function: Function) throws { try function.checkIsBuilt() }

    func variables(of function: Function) throws -> [String: String]? {
        try needs.first { $0.function.name == function.name }?.variables ?? project.variables(of: function)
    }

    func command(_ function: Function, eventNamed name: String) -> String {
        ShellCommand.invoke(function.name, eventNamed: name)
    }

    func command(_ function: Function, event: [UInt8]) -> String? { ShellCommand.invoke(function.name, event) }

    func start(_ function: Function, source: TimelineSource?, timeout: Duration?) async throws -> any InvokedFunction {
        var configuration = try configuration(of: function) { source }
        if let timeout { configuration.timeout = timeout }
        return try await ProcessFunction(configuration, source: source, asking: asking)
    }

    func calls(of flow: ContactFlow, _ source: TimelineSource) async throws -> CallParts {
        try await calls.parts(of: flow.usesDigits(in: project) ? .contact : .callerID, source, self)
    }

    func front() async throws -> (any HTTPFront)? { try await calls.front(self) }

    func stop() async { await calls.stop() }

    /// Returns the settings of a function's process; `own` are variables over its own, `source` returns what it is invoked in.
    func configuration(
        of function: Function, _ own: [String: String] = [:], source: @escaping @Sendable () -> TimelineSource?
    ) throws -> LocalFunction.Configuration {
        let declared = try project.template()?.declared(by: function.name)
        let known = needs.first { $0.function.name == function.name }?.variables
        let variables = (known ?? [:]).merging(own.filter { declared?.contains($0.key) ?? true }) { $1 }
        var configuration = LocalFunction.Configuration(
            name: function.name, bootstrap: function.bootstrap.path,
            environment: known == nil ? [:] : backEnds.environment(variables))
        configuration.reporting = backEnds.reporting(source: source)
        return configuration
    }
}
