/// A strict VoiceIt, with API 2.0 and 3.0, on a free port of 127.0.0.1, until `stop()`.
///
/// It recognises voices by the marks of `LocalRecording`, and measures length, silence and speech in the audio itself.
/// It refuses wrong credentials, a `platformId` that is not a number, bodies that are not a multipart form with every
/// field, recordings that are too long, too short or silent, languages that do not exist or are not in the plan,
/// unregistered phrases, words other than the phrase's, a recording that was used before, and an enrolment unlike the
/// earlier ones. Each rule names its source. Its state is shown at `GET /debug/state`; see `ServiceFault` for how to
/// make it return any code, or fail.
package final class VoiceItDouble: Stoppable {
    package static let key = "key_local"
    package static let token = "tok_local"

    /// The value for `VOICEIT_BASE_URL`.
    package let url: String
    package let account: VoiceItAccount
    private let server: LoopbackServer

    /// Starts listening; `key` and `token` are the accepted credentials.
    package init(
        key: String = VoiceItDouble.key, token: String = VoiceItDouble.token, port: UInt16 = 0,
        holding: @escaping Holding = LoopbackServer.holding
    ) async throws {
        let account = VoiceItAccount(key: key, token: token)
        server = try await .answering(port: port, holding: holding) { await account.answer($0) }
        self.account = account
        url = "http://127.0.0.1:\(server.port)"
    }

    /// Closes the port and every connection.
    package func stop() async {
        await server.stop()
    }

    /// The variables that point a function to it.
    package var environment: [String: String] {
        ["VOICEIT_BASE_URL": url, "VIAPIKEY": Self.key, "VIAPITOKEN": Self.token]
    }

    /// Runs `body` with a started double and stops it afterwards, however `body` ends.
    package static func withRunning<Result: Sendable>(
        key: String = VoiceItDouble.key, token: String = VoiceItDouble.token, port: UInt16 = 0,
        holding: @escaping Holding = LoopbackServer.holding, _ body: (VoiceItDouble) async throws -> Result
    ) async throws -> Result {
        try await stopping(VoiceItDouble(key: key, token: token, port: port, holding: holding), after: body)
    }
}
