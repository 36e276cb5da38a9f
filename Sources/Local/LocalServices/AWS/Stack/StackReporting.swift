import Encoding
import Foundation
import JSON
import Synchronization
import Timeline

/// The reporting of a deployed stack to a timeline: requests to the local AWS, invocations, messages to queues, and the
/// requests that its functions send.
final class StackReporting: Sendable {
    private let timeline: Timeline
    private let prefix: String
    private let isOn: SharedFlag
    private let sent: Sent
    private let proxy: OutboundProxy
    /// Those of this process who invoke functions.
    let callers = StackCallers()
    private let command: (@Sendable (_ function: String, _ event: [UInt8]) -> String?)?

    /// A switch that the proxy's observer shares: nothing is told of the deploying and the deleting.
    private final class SharedFlag: Sendable {
        private let start = Mutex<String?>(nil)
        /// The ports of the local AWS, which is there after the proxy.
        private let ports = Mutex<Set<UInt16>>([])

        /// Begins now.
        func begin(_ ports: Set<UInt16>) {
            self.ports.withLock { $0 = ports }
            start.withLock { $0 = UTCTime.now.extended }
        }

        func end() {
            start.withLock { $0 = nil }
        }

        /// True for a port of the local AWS.
        func isAWS(_ port: UInt16) -> Bool { ports.withLock { $0.contains(port) } }

        /// True for what began after the beginning, by its time in ISO 8601.
        func includes(_ time: String) -> Bool {
            start.withLock { $0.map { $0 <= time } ?? false }
        }
    }

    /// The requests of each execution environment since its last invocation: one runs one event at a time.
    private final class Sent: Sendable {
        /// The most requests of one invocation that its event lists.
        private static let limit = 200

        private let requests = Mutex<[String: [JSONValue]]>([:])

        func add(_ request: JSONValue, of environment: String) {
            requests.withLock { requests in
                if requests[environment, default: []].count < Self.limit {
                    requests[environment, default: []].append(request)
                }
            }
        }

        func take(of environment: String) -> [JSONValue] {
            requests.withLock { $0.removeValue(forKey: environment) ?? [] }
        }
    }

    private init(
        _ timeline: Timeline, prefix: String, proxy: OutboundProxy, isOn: SharedFlag, sent: Sent,
        command: (@Sendable (_ function: String, _ event: [UInt8]) -> String?)?
    ) {
        self.command = command
        self.timeline = timeline
        self.prefix = prefix
        self.proxy = proxy
        self.isOn = isOn
        self.sent = sent
    }

    /// Runs `body` with a started reporting, or with nil where nobody reads it, and stops it afterwards.
    static func withRunning<Result: Sendable>(
        _ configuration: LocalDeployment.Configuration, salesforce: SalesforceDouble, voiceIt: VoiceItDouble,
        twilio: TwilioMediaDouble, _ body: (StackReporting?) async throws -> Result
    ) async throws -> Result {
        guard let timeline = configuration.timeline else { return try await body(nil) }
        for variables in [salesforce.environment, voiceIt.environment, twilio.environment] {
            timeline.redaction.add(variables: variables)
        }
        timeline.redaction.add(SalesforceUser.tokens + [SalesforceDouble.password])
        let known: [(String, OutboundExchange.Service)] = [
            (salesforce.loginURL, .salesforce), (salesforce.instanceURL, .salesforce), (voiceIt.url, .voiceIt),
            (twilio.url, .twilio),
        ]
        let services = known.reduce(into: [UInt16: OutboundExchange.Service]()) { services, row in
            if let port = row.0.split(separator: ":").last.flatMap({ UInt16($0) }) { services[port] = row.1 }
        }
        let (isOn, sent) = (SharedFlag(), Sent())
        let prefix = "\(configuration.stackName)-"
        let proxy = try await OutboundProxy(
            service: { host, port in
                services[port] ?? (isOn.isAWS(port) && !host.containsBytes(of: ".execute-api.") ? .aws : .other)
            },
            observe: { exchange, user in
                guard isOn.includes(exchange.startedAt) else { return }
                let (name, environment) = Self.parts(of: user)
                let function = name.map { Self.name($0, without: prefix) }
                if let environment { sent.add(exchange.summary, of: environment) }
                for event in exchange.events(function: function, invocation: nil, source: nil) {
                    timeline.report(event)
                }
            })
        let reporting = StackReporting(
            timeline, prefix: prefix, proxy: proxy, isOn: isOn, sent: sent, command: configuration.command)
        do {
            let result = try await body(reporting)
            await proxy.stop()
            return result
        } catch {
            await proxy.stop()
            throw error
        }
    }

    /// The variables that lead a function's requests here; the proxy's user is the function's name, the password its
    /// execution environment.
    var variables: [String: String] { ["http_proxy": "http://{function}:{environment}@127.0.0.1:\(proxy.port)"] }

    /// Returns the project's name of a function of the stack.
    private static func name(_ function: String, without prefix: String) -> String {
        function.hasPrefix(prefix) ? String(function.dropFirst(prefix.count)) : function
    }

    private static func parts(of user: String?) -> (name: String?, environment: String?) {
        guard let user, let colon = user.firstIndex(of: ":") else { return (user, nil) }
        return (String(user[..<colon]), String(user[user.index(after: colon)...]))
    }

    func begin(_ aws: Ministack, _ connect: ConnectDouble?) {
        timeline.redaction.add([aws.secretAccessKey])
        isOn.begin(Set([aws.port] + (connect.map { [$0.port] } ?? [])))
    }

    func end() {
        isOn.end()
    }

    /// Takes a line of the local AWS.
    func take(_ line: String) {
        guard let told = try? JSONValue(parsing: Array(line.utf8)), isOn.includes(Self.time(told)) else { return }
        switch told["type"]?.string {
        case "request":
            for event in Self.exchange(told).events(function: nil, invocation: nil, source: nil) {
                timeline.report(event)
            }
        case "invocation":
            let (event, caller) = (invocation(told), told["caller"]?.string.flatMap { callers.take($0) })
            timeline.report(caller?.named(event) ?? event)
            caller?.pass(event)
        case "message":
            let message = OutboundExchange.Message(
                told["channel"]?.string == "stream" ? .stream : .queue, told["name"]?.string ?? "",
                body: told["data"] == nil ? Array((told["body"]?.string ?? "").utf8) : Self.body(told["data"]),
                id: told["id"]?.string,
                partitionKey: told["partitionKey"]?.string, error: told["error"]?.string)
            timeline.report(message.event)
        default: break
        }
    }

    private static func exchange(_ told: JSONValue) -> OutboundExchange {
        let url = told["url"]?.string ?? ""
        let isAPI = url.containsBytes(of: ".execute-api.")
        return OutboundExchange(
            service: isAPI ? .other : .aws, url: url,
            request: HTTPMessage(
                startLine: "\(told["method"]?.string ?? "") \(url) HTTP/1.1", fields: fields(told["requestHeaders"]),
                body: body(told["requestBody"])),
            response: told["status"]?.int.map { status in
                HTTPMessage(
                    startLine: "HTTP/1.1 \(status) Answer", fields: fields(told["responseHeaders"]),
                    body: body(told["responseBody"]))
            },
            startedAt: time(told), milliseconds: milliseconds(told))
    }

    private static func fields(_ headers: JSONValue?) -> HTTPFields {
        var fields: HTTPFields = [:]
        for (name, value) in (headers?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            fields[name] = value.string
        }
        return fields
    }

    private static func body(_ text: JSONValue?) -> [UInt8] {
        text?.string.flatMap { Base64.decode($0) } ?? []
    }

    private static func milliseconds(_ told: JSONValue) -> Double {
        told["milliseconds"]?.scalarText.flatMap(Double.init) ?? 0
    }

    private static func time(_ told: JSONValue) -> String {
        guard let seconds = told["began"]?.scalarText.flatMap(Double.init) else { return UTCTime.now.extended }
        return UTCTime(sinceEpoch: .milliseconds(Int(seconds * 1000))).extended
    }

    private func invocation(_ told: JSONValue) -> TimelineEvent {
        let name = Self.name(told["function"]?.string ?? "", without: prefix)
        let result = (told["result"] ?? .null).bytes
        let outcome: InvocationOutcome = told["failed"]?.bool == true ? .functionError(result) : .answer(result)
        var event = FunctionReporting.event(
            name, (told["event"] ?? .null).bytes, outcome: outcome,
            duration: .milliseconds(Self.milliseconds(told)))
        event.time = Self.time(told)
        if let input = told["event"], input != .null { event.command = command?(name, input.bytes) }
        var detail = event.detail?.object ?? [:]
        let log = told["log"]?.string ?? ""
        detail["log"] = .array(log.split(whereSeparator: \.isNewline).map { .string(String($0)) })
        detail["requestId"] = told["requestId"]
        if let environment = told["environment"]?.scalarText {
            detail["requests"] = .array(sent.take(of: environment))
        }
        // Null where the local AWS does not know it, such as the memory of a process that has ended.
        for name in ["cold", "initMilliseconds", "memoryMB"] {
            if let value = told[name], value != .null { detail[name] = value }
        }
        event.detail = .object(detail)
        return event
    }
}
