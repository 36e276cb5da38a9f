import AWS
import LambdaRuntime

/// Whether the Amazon Connect instance is there and active. `DescribeInstance` in the Amazon Connect API Reference.
struct ConnectInstanceCheck: LiveCheck {
    let subject = "Amazon Connect"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let environment = try settings.variables.environment(for: "")
        guard let arn = environment["CONNECT_INSTANCE_ARN"] else {
            throw MissingSetting("give --connect-instance, or set CONNECT_INSTANCE_ARN")
        }
        guard let match = arn.wholeMatch(of: #/arn:[a-z-]+:connect:([a-z0-9-]+):\d{12}:instance\/([0-9A-Za-z-]+)/#)
        else {
            return [.mend(subject, "the ARN must be arn:aws:connect:<region>:<account>:instance/<id>")]
        }
        let aws = try AWSProbe(environment, deadline: deadline)
        guard match.1 == aws.configuration.region else {
            return [
                .mend(
                    subject,
                    "the instance is in \(match.1), and AWS_REGION is \(aws.configuration.region): functions must "
                        + "be where the instance is")
            ]
        }
        let answer = try await aws.get("/instance/\(match.2)", "DescribeInstance", of: .connect)
        guard answer["Instance"]?["InstanceStatus"]?.string == "ACTIVE" else {
            return [.mend(subject, "the instance is not active: see the Amazon Connect console")]
        }
        return [.ok(subject, "the instance is active")]
    }
}
