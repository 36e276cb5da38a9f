import Foundation
import LocalServices
import Settings
import Synchronization
import TestSupport
import Testing

@testable import ConnectRecording
@testable import LambdaRuntime

@Suite(.takingTurns) struct ShortSecretTests {
    private static func start(
        _ crm: SalesforceDouble, _ vault: ScriptedServer, _ variables: [String: String] = [:]
    ) async throws -> ConnectRecording {
        try await ConnectRecording(
            environment: Environment(
                crm.environment.merging(FaultMatrix.aws) { $1 }.merging([
                    "RECORDINGS_BUCKET": "recordings", "RECORDING_LINK_BASE_URL": "https://calls.example.com/prod",
                    "RECORDING_LINK_SECRET_ARN": "link", "AWS_ENDPOINT_URL": "http://\(vault.authority)",
                ]) { $1 }.merging(variables) { $1 }))
    }

    @Test func `a link secret that is too short fails each invocation, a link with 500, and one ERROR line names it`()
        async throws
    {
        let vault = try ScriptedServer.answering { _ in
            .init(#"{"SecretString":"{\"RECORDING_LINK_SECRET\":\"0123456789abcde\"}"}"#)
        }
        try await SalesforceDouble.withRunning { crm in
            let function = try await Self.start(crm, vault)
            let lines = Mutex<[String]>([])
            func invoke(_ event: String) async throws -> [String: Any] {
                let context = LambdaContext(
                    requestID: "r", deadline: .now + .seconds(8),
                    logging: LogConfiguration { line in
                        lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
                    })
                guard case .bytes(let bytes) = try await function.handle(Array(event.utf8), context: context).body
                else { return [:] }
                return try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
            }
            for _ in 0..<2 {
                let answer = try await invoke(
                    Events.click(RecordingFixture.id, signature: RecordingFixture.signature(RecordingFixture.id)))
                #expect(answer["statusCode"] as? Int == 500)
                #expect((answer["headers"] as? [String: String])?["Cache-Control"] == "no-store")
                #expect((answer["body"] as? String)?.contains("SECRET") == false)
            }
            let logged = lines.withLock(\.self)
            #expect(
                logged.count == 2 && logged.allSatisfy { $0.contains("ERROR") && $0.contains("RECORDING_LINK_SECRET") })
            #expect(!logged.joined().contains("0123456789"))
            for event in [
                Events.flow(RecordingFixture.id, from: nil), Events.bridge(Events.key(RecordingFixture.id)),
            ] {
                let error = await #expect(throws: FunctionError.self) { _ = try await invoke(event) }
                #expect(error?.code == .serviceUnavailable)
                #expect(error?.description.contains("RECORDING_LINK_SECRET") == true)
            }
            // Whoever fails logs it: Lambda's loop.
            #expect(lines.withLock(\.count) == 2)
            let queued = try await invoke(Events.queue([Events.notification([Events.key(RecordingFixture.id)])]))
            #expect((queued["batchItemFailures"] as? [Any])?.count == 1)
            #expect(lines.withLock(\.count) == 3)
            #expect(vault.requests.count == 2)
            #expect(await crm.org.requests.isEmpty)
        }
    }

    @Test func `what is wrong with several secrets is in one message`() async throws {
        let vault = try ScriptedServer.answering { _ in .init(#"{"SecretString":"{\"OTHER\":\"s3cret\"}"}"#) }
        try await SalesforceDouble.withRunning { crm in
            let error = await #expect(throws: EnvironmentError.self) {
                _ = try await Self.start(
                    crm, vault,
                    ["SALESFORCE_SECRET_ARN": "crm", "SALESFORCE_CLIENT_ID": "", "SALESFORCE_CLIENT_SECRET": ""])
            }
            let text = error?.description ?? ""
            #expect(error?.faults.count == 3, "\(text)")
            for name in ["RECORDING_LINK_SECRET:", "SALESFORCE_CLIENT_ID", "SALESFORCE_CLIENT_SECRET"] {
                #expect(text.contains(name), "\(text)")
            }
            #expect(!text.contains("s3cret"))
        }
    }
}
