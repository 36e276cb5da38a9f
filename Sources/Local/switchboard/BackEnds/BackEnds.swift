import Foundation
import JSON
import LocalServices
import Settings
import Timeline

/// The local services that functions run against: one AWS for all of them, seeded from their variables, and, where a
/// variable asks for them, one Salesforce with the wrapper API, one VoiceIt, one Twilio and one Amazon Connect.
struct BackEnds: Sendable {
    private let project: Project
    let moto: Moto
    let voice: VoiceServices
    /// The local Amazon Connect; nil where no function names an instance.
    let connect: ConnectDouble?
    /// The timeline of the run; nil when nobody reads one.
    private let timeline: Timeline?
    /// True when the requests that functions send are followed.
    private let followsRequests: Bool
    /// Returns the call, conversation or run in which a function asks the wrapper API.
    private let source: @Sendable () -> TimelineSource?
    private(set) var salesforce: SalesforceDouble?
    private var wrapper: String?

    /// Runs `body` with started services and ends them afterwards, however `body` ends.
    ///
    /// - Parameters:
    ///   - addition: An addition to the local Salesforce, after those of the functions' own files.
    ///   - timeline: The timeline that gets what the functions do.
    ///   - followsRequests: True to follow the requests that they send, through a proxy.
    ///   - source: The call, conversation or run in which a function asks the wrapper API.
    static func withRunning<Result: Sendable>(
        _ project: Project, _ functions: [(function: Function, variables: [String: String])],
        salesforce addition: SalesforceAddition? = nil, timeline: Timeline? = nil, followsRequests: Bool = false,
        source: @escaping @Sendable () -> TimelineSource? = { nil }, _ body: (BackEnds) async throws -> Result
    ) async throws -> Result {
        let needsWrapper = functions.contains { LocalVariables.needWrapper($0.variables) }
        let wrapper = needsWrapper ? try CRMService.variables(in: project) : nil
        let all = functions + (wrapper.map { [$0] } ?? [])
        let variables = all.map(\.variables)
        let seeds = try seeds(for: all)
        timeline?.redaction.add(seeds.secrets.values)
        return try await Moto.withRunning(virtualEnvironment: project.virtualEnvironment.path, seeds: seeds) { moto in
            timeline?.redaction.add([moto.secretAccessKey])
            return try await VoiceServices.withRunning(for: variables) { voice in
                try await ConnectService.withRunning(for: variables, callers: moto) { connect in
                    let backEnds = BackEnds(
                        project: project, moto: moto, voice: voice, connect: connect, timeline: timeline,
                        followsRequests: followsRequests, source: source)
                    guard variables.contains(where: LocalVariables.needSalesforce) else {
                        if addition != nil {
                            Terminal.say("No function calls the local Salesforce: --salesforce has no use.")
                        }
                        return try await body(backEnds)
                    }
                    var additions = try all.compactMap(\.function.salesforceFile).map(SalesforceFile.addition)
                    additions += addition.map { [$0] } ?? []
                    return try await backEnds.withSalesforce(additions, wrapper, in: project, body)
                }
            }
        }
    }

    /// Runs `body` with a local Salesforce beside these services, and with the wrapper API where a function needs it.
    private func withSalesforce<Result: Sendable>(
        _ additions: [SalesforceAddition], _ wrapper: (function: Function, variables: [String: String])?,
        in project: Project, _ body: (BackEnds) async throws -> Result
    ) async throws -> Result {
        var configuration = SalesforceDouble.Configuration()
        configuration.pageSize = SalesforceDouble.ownPageSize
        configuration.additions = additions
        return try await SalesforceDouble.withRunning(configuration) { salesforce in
            var backEnds = self
            backEnds.salesforce = salesforce
            timeline?.redaction.add(variables: salesforce.environment)
            timeline?.redaction.add(SalesforceUser.tokens)
            guard let wrapper else { return try await body(backEnds) }
            let services = backEnds
            let routes = try project.routes(to: CRMService.function)
            return try await CRMService.withRunning(
                wrapper.function, services.environment(wrapper.variables), routes: routes,
                reporting: services.reporting(source: source)
            ) { url in
                var services = services
                services.wrapper = url
                return try await body(services)
            }
        }
    }

    /// Returns the variables of a function: its own, the local table where it names none, and those that point to the
    /// local services.
    func environment(_ variables: [String: String]) -> [String: String] {
        let own = LocalVariables.resolved(
            voice.resolved(ConnectService.resolved(variables.filter { !$0.value.isEmpty }, connect)),
            salesforce: salesforce, wrapper: wrapper)
        return ["IDEMPOTENCY_TABLE": Moto.idempotencyTable].merging(own) { $1 }.merging(moto.environment) { $1 }
    }

    /// Returns the reporting of a function's invocations, each in the source of its time; nil when nobody reads it.
    func reporting(source: @escaping @Sendable () -> TimelineSource? = { nil }) -> FunctionReporting? {
        guard let timeline else { return nil }
        var reporting = FunctionReporting(timeline)
        reporting.source = source
        reporting.command = { function, event in
            // Without the secrets that are left out of it an event does something else.
            let own = ShellCommand.invoke(function, event)
            return own.flatMap { timeline.redaction.redacted($0) == $0 ? $0 : nil }
        }
        guard followsRequests else { return reporting }
        var services: [UInt16: OutboundExchange.Service] = [moto.port: .aws]
        let urls: [(String?, OutboundExchange.Service)] = [
            (salesforce?.loginURL, .salesforce), (salesforce?.instanceURL, .salesforce),
            (voice.voiceIt?.url, .voiceIt), (voice.twilio?.url, .twilio), (connect?.url, .aws),
        ]
        for (url, service) in urls {
            if let port = url.flatMap({ URL(string: $0)?.port }).flatMap(UInt16.init(exactly:)) {
                services[port] = service
            }
        }
        reporting.services = services
        return reporting
    }

    /// Returns what the local services accepted so far.
    func arrivals() async throws -> LocalArrivals {
        let (emails, texts) = try await moto.messages()
        let queued = try await moto.requests().flatMap(LocalArrivals.QueueMessage.all)
        return LocalArrivals(emails: emails, texts: texts, queued: queued, created: await salesforce?.org.created)
    }

    /// Returns every call of the local AWS and of the local Amazon Connect.
    func requests() async throws -> [Moto.RecordedRequest] {
        try await moto.requests() + (await connect?.centre.calls ?? [])
    }

    /// Restores the local VoiceIt's users, which another function's events may have changed.
    func renewUsers() async {
        await voice.voiceIt?.account.addLocalUsers()
    }

    /// The recordings of the local Twilio; nil when there is none.
    var recordings: TwilioRecordings? { voice.twilio?.recordings }

    /// Returns the local AWS's response to a URL that a function returned; nil when it points elsewhere.
    func fetch(_ url: String) async throws -> (status: Int, bytes: [UInt8])? {
        try await moto.fetch(url)
    }

    private static func seeds(
        for functions: [(function: Function, variables: [String: String])]
    ) throws -> Moto.Seeds {
        let seeds = try functions.map {
            try self.seeds(for: $0.variables, secrets: $0.function.secretFile, items: $0.function.itemFile)
        }
        var all = Moto.Seeds()
        all.senders = Set(seeds.flatMap(\.senders)).sorted()
        all.tables = Set(all.tables + seeds.flatMap(\.tables)).sorted()
        all.buckets = seeds.flatMap(\.buckets).reduce(into: []) { buckets, next in
            if !buckets.contains(where: { $0.name == next.name }) { buckets.append(next) }
        }
        all.queues = Set(seeds.flatMap(\.queues)).sorted()
        all.secrets = seeds.reduce(into: [:]) { $0.merge($1.secrets) { $1 } }
        all.items = seeds.reduce(into: [:]) { $0.merge($1.items) { $0 + $1 } }
        return all
    }

    /// Returns the resources that a function with these variables needs: its senders, its tables with their items, its
    /// buckets, its queues and its secrets.
    static func seeds(
        for variables: [String: String], secrets file: URL? = nil, items: URL? = nil
    ) throws -> Moto.Seeds {
        let senders = [variables["EMAIL_FROM"], variables["EMAIL_ALLOWED_SENDERS"]].compactMap { $0 }
            .flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        let tables = variables.filter { $0.key.hasSuffix("_TABLE") && !$0.value.isEmpty }.map(\.value)
        let audio = [variables["AUDIO_BUCKET"]].compactMap { $0 }.filter { !$0.isEmpty }.map(LocalBucket.jokes(named:))
        let recordings = [variables["RECORDINGS_BUCKET"]].compactMap { $0 }.filter { !$0.isEmpty }.map { name in
            LocalBucket.recordings(named: name, prefix: variables["RECORDINGS_PREFIX"] ?? "")
        }
        var seeds = Moto.Seeds(
            senders: senders, tables: tables, secrets: try file.map(secrets) ?? [:], buckets: audio + recordings)
        // A queue's URL ends with its name, whatever the host: requests go to the local AWS.
        seeds.queues = variables.filter { $0.key.hasSuffix("_QUEUE_URL") }.compactMap { URL(string: $0.value) }
            .map(\.lastPathComponent).filter { !$0.isEmpty }
        seeds.items = try items.map(self.items) ?? [:]
        return seeds
    }

    /// Returns items by table, each in DynamoDB's JSON.
    private static func items(in file: URL) throws -> [String: [JSONValue]] {
        guard let tables = try Files.json(file, "file of items").object,
            tables.values.allSatisfy({ $0.array != nil })
        else {
            throw Refusal("\(file.path) must be an object of table names and lists of items in DynamoDB's JSON.")
        }
        return tables.mapValues { $0.array ?? [] }
    }

    private static func secrets(in file: URL) throws -> [String: String] {
        guard case .object(let secrets) = try Files.json(file, "file of secrets") else {
            throw Refusal("\(file.path) must be an object of secret names and their values.")
        }
        return secrets.mapValues { $0.string ?? $0.text }
    }
}
