import Foundation
import LambdaRuntime

/// What the local VoiceIt knows and answers, without its socket.
package actor VoiceItAccount {
    package struct Enrollment: Sendable, Equatable {
        package let id: Int
        package let phrase: String
        package let language: String
        package let voice: String
    }

    /// A call as it came, without its credentials and its audio.
    package struct RecordedCall: Sendable, Equatable {
        package let method: String
        package let path: String
        package let fields: [String: String]
        package let status: Int
        package let code: String
    }

    /// Users for items that a demo finds in its table: one with three enrolments of the default phrase, one without any.
    package static let enrolledUser = "usr_local0enrolled000000000000000000"
    package static let newUser = "usr_local0new00000000000000000000000"

    /// How many enrolments of a phrase a verification needs.
    static let requiredEnrollments = 3
    static let languages: Set<String> = ["en-US", "en-GB", "de-DE", "es-ES", "fr-FR", "it-IT", "no-STT"]

    private let key: String
    private let token: String
    /// The enrolments of each user.
    package internal(set) var users: [String: [Enrollment]] = [:]
    package private(set) var calls: [RecordedCall] = []
    var heard: Set<[UInt8]> = []
    private var faults = AwaitedFaults()
    /// How many enrolments there were in all.
    var count = 0

    init(key: String, token: String) {
        self.key = key
        self.token = token
    }

    /// Lets the next calls whose path holds `path` meet a fault.
    package func misbehave(_ fault: ServiceFault, times: Int = 1, path: String = "") {
        faults.add(fault, times: times, path: path)
    }

    /// Makes a user with enrolments of a voice, as if it had been enrolled before.
    package func addUser(
        _ id: String, voice: String = "caller", phrases: [String] = ["never forget tomorrow is a new day"],
        enrollments: Int = 3
    ) {
        users[id] = phrases.flatMap { phrase in
            (0..<enrollments).map { _ in
                count += 1
                return Enrollment(id: count, phrase: phrase, language: "en-US", voice: voice)
            }
        }
    }

    /// Makes the users that a demo's items name.
    package func addLocalUsers() {
        addUser(Self.enrolledUser)
        addUser(Self.newUser, enrollments: 0)
    }

    func answer(_ request: HTTPMessage) -> LocalAnswer? {
        if request.path.hasPrefix("/debug/") { return debug(request) }
        let fault = faults.take(for: request.path)
        switch fault {
        case .busy: return LocalAnswer(503, type: "text/html", Array("<h1>503</h1>".utf8))
        case .html: return LocalAnswer(200, type: "text/html", Array("<html>Down for maintenance</html>".utf8))
        case .redirect(let url):
            var answer = LocalAnswer(302)
            answer.fields["Location"] = url
            return answer
        case .drop, .slow, .code, nil: break
        }
        let form = MultipartBody(request.body, type: request.fields["Content-Type"] ?? "")
        var reply = Reply(500, "GERR")
        if case .code(let code) = fault {
            reply = Reply(code == "SUCC" ? 200 : 400, code)
        } else {
            reply = perform(request, form)
        }
        let fields = (form?.parts ?? []).filter { $0.filename == nil }.map { ($0.name, $0.text) }
        calls.append(
            RecordedCall(
                method: request.method, path: request.path, fields: Dictionary(fields) { $1 }, status: reply.status,
                code: reply.code))
        if fault == .drop { return nil }
        var answer = LocalAnswer(reply.status, json(reply))
        if case .slow(let milliseconds) = fault { answer.delay = .milliseconds(milliseconds) }
        return answer
    }

    struct Reply {
        let status: Int
        let code: String
        var members: [String: JSONValue] = [:]

        init(_ status: Int, _ code: String, _ members: [String: JSONValue] = [:]) {
            self.status = status
            self.code = code
            self.members = members
        }
    }

    private func json(_ reply: Reply) -> JSONValue {
        var members = reply.members
        members["message"] = .string("The local VoiceIt answers \(reply.code)")
        members["status"] = .number(reply.status)
        members["timeTaken"] = .string("0.001s")
        members["responseCode"] = .string(reply.code)
        members["apiCallId"] = .string("api_\(calls.count)")
        return .object(members)
    }

    private func perform(_ request: HTTPMessage, _ form: MultipartBody?) -> Reply {
        guard let credentials = request.basicCredentials, credentials.name == key, credentials.password == token else {
            return Reply(401, "UNAC")
        }
        guard request.fields["platformId"]?.isEmpty == false else { return Reply(400, "MISP") }
        let segments = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        switch (request.method, segments.count, segments[0]) {
        case ("POST", 1, "users"):
            let id = "usr_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
            users[id] = []
            return Reply(201, "SUCC", ["userId": .string(id), "createdAt": .number(1_795_512_600_000)])
        case ("GET", 2, "users"):
            guard users[segments[1]] != nil else { return Reply(404, "UNFD", ["exists": .bool(false)]) }
            return Reply(200, "SUCC", ["exists": .bool(true)])
        case ("DELETE", 2, "users"):
            return users.removeValue(forKey: segments[1]) == nil ? Reply(404, "UNFD") : Reply(200, "SUCC")
        case ("GET", 3, "enrollments") where segments[1] == "voice": return list(segments[2])
        case ("DELETE", 3, "enrollments") where segments[2] == "all":
            guard users[segments[1]] != nil else { return Reply(404, "UNFD") }
            users[segments[1]] = []
            return Reply(200, "SUCC")
        case ("POST", 2, "enrollments") where segments[1] == "voice": return judge(form, isEnrollment: true)
        case ("POST", 2, "verification") where segments[1] == "voice": return judge(form, isEnrollment: false)
        case ("GET", 2, "phrases"):
            guard Self.languages.contains(segments[1]) else { return Reply(400, "INCP") }
            let phrase: JSONValue = .object([
                "text": .string("never forget tomorrow is a new day"), "contentLanguage": .string(segments[1]),
            ])
            return Reply(200, "SUCC", ["count": .number(1), "phrases": .array([phrase])])
        default: return Reply(404, "NFEF")
        }
    }

    // MARK: For tests and people

    private func debug(_ request: HTTPMessage) -> LocalAnswer {
        switch (request.method, request.path) {
        case ("GET", "/debug/state"): return LocalAnswer(200, state)
        case ("POST", "/debug/fault"): return faults.add(request.body) ? LocalAnswer(204) : AwaitedFaults.help
        case ("POST", "/debug/reset"):
            users = [:]
            calls = []
            heard = []
            faults = AwaitedFaults()
            return LocalAnswer(204)
        default: return LocalAnswer(404, .string("There are /debug/state, /debug/fault and /debug/reset."))
        }
    }

    private var state: JSONValue {
        .object([
            "users": .object(users.mapValues { .array($0.map { .string($0.phrase) }) }),
            "calls": .array(
                calls.map {
                    .object([
                        "method": .string($0.method), "path": .string($0.path), "status": .number($0.status),
                        "responseCode": .string($0.code),
                    ])
                }),
        ])
    }
}
