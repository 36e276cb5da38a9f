import AWS
import Calling
import Foundation
import LocalServices
import Settings
import Synchronization
import TestSupport
import Testing

@testable import VoiceIt

/// Calls that are repeated, and calls that are not.
@Suite(.takingTurns) struct FailureTests {
    private static func answer(_ code: String, status: Int, _ more: String = "") -> ScriptedServer.Response {
        ScriptedServer.Response(status: status, #"{"responseCode":"\#(code)","status":\#(status)\#(more)}"#)
    }

    @Test func `credentials and boundary are sent as they must be`() async throws {
        let server = try ScriptedServer.answering { _ in Self.answer("SUCC", status: 200) }
        let client = try VoiceItFixture("http://\(server.authority)/base", numbers: [1, 2, 3]).client
        var sample = VoiceItFixture.sample("usr_1")
        sample.recording = Array("x switchboard-1 y\r\n--switchboard-2\r\n".utf8)
        _ = try await client.verify(sample, deadline: .soon)
        let request = try #require(server.requests.first)
        #expect(request.target == "/base/verification/voice")
        #expect(request["Authorization"] == "Basic \(Data("key_local:tok_local".utf8).base64EncodedString())")
        // It would name one of VoiceIt's SDKs, which this client is not.
        #expect(request["platformId"] == nil)
        #expect(request["Content-Type"] == "multipart/form-data; boundary=switchboard-3")
        #expect(request.text.contains("filename=\"recording.wav\"\r\n"))
        #expect(request.text.hasSuffix("\r\n--switchboard-3--\r\n"))
    }

    @Test func `a busy VoiceIt is asked again, for what creates too`() async throws {
        try await VoiceItDouble.withRunning { double in
            let client = try VoiceItFixture(double.url).client
            await double.account.misbehave(.busy, times: 2)
            _ = try await client.createUser(deadline: .soon)
            #expect(await double.account.users.count == 1)
            await double.account.misbehave(.busy, times: 3)
            let error = await #expect(throws: VoiceItError.self) { try await client.createUser(deadline: .soon) }
            #expect(error?.kind == .unavailable && error?.outcome == .refused)
            #expect(await double.account.users.count == 1)
        }
    }

    @Test func `what creates or judges is not repeated when its outcome is unknown`() async throws {
        try await VoiceItDouble.withRunning { double in
            await double.account.addUser("usr_1")
            let client = try VoiceItFixture(double.url).client
            for call: () async throws -> Void in [
                { _ = try await client.createUser(deadline: .soon) },
                { _ = try await client.enroll(VoiceItFixture.sample("usr_1"), deadline: .soon) },
                { _ = try await client.verify(VoiceItFixture.sample("usr_1"), deadline: .soon) },
            ] {
                await double.account.misbehave(.drop)
                let before = await double.account.calls.count
                let error = await #expect(throws: VoiceItError.self) { try await call() }
                #expect(error?.outcome == .unknown)
                #expect(await double.account.calls.count == before + 1)
            }
            #expect(await double.account.users.count == 2)
            await double.account.misbehave(.drop, times: 2)
            #expect(try await client.deleteUser("usr_1", deadline: .soon) == false)
        }
    }

    @Test func `an answer of 500 to what judges is not repeated, and a list is`() async throws {
        let server = try ScriptedServer.answering { request in
            request.method == "POST" ? Self.answer("ZZZZ", status: 500) : ScriptedServer.Response(status: 502, "<html>")
        }
        let client = try VoiceItFixture("http://\(server.authority)").client
        let judged = await #expect(throws: VoiceItError.self) {
            try await client.verify(VoiceItFixture.sample("usr_1"), deadline: .soon)
        }
        #expect(judged?.kind == .unavailable && judged?.outcome == .unknown)
        #expect(server.requests.count == 1)
        let listed = await #expect(throws: VoiceItError.self) {
            try await client.enrollmentCount(of: "usr_1")
        }
        #expect(listed?.kind == .unavailable)
        #expect(server.requests.count == 4)
    }

    @Test(arguments: ["<html>", "{}", "[]", #"{"responseCode":7}"#, #"{"responseCode":"succ"}"#, ""])
    func `an answer that is not VoiceIt's is unreadable`(body: String) async throws {
        let server = try ScriptedServer.answering { _ in ScriptedServer.Response(status: 200, body) }
        let client = try VoiceItFixture("http://\(server.authority)").client
        let error = await #expect(throws: VoiceItError.self) {
            try await client.verify(VoiceItFixture.sample("usr_1"), deadline: .soon)
        }
        #expect(error?.kind == .unreadable)
        #expect(server.requests.count == 1)
    }

    @Test func `a success with a status that is none, or without a user's id, is not one`() async throws {
        let server = try ScriptedServer.answering { _ in Self.answer("SUCC", status: 302, #","userId":"usr_1""#) }
        let client = try VoiceItFixture("http://\(server.authority)").client
        await #expect(throws: VoiceItError.self) {
            try await client.verify(VoiceItFixture.sample("usr_1"), deadline: .soon)
        }
        await #expect(throws: VoiceItError.self) { try await client.createUser(deadline: .soon) }
        let unsafe = try ScriptedServer.answering { _ in Self.answer("SUCC", status: 201, #","userId":"../x""#) }
        let other = try VoiceItFixture("http://\(unsafe.authority)").client
        let error = await #expect(throws: VoiceItError.self) { try await other.createUser(deadline: .soon) }
        #expect(error?.kind == .unreadable && error?.outcome == .unknown)
    }

    @Test func `a VoiceIt that hangs is left at the deadline`() async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            _ = try connection.readRequest()
        }
        let client = try VoiceItFixture("http://\(server.authority)").client
        let start = ContinuousClock.now
        let error = await #expect(throws: VoiceItError.self) {
            try await client.verify(VoiceItFixture.sample("usr_1"), deadline: .now + .milliseconds(200))
        }
        #expect(error?.kind == .timedOut && error?.outcome == .unknown)
        #expect(ContinuousClock.now - start < .seconds(3))
    }

    @Test func `a rotated secret is read anew and tried once`() async throws {
        let current = Mutex("old")
        let readings = Mutex(0)
        let vault = try ScriptedServer.answering { _ in
            readings.withLock { $0 += 1 }
            let token = current.withLock(\.self)
            return ScriptedServer.Response(
                #"{"SecretString":"{\"VIAPIKEY\":\"key_local\",\"VIAPITOKEN\":\"\#(token)\"}"}"#)
        }
        try await VoiceItDouble.withRunning(token: "new") { double in
            let configuration = try Environment([
                "VOICEIT_BASE_URL": double.url, "VOICEIT_SECRET_ARN": "voiceit", "AWS_REGION": "eu-central-1",
                "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
                "AWS_ENDPOINT_URL": "http://\(vault.authority)",
            ]).read(VoiceItConfiguration.variable)
            let client = VoiceItClient(configuration: configuration)
            try await client.readSecret(deadline: .soon)
            let refused = await #expect(throws: VoiceItError.self) { try await client.createUser(deadline: .soon) }
            #expect(refused?.kind == .credentialsRefused)
            // Read once at start and once after the refusal; another refusal so soon reads nothing.
            #expect(readings.withLock(\.self) == 2)
            await #expect(throws: VoiceItError.self) { try await client.createUser(deadline: .soon) }
            #expect(readings.withLock(\.self) == 2)
            current.withLock { $0 = "new" }
            let fresh = VoiceItClient(configuration: configuration)
            current.withLock { $0 = "old" }
            try await fresh.readSecret(deadline: .soon)
            current.withLock { $0 = "new" }
            _ = try await fresh.createUser(deadline: .soon)
        }
    }

    @Test func `the settings name everything that is missing`() throws {
        let error = #expect(throws: EnvironmentError.self) {
            try Environment(["VOICEIT_BASE_URL": "nowhere"]).read(VoiceItConfiguration.variable)
        }
        let text = try #require(error?.description)
        for name in ["VOICEIT_BASE_URL", "VIAPIKEY", "VIAPITOKEN", "VOICEIT_SECRET_ARN"] {
            #expect(text.contains(name), "\(name)")
        }
        let standard = try Environment(["VIAPIKEY": "k", "VIAPITOKEN": "t"]).read(VoiceItConfiguration.variable)
        #expect(standard.base.authority == "api.voiceit.io")
    }
}
