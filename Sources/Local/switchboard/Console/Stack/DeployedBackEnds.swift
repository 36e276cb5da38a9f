import Foundation
import JSON
import LocalServices
import Synchronization
import Timeline

/// A stack in a local AWS, whose functions are invoked as Amazon Connect, Alexa and Twilio invoke them.
final class DeployedBackEnds: ConsoleBackEnds {
    private let project: Project
    private let deployment: LocalDeployment
    /// The variables of the stack's functions, by the project's names of these.
    private let functions: [String: [String: String]]
    /// The text messages in the order in which they were first seen: the local SNS keeps them by number.
    private let texts = Mutex<[String]>([])

    init(_ project: Project, _ deployment: LocalDeployment) async throws {
        self.project = project
        self.deployment = deployment
        functions = try await deployment.variables()
        // The local VoiceIt has no dashboard for registering phrases.
        for variables in functions.values { await deployment.voiceIt.account.register(variables) }
    }

    /// The functions of the project that are in the stack, with their variables.
    var needs: [(function: Function, variables: [String: String])] {
        project.functions.compactMap { function in functions[function.name].map { (function, $0) } }
    }

    // MARK: Services

    /// A parameter may lead the stack's functions past a local service, which is of no use then.
    private func used<Service>(_ service: Service, _ url: String, by parameter: String) -> Service? {
        deployment.parameters[parameter] == url ? service : nil
    }

    var salesforce: SalesforceDouble? {
        used(deployment.salesforce, deployment.salesforce.loginURL, by: "SalesforceLoginUrl")
    }
    var connect: ConnectDouble? { deployment.connect }
    var voiceIt: VoiceItDouble? { used(deployment.voiceIt, deployment.voiceIt.url, by: "VoiceItBaseUrl") }
    var recordings: TwilioRecordings? {
        used(deployment.twilio.recordings, deployment.twilio.url, by: "TwilioMediaHosts")
    }

    func absence(of service: String) -> String { "the stack's parameters lead its functions to another \(service)." }

    func arrivals() async throws -> LocalArrivals {
        let (emails, texts) = try await deployment.aws.messages()
        let found = Dictionary(texts.map { ($0.messageID, $0) }) { first, _ in first }
        let ids = self.texts.withLock { seen in
            let known = Set(seen)
            seen += texts.map(\.messageID).filter { !known.contains($0) }
            return seen
        }
        return LocalArrivals(
            emails: emails, texts: ids.compactMap { found[$0] }, created: await salesforce?.org.created)
    }

    /// Fetches from the stack's API or its AWS, over the redirect of a recording's link.
    func fetch(_ url: String) async throws -> (status: Int, bytes: [UInt8])? {
        var next = url
        for _ in 0..<3 {
            guard isOwn(next) else { return nil }
            let answer = try await deployment.request("GET", next)
            guard (300..<400).contains(answer.status), let location = answer.location else {
                return (answer.status, answer.body)
            }
            next = location
        }
        return nil
    }

    /// True for a URL of the local AWS, whatever its host's name.
    private func isOwn(_ url: String) -> Bool {
        guard let parts = URLComponents(string: url), let host = parts.host else { return false }
        let isLoopback = host == "127.0.0.1" || host == "localhost" || host.hasSuffix(".localhost")
        return parts.scheme == "http" && isLoopback && parts.port == Int(deployment.aws.port)
    }

    func put(_ item: JSONValue, in table: String) async throws {
        try await deployment.aws.call(
            "DynamoDB_20120810.PutItem", of: .dynamoDB, ["TableName": .string(table), "Item": item],
            unsigned: deployment.aws.own)
    }

    func throttle(_ isOn: Bool) async throws { try await deployment.aws.throttle(isOn) }

    // MARK: Functions

    func check(_ function: Function) throws {
        guard functions[function.name] != nil else {
            throw Refusal(
                "\(function.name) is not in the stack: \(Template.file) does not have it, or a parameter switches its group off."
            )
        }
    }

    func variables(of function: Function) -> [String: String]? { functions[function.name] }

    func command(_ function: Function, eventNamed name: String) -> String {
        ShellCommand.invoke(deployed: deployment.name(of: function.name), "file://events/\(function.name)/\(name).json")
    }

    func command(_ function: Function, event: [UInt8]) -> String? {
        ShellCommand.invoke(deployed: deployment.name(of: function.name), event)
    }

    func start(_ function: Function, source: TimelineSource?, timeout: Duration?) throws -> any InvokedFunction {
        try check(function)
        return DeployedFunction(deployment: deployment, name: function.name, source: source)
    }

    // MARK: Calls

    func calls(of flow: ContactFlow, _ source: TimelineSource) throws -> CallParts {
        let isTransferred = flow.actions.contains { $0.type == "TransferParticipantToThirdParty" }
        let binding = deployment.parameters[VoiceAuthBinding.parameter] ?? VoiceAuthBinding.contact.rawValue
        let own: VoiceAuthBinding = flow.usesDigits(in: project) ? .contact : .callerID
        guard !isTransferred || binding == own.rawValue else {
            throw Refusal(
                "This flow needs a stack with \(VoiceAuthBinding.parameter)=\(own.rawValue), and this one has \(binding): "
                    + "end the console, and start it with --parameter-overrides \(VoiceAuthBinding.parameter)=\(own.rawValue)."
            )
        }
        return CallParts(
            functions: DeployedFunctions(deployment: deployment, names: functions.keys.sorted(), source: source),
            line: line(source: source))
    }

    private func line(source: TimelineSource) -> TwilioLine? {
        guard let api = api(source: source), let variables = functions["TwilioVoice"] else { return nil }
        return TwilioLine(
            variables.merging(deployment.twilio.environment) { $1 }, front: api, recordings: recordings)
    }

    private func api(source: TimelineSource?) -> DeployedAPI? {
        deployment.output("HttpApiUrl").map { DeployedAPI(deployment: deployment, url: $0, source: source) }
    }

    func front() -> (any HTTPFront)? { api(source: nil) }

    func stop() async {}
}
