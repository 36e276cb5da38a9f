import Crypto
import Foundation
package import JSON

extension Moto {
    /// The table that `IDEMPOTENCY_TABLE` names locally.
    package static let idempotencyTable = "switchboard-idempotency"

    /// The resources of the local AWS before a function calls it.
    package struct Seeds: Sendable {
        /// Verified identities: addresses, or domains with or without an `@` before them.
        package var senders: [String]
        /// Tables with the partition key `id` (S) and the TTL attribute `expiresAt`.
        package var tables: [String]
        /// Secrets by name; a name serves as ARN.
        package var secrets: [String: String]
        package var buckets: [LocalBucket]
        /// Items by table, each as DynamoDB's JSON has it.
        package var items: [String: [JSONValue]] = [:]
        /// Queues by name.
        package var queues: [String] = []
        /// The actions that the local user may call in addition to `Moto.actions`.
        package var actions: [String] = []

        package init(
            senders: [String] = [], tables: [String] = [Moto.idempotencyTable], secrets: [String: String] = [:],
            buckets: [LocalBucket] = []
        ) {
            self.senders = senders
            self.tables = tables
            self.secrets = secrets
            self.buckets = buckets
        }
    }

    /// The actions that the local user may take: those that the functions take on AWS.
    static let actions = [
        "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem",
        "s3:GetObject", "s3:ListBucket", "secretsmanager:GetSecretValue", "ses:SendEmail",
        "sns:CheckIfPhoneNumberIsOptedOut", "sns:Publish", "sqs:SendMessage",
    ]
}

struct AccessKey: Sendable {
    let id: String
    let secret: String
}

/// Seeds moto through unsigned requests.
struct Seeder: Sendable {
    let port: UInt16
    let region: String

    /// Adds the seeds, creates the user, its policy and its key, and turns on signature checking.
    func start(_ seeds: Moto.Seeds) async throws -> AccessKey {
        try await add(seeds)
        let user = "UserName=switchboard"
        _ = try await iam("Action=CreateUser&\(user)")
        let actions = Moto.actions + seeds.actions
        let policy = try JSONSerialization.data(withJSONObject: [
            "Version": "2012-10-17",
            "Statement": [["Effect": "Allow", "Action": actions, "Resource": "*"] as [String: Any]],
        ])
        let document = String(decoding: policy, as: UTF8.self)
            .addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        _ = try await iam("Action=PutUserPolicy&\(user)&PolicyName=functions&PolicyDocument=\(document ?? "")")
        let key = try await iam("Action=CreateAccessKey&\(user)")
        guard let id = Self.element("AccessKeyId", of: key), let secret = Self.element("SecretAccessKey", of: key)
        else {
            throw LocalAWSError("The local AWS made no access key: \(key)")
        }
        // From now on every signature is checked.
        try await call("POST", "/moto-api/reset-auth", ["Content-Type": "text/plain"], Array("0".utf8))
        return AccessKey(id: id, secret: secret)
    }

    /// Adds senders, tables, secrets, buckets and queues.
    func add(_ seeds: Moto.Seeds) async throws {
        for sender in seeds.senders {
            let identity = sender.hasPrefix("@") ? String(sender.dropFirst()) : sender
            try await json("ses", nil, ["EmailIdentity": identity], path: "/v2/email/identities")
        }
        for table in seeds.tables {
            try await json(
                "dynamodb", "DynamoDB_20120810.CreateTable",
                [
                    "TableName": table, "BillingMode": "PAY_PER_REQUEST",
                    "AttributeDefinitions": [["AttributeName": "id", "AttributeType": "S"]],
                    "KeySchema": [["AttributeName": "id", "KeyType": "HASH"]],
                ])
            try await json(
                "dynamodb", "DynamoDB_20120810.UpdateTimeToLive",
                [
                    "TableName": table,
                    "TimeToLiveSpecification": ["Enabled": true, "AttributeName": "expiresAt"] as [String: Any],
                ])
        }
        for bucket in seeds.buckets { try await add(bucket) }
        for (table, items) in seeds.items {
            for item in items {
                try await json(
                    "dynamodb", "DynamoDB_20120810.PutItem",
                    ["TableName": table, "Item": try JSONSerialization.jsonObject(with: Data(item.bytes))])
            }
        }
        for queue in seeds.queues { _ = try await sqs("Action=CreateQueue&QueueName=\(queue)") }
        for (name, text) in seeds.secrets {
            try await json("secretsmanager", "secretsmanager.CreateSecret", ["Name": name, "SecretString": text])
        }
    }

    /// Returns all items of a table, in DynamoDB's JSON.
    func items(of table: String) async throws -> String {
        try await json("dynamodb", "DynamoDB_20120810.Scan", ["TableName": table, "ConsistentRead": true])
    }

    @discardableResult
    private func json(
        _ service: String, _ target: String?, _ body: [String: Any], path: String = "/"
    ) async throws -> String {
        var fields = ["Content-Type": target == nil ? "application/json" : "application/x-amz-json-1.1"]
        fields["X-Amz-Target"] = target
        fields["Authorization"] = unsigned(service)
        return try await call("POST", path, fields, Array(try JSONSerialization.data(withJSONObject: body)))
    }

    private func iam(_ form: String) async throws -> String {
        try await query("iam", "\(form)&Version=2010-05-08")
    }

    private func sqs(_ form: String) async throws -> String {
        try await query("sqs", "\(form)&Version=2012-11-05")
    }

    private func query(_ service: String, _ form: String) async throws -> String {
        let fields = ["Content-Type": "application/x-www-form-urlencoded", "Authorization": unsigned(service)]
        return try await call("POST", "/", fields, Array(form.utf8))
    }

    /// Returns headers that name the service and region, which moto looks for in the signature; the rest is not checked
    /// in our requests.
    func unsigned(_ service: String) -> String {
        "AWS4-HMAC-SHA256 Credential=seed/20260101/\(region)/\(service)/aws4_request, SignedHeaders=host, Signature=0"
    }

    @discardableResult
    func call(_ method: String, _ path: String, _ fields: [String: String], _ body: [UInt8]) async throws
        -> String
    {
        let own = fields.merging([MotoLauncher.ownField: "true"]) { $1 }
        let answer = try await LocalHTTP.send(method, path, port: port, fields: own, body: body)
        let text = String(decoding: answer.body, as: UTF8.self)
        guard answer.status == 200 else {
            throw LocalAWSError("The local AWS refused \(method) \(path) \(fields["X-Amz-Target"] ?? ""): \(text)")
        }
        return text
    }

    private static func element(_ name: String, of xml: String) -> String? {
        guard
            let start = xml.range(of: "<\(name)>"), let end = xml.range(of: "</\(name)>"),
            start.upperBound <= end.lowerBound
        else { return nil }
        return String(xml[start.upperBound..<end.lowerBound])
    }
}
