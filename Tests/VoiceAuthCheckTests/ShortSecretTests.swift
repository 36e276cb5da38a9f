import AmazonConnect
import LambdaRuntime
import LocalServices
import Settings
import Synchronization
import TestSupport
import Testing
import VoiceAuth

@testable import VoiceAuthCheck

@Suite(.takingTurns) struct ShortSecretTests {
    @Test func `a hash secret that is too short makes each answer unavailable, and one ERROR line names it`()
        async throws
    {
        let vault = try ScriptedServer.answering { _ in
            .init(#"{"SecretString":"{\"VOICE_HASH_SECRET\":\"0123456789abcde\"}"}"#)
        }
        let aws = try AWSDouble()
        defer { aws.stop() }
        let function = try await VoiceAuthCheck(
            environment: Environment(
                aws.environment.merging([
                    "VOICE_TABLE": "voice", "VOICE_HASH_SECRET_ARN": "hash", "VIAPIKEY": "k", "VIAPITOKEN": "t",
                    "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://\(vault.authority)",
                ]) { $1 }))
        let lines = Mutex<[String]>([])
        func invoke(_ event: ContactFlowEvent) async throws -> VoiceOutput {
            let context = LambdaContext(
                requestID: "r", deadline: .now + .seconds(8),
                logging: LogConfiguration { line in lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
                })
            return try await function.handle(event, context: context)
        }
        for phase in ["begin", "result", "confirm", "optout", "delete"] {
            #expect(try await invoke(VoiceCheckFixture.event(["phase": phase])) == VoiceOutput.branch(.unavailable))
            let logged = lines.withLock { lines in
                defer { lines = [] }
                return lines
            }
            #expect(logged.count == 1 && logged[0].contains("ERROR") && logged[0].contains("VOICE_HASH_SECRET"))
            #expect(!logged.joined().contains("0123456789"))
        }
        let error = await #expect(throws: FunctionError.self) {
            _ = try await invoke(VoiceCheckFixture.decode(["phase": "sweep"]))
        }
        #expect(error?.code == .serviceUnavailable && error?.description.contains("VOICE_HASH_SECRET") == true)
        // At the start, and once for the first refusal.
        #expect(vault.requests.count == 2)
        #expect(aws.calls.isEmpty)
    }

    @Test func `what is wrong with several secrets is in one message`() async throws {
        let vault = try ScriptedServer.answering { request in
            request.text.contains("voiceit")
                ? .init(status: 400, #"{"__type":"AccessDeniedException","Message":"not authorized"}"#)
                : .init(#"{"SecretString":"{\"OTHER\":\"s3cret\"}"}"#)
        }
        let error = await #expect(throws: EnvironmentError.self) {
            _ = try await VoiceAuthCheck(
                environment: Environment(
                    FaultMatrix.aws.merging([
                        "VOICE_TABLE": "voice", "VOICE_HASH_SECRET_ARN": "hash", "VOICEIT_SECRET_ARN": "voiceit",
                        "AWS_ENDPOINT_URL": "http://\(vault.authority)",
                    ]) { $1 }))
        }
        #expect(error?.faults.count == 2)
        let text = error?.description ?? ""
        #expect(text.contains("The secret of VOICE_HASH_SECRET_ARN has no VOICE_HASH_SECRET"))
        #expect(text.contains("The secret of VOICEIT_SECRET_ARN cannot be read") && text.contains("AccessDenied"))
        #expect(!text.contains("s3cret"))
    }
}
