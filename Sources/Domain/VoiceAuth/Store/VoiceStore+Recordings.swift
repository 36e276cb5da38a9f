import AWS
import Calling

/// The right of a webhook to a recording.
package enum RecordingClaim: Sendable, Equatable {
    /// The recording is unused: upload it, apply the result, then call `answer` with the token.
    case claimed(token: String)
    /// The webhook that had claimed it never responded, and may have uploaded it: apply the known state, and call
    /// `answer`.
    case takenOver(token: String)
    /// It has been used, and this was the response: return the same.
    case answered(String)
    /// Another webhook is still using it, and the deadline has come.
    case busy
    /// It belongs to another call.
    case foreign
}

/// Recordings, each used once however often Twilio reports it.
extension VoiceStore {
    private static let pause = Duration.milliseconds(100)

    /// Returns true when a webhook has claimed the recording, whether or not it has responded.
    package func isClaimed(
        recordingSID: String, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> Bool {
        try await table.read(hash.recording(recordingSID).text, deadline: deadline).item != nil
    }

    /// Claims the recording, or waits until the webhook that has claimed it has responded.
    ///
    /// A claim is valid for `seconds`, the longest time of its webhook; after that the next one takes it over. Twilio
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

    /// Stores the response, for repeated webhooks of the recording; not when another has taken the claim over.
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
