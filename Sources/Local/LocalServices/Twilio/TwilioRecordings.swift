import Foundation
import JSON

/// The state and the responses of the local Twilio, without its socket.
package actor TwilioRecordings {
    package struct RecordedCall: Sendable, Equatable {
        package let method: String
        package let path: String
        package let isAuthorized: Bool
        package let status: Int
    }

    private let configuration: TwilioMediaDouble.Configuration
    private var audio: [String: [UInt8]] = [:]
    private var tries: [String: Int] = [:]
    /// The number of deletions requested before a recording was processed.
    private var deletions: [String: Int] = [:]
    /// The recordings that were fetched.
    private var fetched: Set<String> = []
    private var faults = AwaitedFaults()
    /// The response times, unless a fault sets another.
    private var pace = Pace()
    /// The recordings that were deleted.
    package private(set) var deleted: Set<String> = []
    package private(set) var calls: [RecordedCall] = []

    init(_ configuration: TwilioMediaDouble.Configuration) {
        self.configuration = configuration
    }

    /// Adds a recording that is available after `triesBefore` requests.
    package func put(_ sid: String, _ audio: [UInt8], triesBefore: Int = 0) {
        self.audio[sid] = audio
        tries[sid] = configuration.triesBefore - triesBefore - lateness
    }

    /// Adds a recording that is available at once: the five seconds after the tone, like our function's.
    package func put(_ sid: String, _ recording: LocalRecording) {
        put(sid, Self.fiveSeconds(of: recording, sid))
    }

    /// `Full` or `Trial`.
    package nonisolated var accountType: String { configuration.type }

    /// Makes the next calls whose path contains `path` fail.
    package func misbehave(_ fault: ServiceFault, times: Int = 1, path: String = "") {
        faults.add(fault, times: times, path: path)
    }

    /// The number of further requests for a recording before it is there: Twilio processes it first.
    private var lateness = 0

    /// Makes recordings that are kept from now on available only after that many requests more.
    package func delay(by requests: Int) {
        lateness = requests
    }

    /// Sets the range of milliseconds for response times, reproducible by the seed.
    package func take(milliseconds: ClosedRange<Int>, seed: UInt64 = 0) {
        pace.take(milliseconds, path: "", seed: seed)
    }

    func answer(_ request: HTTPMessage) -> LocalResponse? {
        if request.path.hasPrefix("/debug/") { return debug(request) }
        let fault = faults.take(for: request.path)
        let credentials = request.basicCredentials
        let isAuthorized =
            credentials?.name == configuration.accountSID && credentials?.password == configuration.authToken
        var answer =
            switch fault {
            case .busy: LocalResponse(503)
            case .html: LocalResponse(200, type: "text/html", Array("<html>Down for maintenance</html>".utf8))
            case .redirect: LocalResponse(302)
            case .code, .done, .drop, .slow, nil:
                isAuthorized ? perform(request) : Self.failure(401, 20_003, "Authenticate")
            }
        if case .redirect(let url) = fault { answer.fields["Location"] = url }
        answer.delay = pace.delay(of: request.path)
        if case .slow(let milliseconds) = fault { answer.delay = .milliseconds(milliseconds) }
        calls.append(
            RecordedCall(
                method: request.method, path: request.path, isAuthorized: isAuthorized, status: answer.status))
        return fault == .drop ? nil : answer
    }

    private func perform(_ request: HTTPMessage) -> LocalResponse {
        if request.path == "/2010-04-01/Accounts/\(configuration.accountSID).json" {
            guard request.method == "GET" else { return Self.failure(405, 20_004, "Method not allowed") }
            return LocalResponse(
                200,
                .object([
                    "sid": .string(configuration.accountSID), "status": .string("active"),
                    "type": .string(configuration.type),
                ]))
        }
        let pattern = #/\/2010-04-01\/Accounts\/([A-Za-z0-9]+)\/Recordings\/([A-Za-z0-9]+)(\.wav|\.mp3|\.json)?/#
        guard let match = request.path.wholeMatch(of: pattern), match.1 == configuration.accountSID else {
            return Self.notFound
        }
        let sid = String(match.2)
        switch (request.method, match.3) {
        case ("GET", nil), ("GET", ".wav"): return media(sid)
        case ("DELETE", nil), ("DELETE", ".json"):
            guard !deleted.contains(sid), recording(sid) != nil, isProcessed(sid) else { return Self.notFound }
            deleted.insert(sid)
            audio[sid] = nil
            return LocalResponse(204)
        default: return Self.failure(405, 20_004, "Method not allowed")
        }
    }

    private func media(_ sid: String) -> LocalResponse {
        guard !deleted.contains(sid), let bytes = recording(sid) else { return Self.notFound }
        let count = tries[sid, default: 0]
        tries[sid] = count + 1
        guard count >= configuration.triesBefore else { return Self.notFound }
        fetched.insert(sid)
        return LocalResponse(200, type: "audio/x-wav", bytes)
    }

    private func recording(_ sid: String) -> [UInt8]? {
        audio[sid] ?? configuration.standard?(sid).map { Self.fiveSeconds(of: $0, sid) }
    }

    private static func fiveSeconds(of recording: LocalRecording, _ sid: String) -> [UInt8] {
        RecordVerb.fiveSeconds.record(SpokenTurn(recording), take: sid).audio
    }

    private func isProcessed(_ sid: String) -> Bool {
        defer { deletions[sid, default: 0] += 1 }
        return fetched.contains(sid) || deletions[sid, default: 0] >= configuration.deletionsBefore
    }

    private static let notFound = failure(404, 20_404, "The requested resource was not found")

    private static func failure(_ status: Int, _ code: Int, _ message: String) -> LocalResponse {
        LocalResponse(
            status,
            .object(["code": .number(code), "message": .string(message), "status": .number(status)]))
    }

    // MARK: For tests and people

    private func debug(_ request: HTTPMessage) -> LocalResponse {
        if request.method == "PUT", let match = request.path.wholeMatch(of: #/\/debug\/recordings\/([A-Za-z0-9]+)/#) {
            put(String(match.1), request.body)
            return LocalResponse(204)
        }
        switch (request.method, request.path) {
        case ("GET", "/debug/state"): return LocalResponse(200, state)
        case ("POST", "/debug/fault"): return faults.add(request.body) ? LocalResponse(204) : AwaitedFaults.help
        case ("POST", "/debug/reset"):
            audio = [:]
            tries = [:]
            deletions = [:]
            fetched = []
            deleted = []
            calls = []
            faults = AwaitedFaults()
            pace = Pace()
            return LocalResponse(204)
        default:
            return LocalResponse(
                404,
                .string("There are /debug/state, /debug/fault, /debug/reset and PUT /debug/recordings/<RecordingSid>."))
        }
    }

    private var state: JSONValue {
        .object([
            "deleted": .array(deleted.sorted().map(JSONValue.string)),
            "calls": .array(
                calls.map {
                    .object([
                        "method": .string($0.method), "path": .string($0.path), "authorized": .bool($0.isAuthorized),
                        "status": .number($0.status),
                    ])
                }),
        ])
    }
}
