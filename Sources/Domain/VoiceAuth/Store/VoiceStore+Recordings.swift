import AWS
import Calling

/// What a webhook may do with a recording.
package enum RecordingClaim: Sendable, Equatable {
    /// Nobody has used it: upload it, apply what comes of it, then `answer` with the token.
    case claimed(token: String)
    /// Whoever had claimed it never answered, and may have uploaded it: apply what can be known of that, and `answer`.
    case takenOver(token: String)
    /// It has been used, and this was answered: answer the same.
    case answered(String)
    /// Another webhook is still using it, and the deadline has come.
    case busy
    /// It belongs to another call.
    case foreign
}

/// Recordings, each used once however often Twilio tells of it.
extension VoiceStore {
    private static let pause = Duration.milliseconds(100)

    /// Claims the recording, or waits until the webhook that has claimed it has answered.
    ///
    /// A claim stands for `seconds`, the most that its webhook can take; after that the next one takes it over. Twilio
    /// repeats a webhook that fails or takes more than 15 s.
    package func claim(
        recordingSID: String, callSID: String, seconds: Int = 14, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> RecordingClaim {
        let token = timing.token()
        let call = hash.call(callSID).text
        while true {
            let claim = try await change(hash.recording(recordingSID).text, deadline: deadline) {
                item -> (RecordingClaim, Change) in
                if let owner = item?["call"]?.string, owner != call { return (.foreign, .keep) }
                if let answer = item?["answer"]?.string { return (.answered(answer), .keep) }
                if let item, item["token"]?.string == token {
                    return (
                        item["isTakenOver"]?.bool == true ? .takenOver(token: token) : .claimed(token: token), .keep
                    )
                }
                if let until = item?["until"]?.int, timing.now() < until { return (.busy, .keep) }
                return (
                    item == nil ? .claimed(token: token) : .takenOver(token: token),
                    .put([
                        "call": .string(call), "token": .string(token),
                        "until": .number(timing.now() + seconds * 1000),
                        "isTakenOver": .bool(item != nil),
                        "expiresAt": .number(timing.expiry(after: Self.callSeconds)),
                    ])
                )
            }
            guard claim == .busy else { return claim }
            guard timing.instant() + Self.pause < deadline, (try? await timing.sleep(Self.pause)) != nil else {
                return .busy
            }
        }
    }

    /// Keeps what was answered, for whoever tells of the recording again; not when another has taken the claim over.
    package func answer(
        _ text: String, recordingSID: String, token: String, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) {
        try await change(hash.recording(recordingSID).text, deadline: deadline) { item -> (Void, Change) in
            guard var item, item["token"]?.string == token, item["answer"] == nil else { return ((), .keep) }
            item["answer"] = .string(text)
            return ((), .put(item))
        }
    }
}
