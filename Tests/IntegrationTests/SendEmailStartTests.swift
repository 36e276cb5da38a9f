import TestSupport
import Testing

/// The built bootstrap of SendEmail as it starts; its libcurl is not the one that the other tests are linked with.
@Suite(.takingTurns) struct SendEmailStartTests {
    @Test(arguments: [true, false])
    func `init opens its connections without a request, unless it is told not to`(warmsUp: Bool) async throws {
        let api = try ScriptedServer { connection in
            guard try connection.readRequest() != nil else { return }
            connection.hang()
        }
        let aws = try ScriptedServer.answering()
        let process = try TestProcess(
            TestProcess.bootstrap("SendEmail"),
            environment: [
                "AWS_LAMBDA_RUNTIME_API": api.authority, "AWS_ENDPOINT_URL": "http://\(aws.authority)",
                "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
                "IDEMPOTENCY_TABLE": "table", "EMAIL_ALLOWED_SENDERS": "@example.com",
                "SWITCHBOARD_WARM_UP": "\(warmsUp)",
            ])
        #expect(await Processes.eventually { !api.requests.isEmpty })
        #expect(api.requests.first?.target == "/2018-06-01/runtime/invocation/next")
        #expect(aws.connectionCount == (warmsUp ? 1 : 0))
        #expect(aws.requests.map(\.target) == [])
        process.signal(9)
        _ = try await process.status()
    }
}
