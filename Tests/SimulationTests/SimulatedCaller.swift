import LocalServices

/// A caller, with the random events of the call: all derive from the seed and the caller's number.
struct SimulatedCaller: Sendable {
    /// In E.164.
    let number: String
    /// True when the flow has authenticated the caller in another way.
    let isVouched: Bool
    /// An agent hangs up first, where one takes the call.
    let isAgentFirst: Bool
    /// Twilio does not delete the first recording at once.
    let isDeletionBusy: Bool
    /// True when VoiceIt's response to the first enrolment is lost.
    let isAnswerLost: Bool
    private let voice: String
    /// The randomness of the caller's speech, and that of the lines and of Twilio.
    private var speech: SeededGenerator
    private var line: SeededGenerator
    /// The number of recordings of this Twilio call that will still be refused for noise.
    private var noises = 0
    private var hadTrouble = false

    /// Responses that judge the recording and not the voice.
    private static let codes = ["SSTQ", "SSTL", "NEHSD", "STTF", "PDNM"]
    /// The speeds at which the phrase lasts from 1.9 to 3.2 s.
    private static let speeds = stride(from: 90, through: 220, by: 5).filter { speed in
        var turn = SpokenTurn(LocalRecording())
        turn.wordsPerMinute = speed
        return (1900...3200).contains(turn.wordsLast)
    }

    /// Has the phrase spoken at every speed, once.
    static func prepare() { _ = speeds }

    init(_ number: Int, seed: String) {
        self.number = "+1206555\(String(10_000 + number).dropFirst())"
        voice = "caller \(number)"
        speech = SeededGenerator(seed: "\(seed) speech \(number)")
        line = SeededGenerator(seed: "\(seed) line \(number)")
        isVouched = Bool.random(using: &line)
        isAgentFirst = Bool.random(using: &line)
        isDeletionBusy = Int.random(in: 0..<100, using: &line) < 3
        isAnswerLost = Int.random(in: 0..<100, using: &line) < 3
    }

    /// Returns the timing of a transfer to Twilio: the milliseconds until its first action, and the number of digits
    /// that get lost, in one of twenty.
    mutating func call() -> (webhook: Int, lost: Int) {
        noises = Int.random(in: 0...2, using: &speech)
        let isLost = Int.random(in: 0..<20, using: &line) == 0
        return (Int.random(in: 200...1500, using: &line), isLost ? Int.random(in: 1...8, using: &line) : 0)
    }

    /// Returns the turn after the tone: from 0.3 to 1.6 s of silence, the phrase, and silence.
    mutating func speak() -> SpokenTurn {
        var recording = LocalRecording(voice: voice)
        if noises > 0, Int.random(in: 0..<3, using: &speech) == 0 {
            noises -= 1
            recording.code = Self.codes.randomElement(using: &speech)
        }
        var turn = SpokenTurn(recording)
        turn.lead = Int.random(in: 300...1600, using: &speech)
        turn.wordsPerMinute = Self.speeds.randomElement(using: &speech) ?? turn.wordsPerMinute
        return turn
    }

    enum Trouble {
        /// The request does not arrive.
        case connection
        /// The request arrives, and the response is lost: 502.
        case gateway
    }

    /// Returns the fault of a webhook, one of 25; never of its repetition.
    mutating func trouble() -> Trouble? {
        guard !hadTrouble, Int.random(in: 0..<25, using: &line) == 0 else {
            hadTrouble = false
            return nil
        }
        hadTrouble = true
        return Bool.random(using: &line) ? .connection : .gateway
    }

    /// Returns the number of requests for which a recording is not available yet.
    mutating func triesBefore() -> Int { Int.random(in: 0...2, using: &line) }

    /// Milliseconds that a number rings.
    mutating func rings() -> Int { Int.random(in: 500...4000, using: &line) }

    /// A seed for a server's pace.
    mutating func paceSeed() -> UInt64 { line.next() }
}
