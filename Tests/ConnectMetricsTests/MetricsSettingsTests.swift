import AWS
import LocalServices
import Settings
import Testing

@testable import ConnectMetrics

struct MetricsSettingsTests {
    private static let required = ["CONNECT_INSTANCE_ARN": ConnectDouble.arn, "METRICS_TABLE": "t"]

    private static func read(_ variables: [String: String]) throws(EnvironmentError) -> MetricsSettings {
        try Environment(required.merging(variables) { $1 }).read(MetricsSettings.variable)
    }

    /// The names of the variables at fault.
    private static func faults(_ variables: [String: String]) -> [String] {
        do throws(EnvironmentError) {
            _ = try read(variables)
            return []
        } catch {
            return error.faults.map { String($0.prefix { $0 != " " }) }
        }
    }

    @Test func `the instance and the table alone are required`() throws {
        let settings = try Self.read([:])
        #expect(settings.instance.region == "eu-central-1" && settings.table == "t" && settings.queues == nil)
        #expect(settings.interval == .quarter && settings.serviceLevelSeconds == 20)
        #expect(settings.backfillHours == 24 && settings.keepDays == 90)
        #expect(
            Self.faults(["CONNECT_INSTANCE_ARN": "", "METRICS_TABLE": ""]) == ["CONNECT_INSTANCE_ARN", "METRICS_TABLE"])
    }

    @Test func `values are read with spaces, and each queue once`() throws {
        let settings = try Self.read([
            "METRICS_QUEUES": "b-2, a-1 ,b-2", "METRICS_INTERVAL": "HOUR", "METRICS_SERVICE_LEVEL_SECONDS": "604800",
            "METRICS_BACKFILL_HOURS": "72", "METRICS_KEEP_DAYS": "3650",
        ])
        #expect(settings.queues == ["b-2", "a-1"] && settings.interval == .hour)
        #expect(settings.serviceLevelSeconds == 604_800 && settings.backfillHours == 72 && settings.keepDays == 3_650)
        #expect(try Self.read(["METRICS_QUEUES": ""]).queues == nil)
    }

    @Test(arguments: [
        ("CONNECT_INSTANCE_ARN", "2f0f1c5e"), ("METRICS_QUEUES", "a b"), ("METRICS_QUEUES", ","),
        ("METRICS_QUEUES", "arn:aws:connect:eu-central-1:123456789012:instance/i/queue/q"),
        ("METRICS_INTERVAL", "DAY"), ("METRICS_INTERVAL", "hour"), ("METRICS_SERVICE_LEVEL_SECONDS", "0"),
        ("METRICS_SERVICE_LEVEL_SECONDS", "604801"), ("METRICS_BACKFILL_HOURS", "73"), ("METRICS_BACKFILL_HOURS", "0"),
        ("METRICS_KEEP_DAYS", "3651"), ("METRICS_KEEP_DAYS", "ten"),
    ])
    func `a value that is none of these is a fault`(name: String, value: String) {
        #expect(Self.faults([name: value]) == [name])
    }
}
