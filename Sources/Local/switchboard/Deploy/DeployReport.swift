import LocalServices

/// The summary of a stack in the local AWS: its outputs, the ways to reach its parts, the differences from AWS.
struct DeployReport {
    let text: String

    init(_ deployment: LocalDeployment) async throws {
        let count = try await deployment.stack.resources().count
        let outputs = deployment.outputs.map { [$0.name, $0.value] }
        let differences = Ministack.differences.map { "- \($0)" }
        text = [
            "The stack \(deployment.stack.name) is up, with \(count) resources; its secrets are filled.", "",
            Table(heads: ["OUTPUT", "VALUE"], rows: outputs).text, "",
            Table(heads: ["WHAT", "HOW"], rows: Self.ways(into: deployment)).text, "",
            "Not as on AWS:", differences.joined(separator: "\n"), "",
            "Ctrl-C deletes the stack and ends everything.",
        ].joined(separator: "\n")
    }

    private static func ways(into deployment: LocalDeployment) -> [[String]] {
        let aws = deployment.aws
        let recordings = deployment.recordings
        let curl =
            "curl --aws-sigv4 aws:amz:\(aws.region):lambda"
            + " --user \(aws.accessKeyID):\(aws.secretAccessKey)"
            + " --data-binary @events/<Function>/<event>.json"
        var ways = [
            [
                "AWS",
                "export "
                    + aws.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "),
            ],
            [
                "A function",
                "\(curl) \(aws.endpoint)/2015-03-31/functions/\(deployment.stack.name)-<Function>/invocations",
            ],
        ]
        if let api = deployment.output("HttpApiUrl") {
            ways.append(["The HTTP API", "curl \(api)/health"])
        }
        ways += [
            [
                "A recording",
                "aws s3 cp call.wav 's3://\(recordings.bucket)/\(recordings.prefix)/CallRecordings/2026/11/21/"
                    + "<contact id>_20261121T10:05_UTC.wav'",
            ],
            ["E-mails sent", "curl \(aws.emailsURL)"],
            ["Texts sent", "curl \(aws.textsURL)"],
            ["Salesforce", "curl \(deployment.salesforce.instanceURL)/debug/state"],
            ["VoiceIt", "curl \(deployment.voiceIt.url)/debug/state"],
            ["Twilio", "curl \(deployment.twilio.url)/debug/state"],
        ]
        return ways
    }
}
