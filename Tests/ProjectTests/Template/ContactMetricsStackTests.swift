import Foundation
import JSON
import TestSupport
import Testing

/// The stack's part in contact metrics: three schedules of one function, its rights, and its alarms.
struct ContactMetricsStackTests {
    private static let instance = TemplateGroup.everything["ConnectInstanceArn"] ?? ""

    private let stack: SAMTransform

    init() throws {
        stack = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
    }

    @Test(arguments: [
        ("MetricsRealtime", "realtime", "rate(1 minute)"), ("MetricsHistorical", "historical", "cron(3/15 * * * ? *)"),
        ("MetricsPrune", "prune", "cron(40 2 * * ? *)"),
    ])
    func `each task has its schedule, which invokes the function and tries nothing again`(
        _ id: String, _ task: String, _ expression: String
    ) throws {
        let rule = try #require(stack.properties(of: "AWS::Events::Rule")["\(id)Rule"])
        #expect(rule["ScheduleExpression"]?.string == expression)
        let targets = rule["Targets"]?.array ?? []
        #expect(targets.count == 1)
        #expect(targets.first?["Arn"]?["Fn::GetAtt"]?.array?.first?.string == "ConnectMetrics")
        let input = try JSONValue(parsing: Array((targets.first?["Input"]?.string ?? "").utf8))
        #expect(input == ["task": .string(task)])
        #expect(targets.first?["RetryPolicy"]?["MaximumRetryAttempts"]?.int == 0)
        #expect(targets.first?["RetryPolicy"]?["MaximumEventAgeInSeconds"]?.int == 60)
        let permission = stack.properties(of: "AWS::Lambda::Permission")["\(id)Permission"]
        #expect(permission?["Principal"]?.string == "events.amazonaws.com")
        #expect(permission?["FunctionName"]?["Ref"]?.string == "ConnectMetrics")
        #expect(permission?["SourceArn"]?["Fn::GetAtt"]?.array?.first?.string == "\(id)Rule")
    }

    @Test func `an invocation that fails is not repeated: the next run makes up for it`() {
        let settings = stack.properties(of: "AWS::Lambda::EventInvokeConfig").values.filter {
            $0["FunctionName"]?["Ref"]?.string == "ConnectMetrics"
        }
        // A function and qualifier have one of these, however many rules invoke it.
        #expect(settings.count == 1)
        #expect(settings.first?["MaximumRetryAttempts"]?.int == 0)
        #expect(settings.first?["MaximumEventAgeInSeconds"]?.int == 60)
    }

    @Test func `it asks the one instance for its queues and agents, and changes nothing there`() {
        let statements = stack.statements(of: "ConnectMetrics")
        var resources: [String: Set<String>] = [:]
        for statement in statements {
            let actions = Self.texts(statement["Action"]).filter { $0.hasPrefix("connect:") }
            for action in actions { resources[action, default: []].formUnion(Self.texts(statement["Resource"])) }
        }
        let (queues, agents) = ("\(Self.instance)/queue/*", "\(Self.instance)/agent/*")
        #expect(
            resources == [
                "connect:ListQueues": [queues], "connect:GetCurrentMetricData": [queues],
                "connect:GetMetricDataV2": [queues, agents], "connect:ListUsers": [Self.instance],
            ])
        let table = JSONValue.object(["Fn::GetAtt": .array([.string("MetricsTable"), .string("Arn")])])
        let ofTable = statements.filter { $0["Resource"] == table }.flatMap { Self.texts($0["Action"]) }
        #expect(Set(ofTable) == ["dynamodb:GetItem", "dynamodb:PutItem"])
    }

    @Test func `five minutes without a run have an alarm, and a mark of two hours`() {
        let alarms = stack.properties(of: "AWS::CloudWatch::Alarm")
        let idle = alarms["ContactMetricsIdleAlarm"]
        #expect(idle?["Namespace"]?.string == "AWS/Lambda" && idle?["MetricName"]?.string == "Invocations")
        #expect(idle?["Dimensions"]?.array?.first?["Value"]?["Ref"]?.string == "ConnectMetrics")
        #expect(idle?["Period"]?.int == 300 && idle?["EvaluationPeriods"]?.int == 1)
        #expect(idle?["ComparisonOperator"]?.string == "LessThanThreshold" && idle?["Threshold"]?.int == 1)
        // Lambda counts no invocations where there are none.
        #expect(idle?["TreatMissingData"]?.string == "breaching")

        let filter = stack.properties(of: "AWS::Logs::MetricFilter")["ConnectMetricsMark"]
        #expect(filter?["LogGroupName"]?["Ref"]?.string == "ConnectMetricsLogs")
        #expect(filter?["FilterPattern"]?.string == #"{ $.metric = "MetricsMark" }"#)
        let transformation = filter?["MetricTransformations"]?.array?.first
        #expect(transformation?["MetricValue"]?.string == "$.ageSeconds")
        let late = alarms["ContactMetricsLateAlarm"]
        #expect(late?["MetricName"] == transformation?["MetricName"])
        #expect(late?["Namespace"] == transformation?["MetricNamespace"])
        #expect(late?["Statistic"]?.string == "Maximum" && late?["Threshold"]?.int == 7_200)
        #expect(late?["ComparisonOperator"]?.string == "GreaterThanThreshold")
    }

    @Test func `its variables are the parameters, each with the default that the function has`() {
        let variables = stack.variables(of: "ConnectMetrics")
        #expect(variables["CONNECT_INSTANCE_ARN"]?.string == Self.instance)
        #expect(variables["METRICS_TABLE"]?["Ref"]?.string == "MetricsTable")
        for (name, value) in [
            ("METRICS_INTERVAL", "FIFTEEN_MIN"), ("METRICS_SERVICE_LEVEL_SECONDS", "20"),
            ("METRICS_BACKFILL_HOURS", "24"), ("METRICS_KEEP_DAYS", "90"),
        ] { #expect(variables[name]?.string == value, "\(name)") }
        // Nothing is named: every standard queue is written.
        #expect(variables["METRICS_QUEUES"]?.string ?? "" == "")
    }

    private static func texts(_ json: JSONValue?) -> [String] {
        json?.array?.compactMap(\.string) ?? json?.string.map { [$0] } ?? []
    }
}
