import Foundation
import JSON

/// The state and the responses of the local VoiceIt, without its socket.
package actor VoiceItAccount {
    package struct Enrollment: Sendable, Equatable {
        package let id: Int
        package let phrase: String
        package let language: String
        package let voice: String
    }

    /// A recorded call, without its credentials and its audio.
    package struct RecordedCall: Sendable, Equatable {
        package let method: String
        package let path: String
        package let fields: [String: String]
        /// The length of the recording in milliseconds; nil without a WAV file.
        package let recording: Int?
        /// The SHA-256 of the file, in hexadecimal; nil without one.
        package let digest: String?
        package let status: Int
        package let code: String
    }

    /// Users for the items of a demo's table: one with three enrolments of the default phrase, one without any.
    package static let enrolledUser = "usr_local0enrolled000000000000000000"
    package static let newUser = "usr_local0new00000000000000000000000"

    private let key: String
    private let token: String
    /// The enrolments of each user.
    package internal(set) var users: [String: [Enrollment]] = [:]
    package internal(set) var calls: [RecordedCall] = []
    /// The account's languages and phrases.
    package internal(set) var phrases = VoiceItPhrases()
    /// Used recordings, each as a number made of its samples.
    var heard: Set<Int> = []
    var faults = AwaitedFaults()
    /// The response times, unless a fault sets another.
    var pace = Pace()
    /// The total number of enrolments.
    var count = 0

    init(key: String, token: String) {
        self.key = key
        self.token = token
    }

    /// Makes the next calls whose path contains `path` fail.
    package func misbehave(_ fault: ServiceFault, times: Int = 1, path: String = "") {
        faults.add(fault, times: times, path: path)
    }

    /// Ends a fault that lasts.
    package func recover(from fault: ServiceFault) {
        faults.remove(fault)
    }

    /// Sets the range of milliseconds for response times, of all calls or those whose path begins with `path`,
    /// reproducible by the seed.
    package func take(milliseconds: ClosedRange<Int>, path: String = "", seed: UInt64 = 0) {
        pace.take(milliseconds, path: path, seed: seed)
    }

    /// Registers a phrase for a content language.
    package func register(_ phrase: String, in language: String) {
        phrases.register(phrase, in: language)
    }

    /// Registers the phrases of the variables `VOICE_PHRASES` and `VOICE_CONTENT_LANGUAGE`.
    package func register(_ variables: [String: String]) {
        phrases.register(variables)
    }

    /// Sets the content languages that the account's plan allows; nil for every known one.
    package func allow(_ languages: Set<String>?) {
        phrases.plan = languages
    }

    /// Creates a user with enrolments of a voice; its phrases are registered.
    package func addUser(
        _ id: String, voice: String = "caller", phrases: [String] = [SynthesizedSpeech.defaultPhrase],
        language: String = "en-US",
        enrollments: Int = 3
    ) {
        users[id] = phrases.flatMap { phrase in
            register(phrase, in: language)
            return (0..<enrollments).map { _ in
                count += 1
                return Enrollment(id: count, phrase: phrase, language: language, voice: voice)
            }
        }
    }

    /// Creates the users that a demo's items name.
    package func addLocalUsers() {
        addUser(Self.enrolledUser)
        addUser(Self.newUser, enrollments: 0)
    }

    func answer(_ request: HTTPMessage) -> LocalResponse? {
        if request.path.hasPrefix("/debug/") { return debug(request) }
        let fault = faults.take(for: request.path)
        switch fault {
        case .busy: return LocalResponse(503, type: "text/html", Array("<h1>503</h1>".utf8))
        case .html: return LocalResponse(200, type: "text/html", Array("<html>Down for maintenance</html>".utf8))
        case .redirect(let url):
            var answer = LocalResponse(302)
            answer.fields["Location"] = url
            return answer
        case .drop, .slow, .code, .done, nil: break
        }
        let form = MultipartBody(request.body, type: request.fields["Content-Type"] ?? "")
        var reply: VoiceItReply
        switch fault {
        case .done(let code):
            _ = perform(request, form)
            reply = VoiceItReply(code)
        case .code(let code, let status): reply = VoiceItReply(code, status: status)
        default: reply = perform(request, form)
        }
        record(request, form, reply)
        if fault == .drop { return nil }
        var answer = LocalResponse(reply.status, reply.json(call: calls.count))
        answer.delay = pace.delay(of: request.path)
        if case .slow(let milliseconds) = fault { answer.delay = .milliseconds(milliseconds) }
        return answer
    }

    private func perform(_ request: HTTPMessage, _ form: MultipartBody?) -> VoiceItReply {
        guard let credentials = request.basicCredentials, credentials.name == key, credentials.password == token else {
            return VoiceItReply("UNAC")
        }
        // Every SDK sends a number of its own (31 Python, 37 PHP, 42 Go …); the documentation's curl examples send none.
        if let platform = request.fields["platformId"], Int(platform) == nil { return VoiceItReply("MISP") }
        let segments = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        switch (request.method, segments.count, segments[0]) {
        case ("POST", 1, "users"):
            let id = "usr_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
            users[id] = []
            return VoiceItReply(
                "SUCC", status: 201, ["userId": .string(id), "createdAt": .number(1_795_512_600_000)])
        case ("GET", 2, "users"):
            // NodeJS SDK, checkUserExistsTestCases.js: 200 for an unknown user, too.
            return VoiceItReply("SUCC", ["exists": .bool(users[segments[1]] != nil)])
        case ("DELETE", 2, "users"):
            return VoiceItReply(users.removeValue(forKey: segments[1]) == nil ? "UNFD" : "SUCC")
        case ("GET", 3, "enrollments") where segments[1] == "voice": return list(segments[2])
        case ("DELETE", 3, "enrollments") where segments[2] == "all":
            guard users[segments[1]] != nil else { return VoiceItReply("UNFD") }
            users[segments[1]] = []
            return VoiceItReply("SUCC")
        case ("POST", 2, "enrollments") where segments[1] == "voice": return judge(form, isEnrollment: true)
        case ("POST", 2, "verification") where segments[1] == "voice": return judge(form, isEnrollment: false)
        case ("GET", 2, "phrases"): return listPhrases(segments[1])
        default: return VoiceItReply("NFEF", status: 404)
        }
    }
}
