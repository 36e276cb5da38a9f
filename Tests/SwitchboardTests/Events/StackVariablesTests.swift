import Foundation
import JSON
import TestSupport
import Testing
import Timeline

@testable import switchboard

/// `switchboard env`, and the lines of a stack that runs.
struct StackVariablesTests {
    private static func state(processID: Int32 = getpid()) -> StackState {
        StackState(
            processID: processID,
            environment: [
                "AWS_ENDPOINT_URL": "http://127.0.0.1:4566", "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "local",
                "AWS_SECRET_ACCESS_KEY": "it's secret",
            ], api: "http://a.execute-api.localhost:4566")
    }

    private static func folder() throws -> URL {
        let root = FileManager.default.temporaryDirectory.appending(path: "stack-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root.appending(path: "dist"), withIntermediateDirectories: true)
        return root
    }

    @Test func `a shell that evaluates it has the variables, and an AWS CLI that gets the address each time`() throws {
        let root = try Self.folder()
        defer { try? FileManager.default.removeItem(at: root) }
        // A stand-in for the AWS CLI: it prints its arguments.
        let tool = root.appending(path: "aws")
        try Data("#!/bin/sh\necho \"$@\"\n".utf8).write(to: tool)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool.path)
        let text = StackVariables(state: Self.state(), root: root).text(for: .sh)
        let script = """
            PATH=\(root.path):$PATH AWS_PROFILE=real AWS_SESSION_TOKEN=old; export PATH AWS_PROFILE AWS_SESSION_TOKEN
            eval "$1"
            aws sqs list-queues
            echo "$AWS_SECRET_ACCESS_KEY|$AWS_PROFILE|$AWS_SESSION_TOKEN|$SWITCHBOARD_API|$AWS_CONFIG_FILE|$NO_PROXY"
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script, "sh", text]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        #expect(
            output == """
                --endpoint-url http://127.0.0.1:4566 sqs list-queues
                it's secret|||http://a.execute-api.localhost:4566|\(root.path)/dist/.stack-aws-config|127.0.0.1,localhost,.localhost

                """)
        let fish = StackVariables(state: Self.state(), root: root).text(for: .fish)
        #expect(fish.contains("set -gx AWS_REGION eu-central-1") && fish.contains("function aws;"))
    }

    @Test func `a stack is known while its process lives, by files that its owner alone can read`() throws {
        let root = try Self.folder()
        defer { try? FileManager.default.removeItem(at: root) }
        #expect(StackState.running(in: root) == nil)
        try Self.state().write(in: root)
        #expect(StackState.running(in: root) == Self.state())
        for name in [".stack-\(getpid()).json", ".stack-aws-config"] {
            let path = root.appending(path: "dist/\(name)").path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
        let text = try String(contentsOf: StackState.configuration(in: root), encoding: .utf8)
        #expect(text.contains("cli_binary_format = raw-in-base64-out"))
        // A second one does not take the place of the first, and is there when that has ended.
        try Self.state(processID: getppid()).write(in: root)
        #expect(StackState.running(in: root) == Self.state())
        Self.state().remove(in: root)
        #expect(StackState.running(in: root)?.processID == getppid())
        Self.state(processID: getppid()).remove(in: root)
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "dist").path).isEmpty)
        try Self.state(processID: 4_194_300).write(in: root)
        #expect(StackState.running(in: root) == nil, "its process has ended")
        let secret = try StackState.secret(in: root)
        #expect(secret.count >= 32)
        #expect(try StackState.secret(in: root) == secret, "it stays the same")
    }

    @Test func `without a stack env says how to start one, and prints nothing for the shell`() throws {
        let project = try TemporaryProject()
        let run = try CommandRun(["env"], in: project.root)
        run.wait()
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.errors.contains("No stack is up") && run.errors.contains("deploy --local"))
        #expect(run.errors.contains("console --stack"))
    }

    @Test(arguments: ["80", "65535", "http"]) func `a port that leaves no room is refused`(port: String) throws {
        let project = try TemporaryProject()
        let run = try CommandRun(["deploy", "--local", "--port", port], in: project.root)
        run.wait()
        #expect(run.status == 64 && run.errors.contains("--port"))
    }

    @Test(arguments: [
        (["--parameter-overrides", "A=b"], "give --stack, too"),
        (["--stack", "--parameter-overrides", "A"], "takes Name=Value"),
    ])
    func `the console takes parameters of a stack alone`(arguments: [String], reason: String) throws {
        let project = try TemporaryProject()
        let run = try CommandRun(["console"] + arguments, in: project.root)
        run.wait()
        #expect(run.status == 64 && run.errors.contains(reason), "\(run.errors)")
    }

    @Test func `a running stack has a line for each event, and e-mails in full`() {
        let timeline = Timeline(now: { "2026-11-29T12:36:00.123Z" })
        timeline.report(TimelineEvent(.aws, "request", "SES SendEmail → 200", function: "SendEmail"))
        timeline.report(
            TimelineEvent(
                .email, "sent", "E-mail to b@example.net: Hi", function: "SendEmail",
                detail: [
                    "from": "a@example.com", "to": ["b@example.net"], "cc": ["c@example.net", "d@example.net"],
                    "subject": "Hi", "text": "Dear B,\n\nhello",
                ]))
        timeline.report(
            TimelineEvent(
                .lambda, "invocation", "SendEmail → ok in 20 ms", outcome: .ok, function: "SendEmail",
                detail: ["cold": true, "initMilliseconds": .number("40.6"), "memoryMB": 29]))
        timeline.report(
            TimelineEvent(
                .lambda, "invocation", "SendEmail → ok in 4 ms", outcome: .ok, function: "SendEmail",
                detail: ["cold": false, "memoryMB": 30]))
        timeline.report(
            TimelineEvent(
                .lambda, "invocation", "Echo → X in 3 ms", outcome: .failed, function: "Echo",
                detail: ["error": ["errorMessage": "It failed."], "log": ["a line"]]))
        let lines = timeline.events().flatMap { StackLines().lines(of: $0) }
        #expect(
            lines == [
                "12:36:00  SendEmail: SES SendEmail → 200", "12:36:00  SendEmail: E-mail to b@example.net: Hi",
                "          From: a@example.com", "          To: b@example.net",
                "          Cc: c@example.net, d@example.net", "          Subject: Hi", "          Dear B,",
                "          ", "          hello", "12:36:00  SendEmail → ok in 20 ms (cold, init 41 ms, 29 MB)",
                "12:36:00  SendEmail → ok in 4 ms (warm, 30 MB)", "12:36:00  Echo → X in 3 ms",
                "          It failed.", "          a line",
            ])
    }
}
