import AWS
import JSON

/// The check of the tables that the variables name: their key and their TTL attribute.
///
/// `DescribeTable` and `DescribeTimeToLive` in the Amazon DynamoDB API Reference.
struct TablesCheck: LiveCheck {
    let subject = "tables"
    let settings: LiveSettings

    /// The variables, a function that reads each, and whether its items expire.
    private static let tables = [
        (
            variable: "IDEMPOTENCY_TABLE",
            functions: ["SendEmail", "SendSMS", "AlexaCRM", "ConnectCRM", "ConnectContactRecords"], expires: true
        ),
        (variable: "VOICE_TABLE", functions: ["VoiceAuthCheck", "TwilioVoice"], expires: true),
        (variable: "METRICS_TABLE", functions: ["ConnectMetrics"], expires: true),
        // Alexa's attributes are stored for as long as the skill is enabled.
        (variable: "JOKEBOX_TABLE", functions: ["AlexaJokebox"], expires: false),
    ]

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        var findings: [Finding] = []
        for (variable, functions, expires) in Self.tables {
            for (table, environment) in try settings.values(of: variable, for: functions) {
                let aws = try AWSProbe(environment, deadline: deadline)
                findings.append(try await finding(on: table, of: variable, expires: expires, aws: aws))
            }
        }
        guard !findings.isEmpty else {
            throw MissingSetting("set IDEMPOTENCY_TABLE, VOICE_TABLE, METRICS_TABLE, JOKEBOX_TABLE")
        }
        return findings
    }

    private func finding(
        on table: String, of variable: String, expires: Bool, aws: AWSProbe
    ) async throws -> Finding {
        let subject = "table \(table)"
        let name: JSONValue = ["TableName": .string(table)]
        let description: JSONValue?
        do {
            description = try await aws.dynamoDB("DescribeTable", name)["Table"]
        } catch let error as AWSError where error.code == "ResourceNotFoundException" {
            return .mend(
                subject,
                "\(variable) names a table that is not in \(aws.configuration.region): create it, or give the stack's")
        } catch let error as AWSError {
            return .mend(subject, error.remedy)
        }
        let keys = (description?["KeySchema"]?.array ?? []).map {
            "\($0["AttributeName"]?.string ?? "") \($0["KeyType"]?.string ?? "")"
        }
        let types = (description?["AttributeDefinitions"]?.array ?? []).filter { $0["AttributeName"]?.string == "id" }
        guard keys == ["id HASH"], types.first?["AttributeType"]?.string == "S" else {
            return .mend(
                subject,
                "its key must be the partition key id (S) alone: make another table and put it into \(variable)")
        }
        guard expires else { return .ok(subject, "has the key of \(variable)") }
        let time: JSONValue
        do {
            time = try await aws.dynamoDB("DescribeTimeToLive", name)
        } catch let error as AWSError {
            return .mend(subject, error.remedy)
        }
        let ttl = time["TimeToLiveDescription"]
        guard ["ENABLED", "ENABLING"].contains(ttl?["TimeToLiveStatus"]?.string),
            ttl?["AttributeName"]?.string == "expiresAt"
        else {
            return .mend(subject, "its TTL attribute must be expiresAt: enable it, or what has expired stays for ever")
        }
        return .ok(subject, "has the key and the TTL attribute of \(variable)")
    }
}
