package import AWS
import Encoding
import Foundation
import HTTPTypes
import JSON

/// The state and the responses of the local Amazon Connect, without its socket.
package actor ConnectCentre {
    /// A request with the time at which it came.
    package struct RecordedRequest: Sendable {
        /// The operation's name; empty for an unknown one.
        package let operation: String
        package let method: String
        package let path: String
        package let body: String
        package let status: Int
        package let time: ContinuousClock.Instant
    }

    package nonisolated let instance: ConnectInstance
    let configuration: ConnectDouble.Configuration
    /// The traffic, of which queues and agents may be removed.
    var traffic: ContactTraffic
    /// The present metrics of queues that a test has set.
    var present: [String: [String: Double?]] = [:]
    var pages: [String: Page] = [:]
    package private(set) var requests: [RecordedRequest] = []
    private var quarters: [Int: ContactTraffic.Quarter] = [:]
    private var throttle = ConnectThrottle()
    private var faults = AwaitedFaults()
    private var pace: Duration?
    private var tokens = 0

    /// The rest of a response that was announced by a token.
    struct Page {
        /// The request without its token: a page's must be the same.
        let request: String
        let rest: [JSONValue]
        let expires: Date
    }

    init(_ configuration: ConnectDouble.Configuration) {
        self.configuration = configuration
        instance = configuration.instance
        traffic = configuration.traffic
    }

    var now: Int { Int(configuration.now().timeIntervalSince1970) }

    // MARK: For tests and people

    /// Makes the next calls whose path contains `path` fail.
    package func misbehave(_ fault: ServiceFault, times: Int = 1, path: String = "") {
        faults.add(fault, times: times, path: path)
    }

    /// Ends a fault that lasts.
    package func recover(from fault: ServiceFault) { faults.remove(fault) }

    /// Makes every quarter of an hour busy, past ones too, with every agent at work; or takes the time of day again.
    package func keepBusy(_ isOn: Bool) {
        traffic = ContactTraffic(
            seed: traffic.seed, queues: traffic.queues, agents: traffic.agents, isAlwaysBusy: isOn)
        quarters = [:]
    }

    /// Sets the time that every response takes.
    package func take(milliseconds: Int) { pace = .milliseconds(milliseconds) }

    /// Sets a queue's present metrics; of those that are not named there are none.
    package func set(_ values: [String: Double?], of queue: String) { present[queue] = values }

    /// Removes queues and agents by their ids, as an administrator does.
    package func remove(_ ids: Set<String>) {
        traffic = ContactTraffic(
            seed: traffic.seed, queues: traffic.queues.filter { !ids.contains($0.id) },
            agents: traffic.agents.filter { !ids.contains($0.id) }, isAlwaysBusy: traffic.isAlwaysBusy)
        quarters = [:]
    }

    package func forgetRequests() { requests = [] }

    /// The requests in the form of the local AWS's.
    package var calls: [Moto.RecordedRequest] {
        requests.map { request in
            let (path, query) = request.path.parts(at: "?", maxSplits: 1).pair
            return Moto.RecordedRequest(
                method: request.method, path: path, query: query, target: "", body: request.body,
                status: request.status,
                answer: "")
        }
    }

    // MARK: Requests

    func answer(_ request: HTTPMessage) -> LocalResponse? {
        let time = ContinuousClock.now
        let (path, query) = request.path.parts(at: "?", maxSplits: 1).pair
        if path.hasPrefix("/debug/") { return debug(request, path) }
        let operation = Self.operation(request.method, path)
        let fault = faults.take(for: path)
        var response: LocalResponse?
        switch fault {
        case .busy: response = ConnectRefusal.code("ServiceUnavailableException", status: 503).response
        case .html: response = LocalResponse(200, type: "text/html", Array("<html>Down for maintenance</html>".utf8))
        case .code(let code, let status): response = ConnectRefusal.code(code, status: status).response
        case .drop, .slow, .done, .redirect, nil:
            do throws(ConnectRefusal) {
                response = try carryOut(operation, request, path, query, at: time)
            } catch {
                response = error.response
            }
        }
        requests.append(
            RecordedRequest(
                operation: operation ?? "", method: request.method, path: request.path,
                body: String(decoding: request.body, as: UTF8.self), status: response?.status ?? 0, time: time))
        response?.delay = pace
        if case .slow(let milliseconds)? = fault { response?.delay = .milliseconds(milliseconds) }
        return fault == .drop ? nil : response
    }

    private func carryOut(
        _ operation: String?, _ request: HTTPMessage, _ path: String, _ query: String, at time: ContinuousClock.Instant
    ) throws(ConnectRefusal) -> LocalResponse {
        guard let operation else {
            throw ConnectRefusal(status: 404, code: "UnknownOperationException", message: "no such operation")
        }
        guard isSigned(request) else { throw .signature }
        if configuration.throttles, !throttle.take(operation, at: time) { throw .throttled }
        switch operation {
        case "ListQueues", "ListUsers":
            try checkInstance(path)
            return LocalResponse(200, try list(operation, query))
        default:
            guard request.fields["Content-Type"]?.hasPrefix("application/json") == true else {
                throw .request("the content type is not application/json")
            }
            guard case .object(let members)? = try? JSONValue(parsing: request.body) else {
                throw .request("the body is no JSON object")
            }
            if operation == "GetMetricDataV2" { return LocalResponse(200, try historical(members)) }
            try checkInstance(path)
            return LocalResponse(200, try current(members))
        }
    }

    private static func operation(_ method: String, _ path: String) -> String? {
        let parts = path.split(separator: "/").map(String.init)
        switch (method, parts.first, parts.count) {
        case ("GET", "queues-summary", 2): return "ListQueues"
        case ("GET", "users-summary", 2): return "ListUsers"
        case ("POST", "metrics", 3) where parts[1] == "current": return "GetCurrentMetricData"
        case ("POST", "metrics", 2) where parts[1] == "data": return "GetMetricDataV2"
        default: return nil
        }
    }

    private func checkInstance(_ path: String) throws(ConnectRefusal) {
        guard path.split(separator: "/").last.map(String.init) == instance.id else {
            throw .missing("the instance is not there")
        }
    }

    /// Returns true for a signature for this service and Region, of the caller that is known.
    private func isSigned(_ request: HTTPMessage) -> Bool {
        guard let authorization = request.fields["Authorization"], let date = request.fields["X-Amz-Date"],
            authorization.contains("/\(instance.region)/connect/aws4_request")
        else { return false }
        guard let credentials = configuration.credentials else { return true }
        guard date.utf8.count == 16, let time = Self.time(date) else { return false }
        var head = HTTPRequest(
            method: HTTPRequest.Method(rawValue: request.method) ?? .get, scheme: "http",
            authority: request.fields["Host"], path: request.path)
        if let type = request.fields["Content-Type"] { head.headerFields[.contentType] = type }
        let signer = Signer(credentials: credentials, region: instance.region, service: "connect")
        return signer.sign(head, body: request.body, at: time).headerFields[.authorization] == authorization
    }

    /// Reads `20261129T123600Z`.
    private static func time(_ text: String) -> UTCTime? {
        let digits = Array(text)
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        let extended =
            "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z"
        return UTCTime.sinceEpoch(parsing: extended).map { UTCTime(sinceEpoch: $0) }
    }

    // MARK: Pages

    /// Returns the results of a page, and a token where there are more.
    func page(
        _ members: [String: JSONValue], _ largest: Int, _ results: () throws(ConnectRefusal) -> [JSONValue]
    ) throws(ConnectRefusal) -> (results: [JSONValue], token: String?) {
        let request = JSONValue.object(members.filter { $0.key != "NextToken" }).text
        var rest: [JSONValue]
        if let token = members["NextToken"] {
            guard let text = token.string, let page = pages.removeValue(forKey: text), page.request == request,
                page.expires > configuration.now()
            else { throw .parameter("NextToken is unknown, has expired, or is of another request") }
            rest = page.rest
        } else {
            rest = try results()
        }
        let size = min(largest, configuration.largestPage)
        guard rest.count > size else { return (rest, nil) }
        tokens += 1
        let token = "token+\(tokens)/="
        pages[token] = Page(
            request: request, rest: Array(rest[size...]), expires: configuration.now().addingTimeInterval(300))
        return (Array(rest[..<size]), token)
    }

    func quarter(at start: Int) -> ContactTraffic.Quarter {
        if let quarter = quarters[start] { return quarter }
        let quarter = traffic.quarter(at: start)
        quarters[start] = quarter
        return quarter
    }

    // MARK: Debug

    private func debug(_ request: HTTPMessage, _ path: String) -> LocalResponse {
        switch (request.method, path) {
        case ("GET", "/debug/state"):
            let calls = requests.map { request -> JSONValue in
                [
                    "operation": .string(request.operation), "path": .string(request.path),
                    "status": .number(request.status),
                ]
            }
            return LocalResponse(200, ["requests": .array(calls)])
        case ("POST", "/debug/fault"): return faults.add(request.body) ? LocalResponse(204) : AwaitedFaults.help
        case ("POST", "/debug/pace"):
            guard let milliseconds = (try? JSONValue(parsing: request.body))?["milliseconds"]?.int, milliseconds >= 0
            else { return LocalResponse(400, .string("Give {\"milliseconds\": 100}.")) }
            take(milliseconds: milliseconds)
            return LocalResponse(204)
        default:
            return LocalResponse(404, .string("There are /debug/state, /debug/fault and /debug/pace."))
        }
    }
}

extension [Substring] {
    /// A first part and a second one, which may be missing.
    fileprivate var pair: (String, String) { (first.map(String.init) ?? "", count > 1 ? String(self[1]) : "") }
}
