import AWS
import Encoding
import JSON
import Settings

/// The check of the Amazon Connect instance: that it exists, is active, and has the functions that its flows call.
///
/// `DescribeInstance` and `ListLambdaFunctions` in the Amazon Connect API Reference.
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
        let answer: JSONValue
        do {
            answer = try await aws.get("/instance/\(match.2)", "DescribeInstance", of: .connect)
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            return [
                .mend(
                    subject,
                    "this account has no such instance in \(match.1) (ResourceNotFoundException): copy the ARN from the "
                        + "Amazon Connect console")
            ]
        }
        guard answer["Instance"]?["InstanceStatus"]?.string == "ACTIVE" else {
            return [.mend(subject, "the instance is not active: see the Amazon Connect console")]
        }
        return [.ok(subject, "the instance is active")] + (try await functions(of: String(match.2), aws))
    }

    /// The functions that flows call, each with a variable that shows that it is in use.
    private static let callees = [
        "SendEmail": "EMAIL_ALLOWED_SENDERS", "SendSMS": "SMS_ALLOWED_COUNTRY_CODES", "VoiceAuthCheck": "VOICE_TABLE",
        "ConnectRecording": "RECORDINGS_BUCKET", "ConnectCRM": "CRM_OBJECTS",
    ]

    private func functions(of instance: String, _ aws: AWSProbe) async throws -> [Finding] {
        let needed = try Self.callees.filter { try settings.variables.environment(for: $0.key)[$0.value] != nil }
        guard !needed.isEmpty else { return [] }
        var arns: [String] = []
        var token: String?
        repeat {
            let next = token.map { "&nextToken=\(PercentEncoding.encode($0))" } ?? ""
            let page = try await aws.get(
                "/instance/\(instance)/lambda-functions?maxResults=25\(next)", "ListLambdaFunctions", of: .connect)
            arns += (page["LambdaFunctions"]?.array ?? []).compactMap(\.string)
            token = page["NextToken"]?.string
        } while token != nil && arns.count < 1_000
        let known = Set(arns.compactMap { ExternalReferences.function($0, Self.callees.keys) })
        return needed.keys.sorted().map { function in
            known.contains(function)
                ? .ok("\(subject) and \(function)", "associated")
                : .mend(
                    "\(subject) and \(function)",
                    "flows cannot call it: add the function under Flows, AWS Lambda, in the Amazon Connect console, or "
                        + "deploy with ConnectInstanceArn")
        }
    }
}
