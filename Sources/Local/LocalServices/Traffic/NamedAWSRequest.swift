import Encoding
import JSON

/// An AWS request as people name it: its service, its operation, and the thing that it is about.
struct NamedAWSRequest {
    /// `DynamoDB`, `SES`, …
    let service: String
    /// `PutItem`; the method where an operation has no name.
    let operation: String
    /// The table, the queue, the bucket and the key; empty for none.
    let subject: String
    /// The parameters: JSON, or the form.
    let input: JSONValue

    private static let services = [
        "dynamodb": "DynamoDB", "secretsmanager": "Secrets Manager", "sqs": "SQS", "sns": "SNS", "ses": "SES",
        "email": "SES", "s3": "S3", "kinesis": "Kinesis", "connect": "Connect", "sms-voice": "End User Messaging",
        "lambda": "Lambda", "sts": "STS", "logs": "CloudWatch Logs", "events": "EventBridge", "iam": "IAM",
        "cloudformation": "CloudFormation", "monitoring": "CloudWatch", "execute-api": "API Gateway",
    ]

    init(_ exchange: OutboundExchange) {
        let request = exchange.request
        let path = String(exchange.path.prefix { $0 != "?" })
        let query = FormData.decoded(String(exchange.path.dropFirst(path.count).drop { $0 == "?" })) ?? [:]
        let form =
            request.fields["Content-Type"]?.begins(with: "application/x-www-form-urlencoded") == true
            ? FormData.decoded(String(decoding: request.body, as: UTF8.self)) : nil
        let json = try? JSONValue(parsing: request.body)
        input = json ?? .object((form ?? [:]).mapValues(JSONValue.string))
        let signed = Self.signedService(request, query)
        let target = request.fields["X-Amz-Target"]?.parts(at: ".").last.map { String($0) }
        let isMail = path.begins(with: "/v2/email/")
        let isS3 = signed == "s3" || target == nil && form == nil && !isMail && signed == nil
        service = isMail ? "SES" : isS3 ? "S3" : signed.flatMap { Self.services[$0] } ?? signed ?? "AWS"
        if let target {
            operation = target
        } else if let action = form?["Action"] {
            operation = action
        } else if isMail, path.hasSuffix("/outbound-emails"), request.method == "POST" {
            operation = "SendEmail"
        } else if signed == "lambda", path.hasSuffix("/invocations") {
            operation = "Invoke"
        } else if isS3, request.method == "GET", query["list-type"] != nil {
            operation = "ListObjectsV2"
        } else if isS3 {
            operation = Self.operation(request.method, at: path)
        } else {
            operation = "\(request.method) \(path)"
        }
        subject =
            signed == "lambda"
            ? path.parts(at: "/").dropFirst(2).first.map { String($0) } ?? ""
            : isS3
                ? PercentEncoding.decode(path.drop { $0 == "/" })
                : Self.subject(of: input)
    }

    /// Returns S3's operation by its path: the service's own, a bucket's, or an object's.
    private static func operation(_ method: String, at path: String) -> String {
        let place = path.drop { $0 == "/" }
        let key = place.drop { $0 != "/" }.drop { $0 == "/" }
        if place.isEmpty { return method == "GET" ? "ListBuckets" : method }
        let names =
            key.isEmpty
            ? ["GET": "ListObjects", "PUT": "CreateBucket", "HEAD": "HeadBucket", "DELETE": "DeleteBucket"]
            : ["GET": "GetObject", "PUT": "PutObject", "HEAD": "HeadObject", "DELETE": "DeleteObject"]
        return names[method] ?? method
    }

    /// Returns the service in the scope of a signature, in a header or a presigned URL.
    private static func signedService(_ request: HTTPMessage, _ query: [String: String]) -> String? {
        let scope =
            query["X-Amz-Credential"]
            ?? request.fields["Authorization"]?.parts(at: ",").first.map { String($0) }
        let parts = scope?.parts(at: "/") ?? []
        return parts.count >= 5 ? String(parts[3]) : nil
    }

    private static func subject(of input: JSONValue) -> String {
        for name in ["TableName", "QueueUrl", "StreamName", "StreamARN", "SecretId", "TopicArn", "FunctionName"] {
            guard let text = input[name]?.string else { continue }
            // The name is what ends a URL or an ARN.
            return text.parts(at: "/").last.flatMap { $0.parts(at: ":").last }.map { String($0) } ?? text
        }
        return ""
    }
}
