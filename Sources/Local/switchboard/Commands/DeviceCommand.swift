/// A typed line for an event of a device, in contrast to speech: it begins with `/`.
enum DeviceCommand: Equatable {
    enum Button: String, CaseIterable {
        case next, previous, play, pause

        /// The request that pressing the button sends.
        var request: String {
            "PlaybackController.\(rawValue.prefix(1).uppercased())\(rawValue.dropFirst())CommandIssued"
        }
    }

    /// Lets time pass, in milliseconds.
    case wait(Int)
    case button(Button)
    /// Makes that many of the next fetches fail.
    case fail(Int)
    /// Stops the stream's data, or lets them continue.
    case stall
    /// Moves the stream, to milliseconds from its start.
    case seek(Int)

    static let help = """
          /wait 10s      lets time pass (also 500ms, 2m, 1h) while the stream plays
          /button next   presses a button of the device: next, previous, play or pause
          /fail [n]      makes the next fetch of a stream fail, or the next n fetches
          /stall         stops the stream's data (BUFFER_UNDERRUN), or resumes them
          /seek 7s       moves the stream there, as its bar does
        """

    private static let longestWait = 86_400_000

    /// Returns nil for an unknown command.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        switch (words.first, words.count) {
        case ("/wait", 2):
            guard let time = Self.milliseconds(words[1]) else { return nil }
            self = .wait(time)
        case ("/button", 2):
            guard let button = Button(rawValue: String(words[1])) else { return nil }
            self = .button(button)
        case ("/fail", 1): self = .fail(1)
        case ("/fail", 2):
            guard let count = Int(words[1]), (1...100).contains(count) else { return nil }
            self = .fail(count)
        case ("/stall", 1): self = .stall
        case ("/seek", 2):
            guard let time = Self.milliseconds(words[1]) else { return nil }
            self = .seek(time)
        default: return nil
        }
    }

    private static func milliseconds(_ text: Substring) -> Int? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let number = Double(digits) else { return nil }
        let factor: Double
        switch text.dropFirst(digits.count) {
        case "ms": factor = 1
        case "s", "": factor = 1000
        case "m": factor = 60_000
        case "h": factor = 3_600_000
        default: return nil
        }
        let time = (number * factor).rounded()
        return time >= 0 && time <= Double(longestWait) ? Int(time) : nil
    }
}
