import AWS
import Calling

/// A number whose wrong codes are counted, across its calls.
package struct CodeBar: Sendable, Equatable {
    let key: VoiceKey<CodeBar>
}

/// Wrong codes by number: after ten within `VOICE_LOCKOUT_SECONDS` the number's calls end before a code is heard.
extension VoiceStore {
    /// Returns the bar of a caller; nil for a withheld number, and for the `shared` ones, which every caller of contact
    /// mode shows.
    package func bar(of from: String?, shared: Set<String>) -> CodeBar? {
        guard let from, !shared.contains(from), case .number(let number) = CallerIdentity(number: from) else {
            return nil
        }
        return CodeBar(key: hash.codes(of: number))
    }

    /// Returns true when the number has sent too many wrong codes lately.
    package func isClosed(_ bar: CodeBar, deadline: ContinuousClock.Instant) async throws(VoiceStoreError) -> Bool {
        current(try await table.read(bar.key.text, deadline: deadline).item).count >= VoiceRules.wrongCodes
    }

    /// Takes one of the tries that the number has left; false when there is none. A call takes one, however often it asks.
    func take(_ bar: CodeBar, _ call: CallKey, deadline: ContinuousClock.Instant) async throws(VoiceStoreError) -> Bool
    {
        try await change(bar.key.text, deadline: deadline) { item -> (Bool, Change) in
            var tries = current(item)
            if tries[call.text] != nil { return (true, .keep) }
            guard tries.count < VoiceRules.wrongCodes else { return (false, .keep) }
            tries[call.text] = .number(timing.now())
            return (true, .put(counted(tries)))
        }
    }

    /// Gives the call's try back: its code was right.
    func giveBack(_ bar: CodeBar, _ call: CallKey, deadline: ContinuousClock.Instant) async throws(VoiceStoreError) {
        try await change(bar.key.text, deadline: deadline) { item -> (Void, Change) in
            var tries = current(item)
            guard tries.removeValue(forKey: call.text) != nil else { return ((), .keep) }
            return ((), .put(tries.isEmpty ? nil : counted(tries)))
        }
    }

    private func counted(_ tries: Item) -> Item {
        ["tries": .map(tries), "expiresAt": .number(timing.expiry(after: rules.lockoutSeconds))]
    }

    /// Returns the attempts that still count, by call. One from the future counts too: a clock was wrong.
    private func current(_ item: Item?) -> Item {
        (item?["tries"]?.map ?? [:]).filter { timing.now() - ($0.value.int ?? 0) < rules.lockoutSeconds * 1000 }
    }
}
