/// A strict part of Twilio on a free port of 127.0.0.1, until `stop()`: an account and its recordings.
///
/// It requires Basic credentials, has a recording only after some attempts, and removes it when it is deleted. Its
/// state is shown at `GET /debug/state`; see `ServiceFault` for how to make it fail.
package final class TwilioMediaDouble: Stoppable {
    package static let accountSID = "AC00000000000000000000000000000000"
    package static let authToken = "local-auth-token"

    package struct Configuration: Sendable {
        package var accountSID = TwilioMediaDouble.accountSID
        package var authToken = TwilioMediaDouble.authToken
        /// The number of requests for which a recording is not available yet: 404.
        package var triesBefore = 1
        /// The number of deletions for which a recording is still being processed: 404, as users report. A recording
        /// that was fetched is processed.
        package var deletionsBefore = 0
        /// `Full`, or `Trial`, which blocks `<Record>`. "Accounts resource" in Twilio's documentation.
        package var type = "Full"
        /// Returns the content of a recording that has not been put there; nil: there is none.
        package var standard: (@Sendable (_ sid: String) -> LocalRecording?)? = TwilioMediaDouble.standard

        /// The port; 0 for a free one.
        package var port: UInt16 = 0

        package init() {}
    }

    /// The value for `TWILIO_MEDIA_HOSTS` and for `TWILIO_API_BASE_URL`.
    package let url: String
    package let recordings: TwilioRecordings
    private let server: LoopbackServer

    /// Starts listening.
    package init(
        _ configuration: Configuration = Configuration(), holding: @escaping Holding = LoopbackServer.holding
    ) async throws {
        let recordings = TwilioRecordings(configuration)
        server = try await .answering(port: configuration.port, holding: holding) { await recordings.answer($0) }
        self.recordings = recordings
        url = "http://127.0.0.1:\(server.port)"
    }

    /// Closes the port and every connection.
    package func stop() async {
        await server.stop()
    }

    /// The variables that point a function to it.
    package var environment: [String: String] {
        [
            "TWILIO_MEDIA_HOSTS": url, "TWILIO_API_BASE_URL": url, "TWILIO_ACCOUNT_SID": Self.accountSID,
            "TWILIO_AUTH_TOKEN": Self.authToken,
        ]
    }

    /// Runs `body` with a started double and stops it afterwards, however `body` ends.
    package static func withRunning<Result: Sendable>(
        _ configuration: Configuration = Configuration(), holding: @escaping Holding = LoopbackServer.holding,
        _ body: (TwilioMediaDouble) async throws -> Result
    ) async throws -> Result {
        try await stopping(TwilioMediaDouble(configuration, holding: holding), after: body)
    }

    /// Returns a recording by the end of its identifier: `…dead` is another person, `…0404` does not exist, `…5157` is
    /// too quiet, `…4e25` hardly speaks, `…9999` was played before; any other is the caller, who says the requested
    /// phrase.
    package static func standard(_ sid: String) -> LocalRecording? {
        switch sid.suffix(4).lowercased() {
        case "dead": LocalRecording(voice: "somebody else")
        case "0404": nil
        case "5157": LocalRecording(code: "SSTQ")
        case "4e25": LocalRecording(code: "NEHSD")
        case "9999": LocalRecording(code: "RWPU")
        default: LocalRecording()
        }
    }
}
