import Settings
import Synchronization
import TestSupport
import Testing

@testable import VoiceIt

/// The responses that mean that the secret has been rotated.
@Suite(.takingTurns) struct SecretTests {
    /// Returns the number of reads of the secret when VoiceIt responds so: once at start, and again after a refusal.
    private func readings(_ status: Int, _ body: String) async throws -> Int {
        let readings = Mutex(0)
        let vault = try ScriptedServer.answering { _ in
            let number = readings.withLock { count in
                count += 1
                return count
            }
            return ScriptedServer.Response(
                #"{"SecretString":"{\"VIAPIKEY\":\"key_local\",\"VIAPITOKEN\":\"tok_\#(number)\"}"}"#)
        }
        defer { vault.stop() }
        let server = try ScriptedServer.answering { _ in ScriptedServer.Response(status: status, body) }
        defer { server.stop() }
        let configuration = try Environment([
            "VOICEIT_BASE_URL": "http://\(server.authority)", "VOICEIT_SECRET_ARN": "voiceit",
            "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
            "AWS_ENDPOINT_URL": "http://\(vault.authority)",
        ]).read(VoiceItConfiguration.variable)
        let client = VoiceItClient(configuration: configuration)
        try await client.readSecret(deadline: .soon)
        let error = await #expect(throws: VoiceItError.self) { try await client.createUser(deadline: .soon) }
        let isRefused = error?.kind == .credentialsRefused
        let count = readings.withLock(\.self)
        #expect(isRefused == (count == 2))
        // With another secret it is tried once more.
        #expect(server.requests.count == count)
        return count
    }

    @Test(arguments: [
        (401, #"{"responseCode":"UNAC"}"#), (403, #"{"responseCode":"UNAC"}"#), (400, #"{"responseCode":"UNAC"}"#),
        (401, ""), (403, "<html>"), (401, "{}"), (403, #"{"message":"Forbidden"}"#),
    ])
    func `a refused key has the secret read again`(status: Int, body: String) async throws {
        #expect(try await readings(status, body) == 2)
    }

    @Test(arguments: ["DAID", "FBDN", "ACLR", "ZZZZ"], [401, 403])
    func `a disabled account, or a call that is forbidden, says nothing of the key`(
        code: String, status: Int
    ) async throws {
        #expect(try await readings(status, #"{"responseCode":"\#(code)"}"#) == 1)
    }
}
