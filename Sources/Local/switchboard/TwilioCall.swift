import Foundation

/// Twilio's part of a call: asks the number's webhook what to do, does it, and asks again.
///
/// "TwiML for Programmable Voice" in Twilio's documentation.
struct TwilioCall {
    /// What Twilio acts on.
    struct World: Sendable {
        var say: @Sendable (String) -> Void
        /// What is typed when Twilio listens; nil when the caller has hung up.
        var ask: @Sendable () async throws -> String?
        /// Posts a signed request to a path of the webhook's base, and brings status and body.
        var post:
            @Sendable (_ path: String, _ parameters: [String: String]) async throws -> (status: Int, body: [UInt8])
        /// Keeps a recording of what was said, and brings its parameters: `RecordingUrl`, `RecordingSid`, ….
        var record: @Sendable (_ speech: String) async throws -> [String: String]
        /// Calls a number on the caller's behalf; false when nobody answers.
        var dial: @Sendable (_ number: String) async throws -> Bool
    }

    /// Documents that a call goes through before it counts as one that goes round for ever.
    private static let longest = 100
    /// Behind what is said: the caller hangs up as soon as it is recorded.
    private static let hangUp = "(hang up)"

    let parameters: [String: String]
    let world: World
    /// Keys that were sent with the call, and are not yet taken.
    var digits: String
    /// The path of the document that is being followed.
    private var path = "/voice/incoming"
    private var hungUp = false

    init(account: String, from: String?, to: String, digits: String, world: World) {
        let sid = UUID().uuidString.replacing("-", with: "").lowercased()
        let caller = from ?? "+266696687"
        parameters = [
            "AccountSid": account, "ApiVersion": "2010-04-01", "CallSid": "CA\(sid)", "Direction": "inbound",
            "From": caller, "Caller": caller, "To": to, "Called": to,
        ]
        self.digits = digits.filter { $0 != "," }
        self.world = world
    }

    private enum Step {
        case next
        case document(path: String, [String: String])
        case end
    }

    /// Follows the call to its end; says whether the caller hung up.
    mutating func play() async throws -> Bool {
        var (next, further): (String?, [String: String]) = (path, ["CallStatus": "ringing"])
        for _ in 0..<Self.longest {
            guard let document = next else { break }
            next = nil
            path = document
            let all = parameters.merging(["CallStatus": "in-progress"]) { $1 }.merging(further) { $1 }
            let answer = try await world.post(document, all)
            guard answer.status == 200, let response = TwiMLElement.response(answer.body) else {
                world.say(
                    "Twilio: An application error has occurred. Goodbye. (The webhook answered \(answer.status).)")
                break
            }
            verbs: for verb in response.children {
                switch try await take(verb) {
                case .next: continue
                case .end: break verbs
                case .document(let path, let parameters):
                    (next, further) = (path, parameters)
                    break verbs
                }
            }
        }
        _ = try await world.post("/voice/status", parameters.merging(["CallStatus": "completed"]) { $1 })
        return hungUp
    }

    private mutating func take(_ verb: TwiMLElement) async throws -> Step {
        switch verb.name {
        case "Say":
            world.say("Twilio: \(verb.text.split(whereSeparator: \.isWhitespace).joined(separator: " "))")
            return .next
        case "Pause": return .next
        case "Gather": return try await gather(verb)
        case "Record": return try await record(verb)
        case "Redirect": return .document(path: resolved(verb.text), [:])
        case "Dial":
            let number = verb.children.first?.text ?? verb.text
            world.say("(Twilio dials \(number).)")
            // Whoever was connected stays so until they hang up, and with that this call.
            hungUp = try await world.dial(number)
            if hungUp { return .end }
            return verb.attributes["action"].map { .document(path: resolved($0), ["DialCallStatus": "no-answer"]) }
                ?? .next
        case "Hangup":
            world.say("(Twilio hangs up.)")
            return .end
        default: throw Refusal("<\(verb.name)> is not played here.")
        }
    }

    private mutating func gather(_ verb: TwiMLElement) async throws -> Step {
        for child in verb.children { _ = try await take(child) }
        var typed = digits
        digits = ""
        if typed.isEmpty {
            guard let answer = try await heard() else { return .end }
            typed = answer
        }
        if let last = verb.attributes["numDigits"].flatMap({ Int($0) }), typed.count > last {
            digits = String(typed.dropFirst(last))
            typed = String(typed.prefix(last))
        }
        if let key = (verb.attributes["finishOnKey"] ?? "#").first, let end = typed.firstIndex(of: key) {
            typed = String(typed[..<end])
        }
        guard !typed.isEmpty || verb.attributes["actionOnEmptyResult"] == "true" else { return .next }
        return .document(path: resolved(verb.attributes["action"] ?? path), ["Digits": typed])
    }

    private mutating func record(_ verb: TwiMLElement) async throws -> Step {
        guard let speech = try await heard() else { return .end }
        // Nothing was said: the verbs behind it are for that.
        guard !speech.isEmpty else { return .next }
        let action = resolved(verb.attributes["action"] ?? path)
        guard speech.hasSuffix(Self.hangUp) else {
            let recording = try await world.record(speech)
            return .document(path: action, recording.merging(["Digits": ""]) { $1 })
        }
        let words = speech.dropLast(Self.hangUp.count).trimmingCharacters(in: .whitespaces)
        let recording = try await world.record(words)
        _ = try await world.post(action, parameters.merging(recording) { $1 }.merging(["Digits": "hangup"]) { $1 })
        hungUp = true
        return .end
    }

    private mutating func heard() async throws -> String? {
        let typed = try await world.ask()
        hungUp = typed == nil
        return typed
    }

    /// The path of an `action` or a redirect: absolute, or beside the present one.
    private func resolved(_ reference: String) -> String {
        let text = reference.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let url = URL(string: text, relativeTo: URL(string: "http://webhook\(path)")) else { return path }
        let query = url.query().map { "?\($0)" } ?? ""
        return url.absoluteURL.path() + query
    }
}
