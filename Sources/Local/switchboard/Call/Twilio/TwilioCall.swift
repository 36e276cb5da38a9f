import Foundation
import LocalServices

/// Twilio's part of a call: requests instructions from the number's webhook, carries them out, and repeats.
///
/// "TwiML for Programmable Voice" in Twilio's documentation. Time is virtual: there is no real waiting.
struct TwilioCall {
    /// The effects of a call.
    struct World: Sendable {
        var say: @Sendable (ShownLine) -> Void
        /// Returns the next typed line when Twilio listens; nil when the caller has hung up.
        var ask: @Sendable () async throws -> String?
        /// Returns the WAV file of that name, which is said: `(file voice.wav)` is typed.
        var file: @Sendable (_ name: String) throws -> [UInt8] = { throw Refusal("\($0): no file is said here.") }
        /// Says what can be typed now, to a person alone.
        var hint: @Sendable (String) -> Void = { _ in }
        /// Posts a signed request to a path of the webhook's base, and returns status and body; throws a
        /// `WebhookPolicy.Failure` when there is no response by the deadline.
        var post:
            @Sendable (_ path: String, _ parameters: [String: String], _ deadline: ContinuousClock.Instant) async throws
                -> (status: Int, body: [UInt8])
        /// Stores a recording, and returns its parameters: `RecordingUrl` and `RecordingSid`.
        var keep: @Sendable (_ recording: RecordVerb.Recorded) async throws -> [String: String]
        /// Calls a number on the caller's behalf, until one of them hangs up.
        var dial: @Sendable (_ number: String) async throws -> DialEnd
        /// Returns a caller's turn after the tone; nil: it is typed.
        var turn: (@Sendable () -> SpokenTurn)?
        /// Called with the virtual time that has passed, in milliseconds.
        var pass: @Sendable (_ milliseconds: Int) -> Void = { _ in }
        /// Returns the instant from which webhooks' deadlines count.
        var instant: @Sendable () -> ContinuousClock.Instant = { .now }
    }

    enum DialEnd: Sendable {
        case noAnswer
        case callerHungUp
        /// The dialled party hung up first.
        case otherHungUp
    }

    /// The hidden circumstances of a call.
    struct Circumstances: Sendable {
        /// Milliseconds from the connection to the first document, and from a step to the next.
        var webhook = 1000
        /// The number of keys sent with the call that are lost, from the first.
        var lostKeys = 0
        /// True when the status callback of a caller who hangs up comes before the recording's action.
        var isStatusFirst = false
        /// True for a trial account, which blocks `<Record>`.
        var isTrial = false
    }

    /// The maximum number of documents before a call counts as looping forever.
    private static let longest = 100

    let parameters: [String: String]
    let world: World
    let circumstances: Circumstances
    /// The digits as they were sent.
    private let sent: String
    /// Keys that were sent with the call; nil once something has listened for them.
    var keys: TwilioKeys?
    /// Milliseconds since Twilio answered.
    var now = 0 {
        didSet { world.pass(max(0, now - oldValue)) }
    }
    /// The path of the document that is being followed.
    var path = ""
    var hungUp = false
    /// True when the status callback has been called.
    private var isOver = false

    init(
        account: String, from: String?, to: String, digits: String, circumstances: Circumstances = Circumstances(),
        world: World
    ) {
        let sid = UUID().uuidString.replacing("-", with: "").lowercased()
        let caller = from ?? "+266696687"
        parameters = [
            "AccountSid": account, "ApiVersion": "2010-04-01", "CallSid": "CA\(sid)", "Direction": "inbound",
            "From": caller, "Caller": caller, "To": to, "Called": to,
        ]
        self.world = world
        self.circumstances = circumstances
        sent = digits
        keys = digits.isEmpty ? nil : TwilioKeys(digits, lost: circumstances.lostKeys)
    }

    enum Step {
        case next
        case document(reference: String, [String: String])
        case end
    }

    /// Follows the call to its end; returns true when the caller hung up.
    ///
    /// - Parameter webhook: The number's webhook, in the form entered at Twilio.
    mutating func play(webhook: String = "/voice/incoming#rc=2&rp=ct,5xx") async throws -> Bool {
        if keys != nil { world.say(ShownLine(.keys, "(Sends the code \(sent) as keys.)", of: .twilio)) }
        var (next, further): (String?, [String: String]) = (webhook, ["CallStatus": "ringing"])
        for _ in 0..<Self.longest {
            guard let reference = next else { break }
            next = nil
            let all = parameters.merging(["CallStatus": "in-progress"]) { $1 }.merging(further) { $1 }
            guard let response = try await document(reference, all) else { break }
            now += circumstances.webhook
            verbs: for verb in response.children {
                switch try await take(verb) {
                case .next: continue
                case .end: break verbs
                case .document(let reference, let parameters):
                    (next, further) = (reference, parameters)
                    break verbs
                }
            }
        }
        try await end()
        return hungUp
    }

    /// Calls the status callback, once.
    mutating func end() async throws {
        guard !isOver else { return }
        isOver = true
        _ = try await answer("/voice/status", parameters.merging(["CallStatus": "completed"]) { $1 })
    }

    mutating func take(_ verb: ParsedTwiML) async throws -> Step {
        switch verb.name {
        case "Say":
            let words = verb.text.split(whereSeparator: \.isWhitespace)
            world.say(.twilio(words.joined(separator: " ")))
            now += words.count * 400
            return .next
        case "Pause":
            now += (verb.attributes["length"].flatMap { Int($0) } ?? 1) * 1000
            return .next
        case "Gather": return try await gather(verb)
        case "Record": return try await record(verb)
        case "Redirect": return .document(reference: verb.text, [:])
        case "Dial": return try await dial(verb)
        case "Hangup":
            world.say(ShownLine(.ended, "(Twilio hangs up.)", of: .twilio))
            return .end
        default: throw Refusal("<\(verb.name)> is not supported by 'switchboard call'.")
        }
    }

    private mutating func dial(_ verb: ParsedTwiML) async throws -> Step {
        let number = (verb.children.first?.text ?? verb.text).trimmingCharacters(in: .whitespacesAndNewlines)
        world.say(ShownLine(.transferred, "(Twilio dials \(number).)", of: .twilio))
        let status: String
        switch try await world.dial(number) {
        case .callerHungUp:
            hungUp = true
            return .end
        case .otherHungUp: status = "completed"
        case .noAnswer: status = "no-answer"
        }
        return verb.attributes["action"].map { .document(reference: $0, ["DialCallStatus": status]) } ?? .next
    }
}
