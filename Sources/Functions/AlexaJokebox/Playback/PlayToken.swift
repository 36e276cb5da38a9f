import Alexa
import Encoding

/// The content of a stream's token, from which any process can continue: the item, the path to it, the items heard
/// before.
///
/// `jb1.`, a digit for loop and shuffle, a digit for failures, six characters that no other token has, `.`, then the
/// item and those heard before it, latest first. A token may be forged: every reader asks `AudioRules` what may be
/// played.
struct PlayToken: Sendable {
    /// The maximum number of heard items in a token; those without room are left out, the earliest first.
    static let longestHistory = 8

    var item: AudioReference
    var modes = PlayModes()
    /// The number of PlaybackFailed requests in a row that led here.
    var failures = 0
    /// The items heard before, latest first.
    var history: [AudioReference] = []

    private static let version = "jb1."
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    private static let nonceLength = 6

    init(item: AudioReference, modes: PlayModes = PlayModes(), failures: Int = 0, history: [AudioReference] = []) {
        self.item = item
        self.modes = modes
        self.failures = failures
        self.history = history
    }

    /// Reads a token; nil for one that this skill has not written.
    init?(parsing text: String) {
        guard text.utf16.count <= AudioStream.maximumTokenCharacters else { return nil }
        var bytes = Array(text.utf8)[...]
        let head = Self.version.utf8.count + 2 + Self.nonceLength + 1
        guard bytes.starts(with: Self.version.utf8), bytes.count > head, bytes[head - 1] == UInt8(ascii: "."),
            let modes = PlayModes(digit: bytes[4]), bytes[5].isASCIIDigit
        else { return nil }
        let failures = Int(bytes[5]) - 0x30
        bytes = bytes.dropFirst(head)
        guard let item = AudioReference(takingFrom: &bytes) else { return nil }
        self.init(item: item, modes: modes, failures: failures)
        while !bytes.isEmpty {
            guard let earlier = AudioReference(takingFrom: &bytes) else { return nil }
            history.append(earlier)
        }
    }

    /// The token, at most 1,024 characters whatever the keys: keys without room ride as hashes.
    func text(_ random: RandomSource) -> String {
        // One number for all of it: each asks the system.
        var number = random.below(1 << (6 * Self.nonceLength))
        var nonce = ""
        for _ in 0..<Self.nonceLength {
            nonce.append(Self.letters[number & 63])
            number >>= 6
        }
        var text = "\(Self.version)\(modes.digit)\(min(failures, 9))\(nonce)."
        func append(_ reference: AudioReference, reserving room: Int = 0, hashing: Bool) -> Bool {
            var choices = [reference.text]
            if hashing, let key = reference.key {
                choices.append(AudioReference.hash(AudioReference.hash(of: key)).text)
            }
            let limit = AudioStream.maximumTokenCharacters - room
            guard let choice = choices.first(where: { text.utf16.count + $0.utf16.count <= limit }) else {
                return false
            }
            text += choice
            return true
        }
        // One step back is always stored, more only where they need no search.
        var hasRoom = append(
            item, reserving: history.isEmpty ? 0 : AudioReference.hashedCharacters, hashing: true)
        for (step, earlier) in history.prefix(Self.longestHistory).enumerated() where hasRoom {
            hasRoom = append(earlier, hashing: step == 0)
        }
        return text
    }
}

/// The modes loop and shuffle: whether items continue by themselves, and in which order.
struct PlayModes: Sendable, Equatable {
    /// Off at the start: one item, then none.
    var loop = false
    /// On at the start; off, items follow in key order.
    var shuffle = true

    init(loop: Bool = false, shuffle: Bool = true) {
        self.loop = loop
        self.shuffle = shuffle
    }

    fileprivate init?(digit: UInt8) {
        guard (0x30...0x33).contains(digit) else { return nil }
        self.init(loop: digit & 1 != 0, shuffle: digit & 2 != 0)
    }

    fileprivate var digit: Int { (loop ? 1 : 0) + (shuffle ? 2 : 0) }
}
