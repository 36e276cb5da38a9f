import Foundation
import JSON
import LocalServices
import Settings
import TestSupport

/// A request to AWS in IAM's terms: the action, the resource, and the context that policies may check.
///
/// "Actions, resources, and condition keys for AWS services" in the Service Authorization Reference.
struct SentRequest: Hashable, CustomStringConvertible {
    private static let account = "eu-central-1:210987654321"

    let action: String
    /// The ARN; of a table, its name; of a queue, its URL; `*` where AWS has no resource for it.
    let resource: String
    var context: [String: String] = [:]

    var description: String { "\(action) on \(resource)" }

    private init(_ action: String, _ resource: String, _ context: [String: String] = [:]) {
        (self.action, self.resource, self.context) = (action, resource, context)
    }

    /// Returns the same on another resource.
    func on(_ resource: String) -> SentRequest { SentRequest(action, resource, context) }

    /// Returns the action of a request to the local AWS; several, when it names several resources.
    static func all(_ request: Moto.RecordedRequest) -> [SentRequest] {
        let operation = request.target.split(separator: ".").last.map(String.init) ?? ""
        let body = try? JSONValue(parsing: Array(request.body.utf8))
        if request.target.hasPrefix("DynamoDB_") || request.target.hasPrefix("secretsmanager.") {
            let service = request.target.hasPrefix("DynamoDB_") ? "dynamodb" : "secretsmanager"
            return [SentRequest("\(service):\(operation)", (body?["TableName"] ?? body?["SecretId"])?.string ?? "")]
        }
        if request.target.hasPrefix("AmazonSQS.") {
            return [SentRequest("sqs:\(operation)", body?["QueueUrl"]?.string ?? "")]
        }
        if request.path.hasPrefix("/v2/email/") { return body.map(email) ?? [] }
        if let asked = connect(request.path, body) { return asked }
        if request.method == "POST" { return form(request.body) }
        let parts = request.path.dropFirst().split(separator: "/", maxSplits: 1).map(String.init)
        guard request.method == "GET", let bucket = parts.first else { return [SentRequest("\(request)", "")] }
        guard parts.count == 1 else { return [SentRequest("s3:GetObject", "arn:aws:s3:::\(bucket)/\(parts[1])")] }
        let prefix = URLComponents(string: "?\(request.query)")?.queryItems?.first { $0.name == "prefix" }?.value
        return [SentRequest("s3:ListBucket", "arn:aws:s3:::\(bucket)", ["s3:prefix": prefix ?? ""])]
    }

    /// Returns the actions of a request to the strict double.
    static func all(_ call: AWSDouble.Call) -> [SentRequest] {
        let body = try? JSONValue(parsing: Array(call.body.utf8))
        switch call.operation {
        case .sendEmail: return body.map(email) ?? []
        case .publish, .checkOptOut: return form(call.body)
        case .sendTextMessage:
            let number = body?["OriginationIdentity"]?.string ?? ""
            return [SentRequest("sms-voice:SendTextMessage", "arn:aws:sms-voice:\(account):phone-number/\(number)")]
        case .getItem, .putItem, .deleteItem:
            return [SentRequest("dynamodb:\(call.operation.rawValue)", body?["TableName"]?.string ?? "")]
        }
    }

    private static func email(_ body: JSONValue) -> [SentRequest] {
        let from = body["FromEmailAddress"]?.string ?? ""
        let domain = from.split(separator: "@").last.map(String.init) ?? ""
        let context = ["ses:FromAddress": from]
        let identity = SentRequest("ses:SendEmail", "arn:aws:ses:\(account):identity/\(domain)", context)
        guard let set = body["ConfigurationSetName"]?.string else { return [identity] }
        return [identity, SentRequest("ses:SendEmail", "arn:aws:ses:\(account):configuration-set/\(set)", context)]
    }

    /// Returns the actions of a request for metrics to Amazon Connect; nil for another request.
    private static func connect(_ path: String, _ body: JSONValue?) -> [SentRequest]? {
        let parts = path.split(separator: "/").map(String.init)
        func named(_ parts: [String]) -> String {
            "arn:aws:connect:\(account):instance/\(parts.joined(separator: "/"))"
        }
        switch (parts.first, parts.count) {
        case ("queues-summary", 2): return [SentRequest("connect:ListQueues", named([parts[1], "queue", "*"]))]
        case ("users-summary", 2): return [SentRequest("connect:ListUsers", named([parts[1]]))]
        case ("metrics", 3) where parts[1] == "current":
            let queues = body?["Filters"]?["Queues"]?.array?.compactMap(\.string) ?? []
            return queues.map { SentRequest("connect:GetCurrentMetricData", named([parts[2], "queue", $0])) }
        case ("metrics", 2) where parts[1] == "data":
            let instance = body?["ResourceArn"]?.string?.split(separator: "/").last.map(String.init) ?? ""
            return (body?["Filters"]?.array ?? []).flatMap { filter in
                let kind = filter["FilterKey"]?.string == "AGENT" ? "agent" : "queue"
                return (filter["FilterValues"]?.array ?? []).compactMap(\.string).map {
                    SentRequest("connect:GetMetricDataV2", named([instance, kind, $0]))
                }
            }
        default: return nil
        }
    }

    private static func form(_ body: String) -> [SentRequest] {
        let action = URLComponents(string: "?\(body)")?.queryItems?.first { $0.name == "Action" }?.value
        return [SentRequest("sns:\(action ?? "")", "*")]
    }
}
