/// A strict VoiceIt, as API 2.0 and 3.0 have it, on a free port of 127.0.0.1, until `stop()`.
///
/// It hears voices by the marks of `LocalRecording`, and reckons length, silence and speech from the audio itself. It refuses
/// wrong credentials, a `platformId` that is no number, bodies that are no multipart form with every field, recordings too
/// long, too short or silent, languages that are none or not in the plan, phrases that nobody registered, words other than
/// the phrase's, a recording that was used before, and an enrolment unlike the earlier ones. Each rule names its source.
/// Everything in it is seen at `GET /debug/state`; see `ServiceFault` for how to make it answer any code, or fail.
package final class VoiceItDouble: Stoppable {
    package static let key = "key_local"
    package static let token = "tok_local"

    /// What to give as `VOICEIT_BASE_URL`.
    package let url: String
    package let account: VoiceItAccount
    private let server: LoopbackServer

    /// Starts listening; `key` and `token` are those that are accepted.
    package init(
        key: String = VoiceItDouble.key, token: String = VoiceItDouble.token,
        holding: @escaping Holding = LoopbackServer.holding
    ) async throws {
        let account = VoiceItAccount(key: key, token: token)
        server = try await .answering(holding: holding) { await account.answer($0) }
        self.account = account
        url = "http://127.0.0.1:\(server.port)"
    }

    /// Closes the port and every connection.
    package func stop() async {
        await server.stop()
    }

    /// The variables that lead a function here.
    package var environment: [String: String] {
        ["VOICEIT_BASE_URL": url, "VIAPIKEY": Self.key, "VIAPITOKEN": Self.token]
    }

    /// Runs `body` with a started double and stops it afterwards, however `body` ends.
    package static func withRunning<Result: Sendable>(
        key: String = VoiceItDouble.key, token: String = VoiceItDouble.token,
        holding: @escaping Holding = LoopbackServer.holding, _ body: (VoiceItDouble) async throws -> Result
    ) async throws -> Result {
        try await stopping(VoiceItDouble(key: key, token: token, holding: holding), after: body)
    }
}
