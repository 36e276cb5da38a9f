import AWS
import Settings

/// The settings of metrics, apart from those of Salesforce and AWS.
struct MetricsSettings: Sendable {
    /// `CONNECT_INSTANCE_ARN`.
    var instance: ConnectInstance
    /// `METRICS_TABLE`.
    var table: String
    /// `METRICS_QUEUES`: the ids of queues; nil for all of type STANDARD.
    var queues: [String]?
    /// `METRICS_INTERVAL`.
    var interval = MetricInterval.quarter
    /// `METRICS_SERVICE_LEVEL_SECONDS`: the seconds within which a contact is answered in time.
    var serviceLevelSeconds = 20
    /// `METRICS_BACKFILL_HOURS`: how far back a run makes up for those that failed.
    var backfillHours = 24
    /// `METRICS_KEEP_DAYS`: the days after which rows are deleted.
    var keepDays = 90
}

extension MetricsSettings {
    /// Reads all settings.
    static var variable: Variable<MetricsSettings> {
        Variable { environment, faults in
            let values = environment.read(
                &faults,
                .required(
                    "CONNECT_INSTANCE_ARN", "the ARN of the Amazon Connect instance",
                    expecting:
                        "an instance's ARN such as arn:aws:connect:eu-central-1:123456789012:instance/2f0f1c5e-…",
                    parse: { ConnectInstance(arn: $0) }),
                .required("METRICS_TABLE", "the DynamoDB table of what was written last"), queuesVariable,
                .optional("METRICS_INTERVAL", default: MetricInterval.quarter),
                .optional("METRICS_SERVICE_LEVEL_SECONDS", default: 20, in: 1...604_800),
                .optional("METRICS_BACKFILL_HOURS", default: 24, in: 1...72),
                .optional("METRICS_KEEP_DAYS", default: 90, in: 1...3_650))
            return values.map { instance, table, queues, interval, seconds, hours, days in
                MetricsSettings(
                    instance: instance, table: table, queues: queues, interval: interval,
                    serviceLevelSeconds: seconds, backfillHours: hours, keepDays: days)
            }
        }
    }

    private static var queuesVariable: Variable<[String]?> {
        .optional(
            "METRICS_QUEUES", expecting: "a comma-separated list of queues' ids, as the ends of their ARNs have them"
        ) { text in
            let ids = text.listElements
            guard !ids.isEmpty, ids.allSatisfy({ ConnectClient.isID($0) }) else { return nil }
            var seen: Set<String> = []
            return ids.filter { seen.insert($0).inserted }
        }
    }
}
