import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// The bootstraps under AWS's own Runtime Interface Emulator, which takes one event at a time.
@Suite(.serialized, .takingTurns) struct EmulatorTests {
    /// An emulator with a function under it.
    struct Emulator {
        let process: TestProcess
        let authority: String
        let client = CurlClient()

        init(_ function: String, _ environment: [String: String] = [:]) async throws {
            let emulator = TestProcess.root.appending(path: ".venv/rie/aws-lambda-rie").path
            try #require(
                FileManager.default.isExecutableFile(atPath: emulator),
                "AWS's emulator is missing: run ./build.sh test.")
            let port = try ScriptedServer.closedPort()
            authority = "127.0.0.1:\(port)"
            process = try TestProcess(
                emulator,
                [
                    "--log-level", "error", "--runtime-api-address", "127.0.0.1:\(try ScriptedServer.closedPort())",
                    "--runtime-interface-emulator-address", authority, TestProcess.bootstrap(function),
                ], environment: environment)
            try await waitForPort(port)
        }

        private func waitForPort(_ port: Int) async throws {
            let end = ContinuousClock.now + .seconds(10)
            while .now < end {
                let request = HTTPRequest(method: .get, scheme: "http", authority: authority, path: "/")
                if (try? await client.send(request, deadline: .now + .seconds(1))) != nil { return }
                try await Task.sleep(for: .milliseconds(20))
            }
            Issue.record("The emulator did not start: \(process.errorOutput)")
        }

        func post(_ event: [UInt8]) async throws -> (status: Int, body: String) {
            let request = HTTPRequest(
                method: .post, scheme: "http", authority: authority,
                path: "/2015-03-31/functions/function/invocations")
            let options = RequestOptions(maximumBodyBytes: 16 << 20)
            let (head, body) = try await client.send(
                request, body: event, options: options, deadline: .now + .seconds(20))
            return (head.status.code, String(decoding: body, as: UTF8.self))
        }

        func post(_ event: String) async throws -> String {
            try await post(Array(event.utf8)).body
        }
    }

    @Test func `Echo answers small and large events, and goes on after bad ones`() async throws {
        let emulator = try await Emulator("Echo")
        #expect(try await emulator.post(#"{"n":9223372036854775807}"#) == #"{"n":9223372036854775807}"#)
        #expect(try await emulator.post("[1,").contains(#""errorType":"Function.InvalidRequest""#))
        #expect(try await emulator.post("").contains("The event is empty"))
        let invalid = try await emulator.post([0x22, 0xFF, 0x22])
        #expect(invalid.body.contains("Function.InvalidRequest"))
        let large = "\"" + String(repeating: "x", count: 5_000_000) + "\""
        #expect(try await emulator.post(large) == large)
        #expect(try await emulator.post("null") == "null")
    }

    @Test func `Echo streams`() async throws {
        let emulator = try await Emulator("Echo", ["ECHO_MODE": "stream"])
        #expect(try await emulator.post(#"{"stream":3}"#) == "{\"chunk\":0}\n{\"chunk\":1}\n{\"chunk\":2}\n")
        #expect(try await emulator.post(#"{"stream":-1}"#).contains("Function.InvalidRequest"))
        #expect(try await emulator.post("7") == "7")
    }

    @Test func `Echo asks for SIGTERM and answers`() async throws {
        let emulator = try await Emulator("Echo", ["SWITCHBOARD_GRACEFUL_SHUTDOWN": "true"])
        #expect(try await emulator.post("1") == "1")
    }

    @Test func `an initialisation that fails is told with every fault`() async throws {
        let emulator = try await Emulator("SendEmail", ["AWS_LAMBDA_LOG_FORMAT": "JSON"])
        let answer = try await emulator.post(Array("{}".utf8))
        #expect(answer.body.contains("Function.InvalidEnvironment"))
        for name in ["EMAIL_ALLOWED_SENDERS", "IDEMPOTENCY_TABLE"] {
            #expect(answer.body.contains("\(name) is not set"))
        }
    }
}
