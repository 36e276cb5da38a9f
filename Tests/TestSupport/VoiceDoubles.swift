package import LocalServices

/// The services that both functions of voice authentication call: a strict table, a strict VoiceIt and a strict Twilio.
package struct VoiceDoubles: Sendable {
    package let table: AWSDouble
    package let voiceIt: VoiceItDouble
    package let twilio: TwilioMediaDouble

    /// The table of `AWSDouble` that stands for `VOICE_TABLE`.
    package static let tableName = "switchboard-idempotency"

    /// Runs `body` with all three started.
    package static func withRunning<Result: Sendable>(
        media: TwilioMediaDouble.Configuration = .init(), holding: @escaping Holding = LoopbackServer.holding,
        _ body: @Sendable (VoiceDoubles) async throws -> Result
    ) async throws -> Result {
        try await VoiceItDouble.withRunning(holding: holding) { voiceIt in
            try await TwilioMediaDouble.withRunning(media, holding: holding) { twilio in
                let table = try AWSDouble()
                defer { table.stop() }
                return try await body(VoiceDoubles(table: table, voiceIt: voiceIt, twilio: twilio))
            }
        }
    }

    /// The variables that lead to them, the table and a secret for hashes among them; `others` win.
    package func environment(_ others: [String: String]) -> [String: String] {
        var all = table.environment.merging(voiceIt.environment) { $1 }.merging(twilio.environment) { $1 }
        all["IDEMPOTENCY_TABLE"] = nil
        all["VOICE_TABLE"] = Self.tableName
        all["VOICE_HASH_SECRET"] = "a secret of tests"
        return all.merging(others) { $1 }
    }
}
