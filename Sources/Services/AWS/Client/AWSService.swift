import Calling

/// An AWS service, as its clients must know it: where it is, and how it wants requests signed.
package struct AWSService: Sendable, Hashable {
    /// The name for error messages, such as `SES`.
    package let name: String
    /// The name in a signature's scope.
    package let signingName: String
    /// The host's labels before the region.
    package let hostPrefix: String
    /// The suffix of `AWS_ENDPOINT_URL_…`, the same as in the AWS SDKs.
    package let endpointSuffix: String

    package init(name: String, signingName: String, hostPrefix: String, endpointSuffix: String) {
        self.name = name
        self.signingName = signingName
        self.hostPrefix = hostPrefix
        self.endpointSuffix = endpointSuffix
    }

    package static let ses = AWSService(
        name: "SES", signingName: "ses", hostPrefix: "email", endpointSuffix: "SESV2")
    package static let sns = AWSService(
        name: "SNS", signingName: "sns", hostPrefix: "sns", endpointSuffix: "SNS")
    package static let endUserMessaging = AWSService(
        name: "End User Messaging", signingName: "sms-voice", hostPrefix: "sms-voice",
        endpointSuffix: "PINPOINT_SMS_VOICE_V2")
    package static let dynamoDB = AWSService(
        name: "DynamoDB", signingName: "dynamodb", hostPrefix: "dynamodb", endpointSuffix: "DYNAMODB")
    package static let secretsManager = AWSService(
        name: "Secrets Manager", signingName: "secretsmanager", hostPrefix: "secretsmanager",
        endpointSuffix: "SECRETS_MANAGER")
    package static let s3 = AWSService(
        name: "S3", signingName: "s3", hostPrefix: "s3", endpointSuffix: "S3")

    package static let sqs = AWSService(
        name: "SQS", signingName: "sqs", hostPrefix: "sqs", endpointSuffix: "SQS")

    package static let connect = AWSService(
        name: "Connect", signingName: "connect", hostPrefix: "connect", endpointSuffix: "CONNECT")

    static let all = [ses, sns, endUserMessaging, dynamoDB, secretsManager, s3, sqs, connect]

    /// S3's path rule for S3, the other for every other service.
    var pathRule: Signer.PathRule { self == .s3 ? .encodedOnce : .normalizedAndEncodedAgain }

    /// True when a signed request must carry its body's hash in a header; S3 refuses one without.
    var wantsBodyHash: Bool { self == .s3 }

    /// The service's public endpoint in `region`.
    func endpoint(in region: String) -> Endpoint {
        Endpoint(scheme: "https", authority: "\(hostPrefix).\(region).\(Self.domain(of: region))")
    }

    /// The domain of the region's partition; the regions of GovCloud share the commercial one.
    private static func domain(of region: String) -> String {
        let domains = [
            ("cn-", "amazonaws.com.cn"), ("eusc-", "amazonaws.eu"), ("us-iso-", "c2s.ic.gov"),
            ("us-isob-", "sc2s.sgov.gov"), ("us-isof-", "csp.hci.ic.gov"),
        ]
        return domains.first { region.hasPrefix($0.0) }?.1 ?? "amazonaws.com"
    }
}
