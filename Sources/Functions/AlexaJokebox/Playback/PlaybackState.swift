import Alexa
import JSON
import Logging
import Settings

/// The stored state of a listener: in `JOKEBOX_TABLE`, else in the token of the item that plays.
struct PlaybackState: Sendable {
    /// The most items that the table remembers as heard.
    static let longestHistory = 20

    var modes: PlayModes
    /// Items heard before the current one, latest first.
    var history: [AudioReference]
    /// All attributes of the listener in the table; nil when nothing can be stored there.
    private var attributes: [String: JSONValue]?
    /// True when there is a table that could not be read.
    private(set) var isLost = false

    /// True when the table stores the state.
    var isKept: Bool { attributes != nil }

    /// Reads the table when there is one; a table that fails means the defaults, and is not written to.
    static func of(_ player: DevicePlayback, _ input: HandlerInput, hasTable: Bool) async -> PlaybackState {
        let token = player.token
        guard hasTable, input.envelope.user.id != nil else {
            return PlaybackState(modes: token?.modes ?? PlayModes(), history: token?.history ?? [], attributes: nil)
        }
        do {
            let attributes = try await input.attributes.persistent()
            let kept = attributes["history"]?.array?.compactMap(\.string) ?? []
            return PlaybackState(
                modes: PlayModes(
                    loop: attributes["loop"]?.bool ?? false, shuffle: attributes["shuffle"]?.bool ?? true),
                history: kept.isEmpty ? token?.history ?? [] : kept.reversed().map(AudioReference.key),
                attributes: attributes)
        } catch {
            input.context.logger.warning(
                "JOKEBOX_TABLE was not read, and loop and shuffle are as at the start: \(error.summary)")
            return PlaybackState(modes: PlayModes(), history: token?.history ?? [], attributes: nil, isLost: true)
        }
    }

    /// Saves the modes in the table now; returns false, with a line in the log, when that fails.
    mutating func keepModes(_ input: HandlerInput) async -> Bool {
        guard var attributes else { return false }
        attributes["loop"] = .bool(modes.loop)
        attributes["shuffle"] = .bool(modes.shuffle)
        self.attributes = attributes
        input.attributes.setPersistent(attributes)
        do {
            try await input.attributes.save()
            return true
        } catch {
            input.context.logger.error("JOKEBOX_TABLE was not written: \(error.summary)")
            return false
        }
    }

    /// Records that the device has asked for the item after a stream; it does so once.
    mutating func note(nearlyFinished token: String) {
        attributes?["nearlyFinished"] = .string(AudioReference.hash(of: token))
    }

    /// Returns true when the device has already asked for the item after a stream, as far as the table knows.
    func hasNearlyFinished(_ token: String) -> Bool {
        attributes?["nearlyFinished"]?.string == AudioReference.hash(of: token)
    }

    /// Adds an item to those heard; the same one twice in a row counts once.
    mutating func add(_ item: AudioReference?) {
        guard let item else { return }
        if let latest = history.first, latest.isSame(as: item) { return }
        history.insert(item, at: 0)
    }

    /// Has the table store the history after the response; other attributes stay as they are.
    func keepHistory(_ input: HandlerInput) {
        guard var attributes else { return }
        // The table has room for keys, which need no search: items known by their hash alone are left out.
        let keys = history.compactMap(\.key).prefix(Self.longestHistory)
        if !keys.isEmpty || attributes["history"] != nil {
            attributes["history"] = .array(keys.reversed().map(JSONValue.string))
        }
        input.attributes.setPersistent(attributes)
    }
}
