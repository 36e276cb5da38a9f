import LocalServices

/// The summary of a stack in the local AWS: its outputs, the ways to reach its parts, the differences from AWS.
struct DeployReport {
    let text: String

    init(_ deployment: LocalDeployment) async throws {
        let count = try await deployment.stack.resources().count
        let outputs = deployment.outputs.map { [$0.name, $0.value] }
        let differences = Ministack.differences.map { "- \($0)" }
        let queues = try await deployment.queueURLs()
        text =
            ([
                "The stack \(deployment.stack.name) is up, with \(count) resources; its secrets are filled.", "",
                Table(heads: ["OUTPUT", "VALUE"], rows: outputs).text, "",
            ] + Self.ways(into: deployment, queues: queues).flatMap { ["\($0.what):"] + $0.lines.map { "  \($0)" } } + [
                "", "Not as on AWS:", differences.joined(separator: "\n"), "",
                "Ctrl-C deletes the stack and ends everything.",
            ]).joined(separator: "\n")
    }

    private static func ways(
        into deployment: LocalDeployment, queues: [String]
    ) -> [(what: String, lines: [String])] {
        let (aws, stack, recordings) = (deployment.aws, deployment.stack.name, deployment.recordings)
        var ways: [(what: String, lines: [String])] = [
            ("The AWS CLI, version 1 or 2, in another terminal", [#"eval "$(\#(Switchboard.invocation) env)""#]),
            (
                "A function, then",
                [
                    "aws lambda invoke --function-name \(stack)-SendSMS \\",
                    "  --payload file://events/SendSMS/01-guide-form.json /dev/stdout",
                ]
            ),
            (
                "A function, without the AWS CLI",
                [
                    "curl --aws-sigv4 aws:amz:\(aws.region):lambda --user \(aws.accessKeyID):\(aws.secretAccessKey) \\",
                    "  --data-binary @events/SendSMS/01-guide-form.json \\",
                    "  \(aws.endpoint)/2015-03-31/functions/\(stack)-SendSMS/invocations",
                ]
            ),
        ]
        if let api = deployment.output("HttpApiUrl") {
            ways.append(("The HTTP API", ["curl \(api)/health"]))
        }
        if let queue = queues.first(where: { !$0.contains("DeadLetters") }) ?? queues.first {
            ways.append(
                (
                    "The queues",
                    queues + ["aws sqs send-message --queue-url \(queue) --message-body '{\"Event\":\"s3:TestEvent\"}'"]
                ))
        }
        ways += [
            (
                "A recording",
                [
                    "aws s3 cp call.wav 's3://\(recordings.bucket)/\(recordings.prefix)/CallRecordings/2026/11/21/"
                        + "<contact id>_20261121T10:05_UTC.wav'"
                ]
            ),
            (
                "E-mails and text messages",
                ["are printed here as they are sent; as JSON:", "curl \(aws.emailsURL)", "curl \(aws.textsURL)"]
            ),
            (
                "What the stand-ins hold",
                [
                    "Salesforce  curl \(deployment.salesforce.instanceURL)/debug/state",
                    "VoiceIt     curl \(deployment.voiceIt.url)/debug/state",
                    "Twilio      curl \(deployment.twilio.url)/debug/state",
                ]
            ),
        ]
        return ways
    }
}
