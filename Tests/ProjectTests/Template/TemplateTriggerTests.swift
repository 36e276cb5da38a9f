import Foundation
import JSON
import Settings
import TestSupport
import Testing

@testable import switchboard

/// The callers of the functions that template.yaml deploys.
struct TemplateTriggerTests {
    private let stack: SAMTransform

    private let functions: [StackFunction]

    init() throws {
        functions = try Stacks(TestProcess.root.appending(path: Stacks.folder)).functions
        stack = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
    }

    @Test func `each skill may be called for its own id alone`() {
        let tokens = permissions(of: "alexa-appkit.amazon.com").compactMapValues { $0["EventSourceToken"]?.string }
        let skills = functions.filter { $0.alexa != nil }
        #expect(Set(tokens.keys) == Set(skills.map(\.name)))
        for skill in skills {
            // A skill whose id is not given yet may not call: the parameter's default names none.
            #expect(tokens[skill.name] == TemplateGroup.everything[skill.alexa ?? "", default: "amzn1.ask.skill.none"])
        }
        #expect(tokens["AlexaCRM"] == "amzn1.ask.skill.crm" && tokens["AlexaJokebox"] == "amzn1.ask.skill.jokebox")
    }

    @Test func `Amazon Connect's instance may call what flows call, and lists it`() throws {
        let instance = TemplateGroup.everything["ConnectInstanceArn"]
        let connected = Set(functions.filter { $0.connect != nil }.map(\.name))
        let permissions = permissions(of: "connect.amazonaws.com")
        #expect(Set(permissions.keys) == connected)
        let flows = try Project(root: TestProcess.root).contactFlows().values
            .flatMap { $0.json.texts.flatMap(FlowVariables.names) }.filter { $0.hasSuffix(".Arn") }
        #expect(!flows.isEmpty && Set(flows.map { String($0.dropLast(".Arn".count)) }).isSubset(of: connected))
        for permission in permissions.values {
            #expect(permission["SourceArn"]?.string == instance)
            #expect(permission["SourceAccount"]?.string == "210987654321")
        }
        let associations = stack.properties(of: "AWS::Connect::IntegrationAssociation").values
        #expect(Set(associations.compactMap { $0["IntegrationArn"]?["Fn::GetAtt"]?.array?.first?.string }) == connected)
        #expect(associations.allSatisfy { $0["InstanceId"]?.string == instance })
    }

    @Test func `every route leads to its function, which the API may call`() {
        var routes: [String: String] = [:]
        for route in stack.properties(of: "AWS::ApiGatewayV2::Route").values {
            let integration = route["Target"]?.string?.dropFirst("integrations/${".count).dropLast() ?? ""
            let target = stack.resources[String(integration)]?["Properties"]?["IntegrationUri"]
            routes[route["RouteKey"]?.string ?? ""] = target?["Fn::GetAtt"]?.array?.first?.string
        }
        let written = functions.flatMap { function in function.routes.map { ($0.key, function.name) } }
        #expect(routes == Dictionary(written) { $1 })
        // What the skills' consoles, Twilio's number and links in Salesforce have.
        for (key, function) in [
            "ANY /getall": "CRMWrapperAPI", "POST /alexa/crm": "AlexaCRM", "POST /alexa/jokebox": "AlexaJokebox",
            "ANY /recordings/{contactId}": "ConnectRecording", "POST /voice/{step+}": "TwilioVoice",
        ] { #expect(routes[key] == function) }
        #expect(Set(permissions(of: "apigateway.amazonaws.com").keys) == Set(routes.values))
    }

    @Test func `the HTTP API's log group is one that the account's resource policy has already`() {
        let group = stack.properties(of: "AWS::Logs::LogGroup")["HttpApiLogs"]
        #expect(group?["LogGroupName"]?.string?.hasPrefix("/aws/vendedlogs/") == true)
    }

    @Test func `whichever groups are on, no two changes of the API are made at the same time`() throws {
        let groups: [TemplateGroup] = [.alexaCRM, .jokebox, .recordings, .voiceAuthentication]
        var parameters = (1..<(1 << groups.count)).map { chosen in
            groups.indices.filter { chosen & (1 << $0) != 0 }.reduce(into: [String: String]()) { all, index in
                all.merge(groups[index].parameters) { $1 }
            }
        }
        // AlexaCRM whose CRMWrapperAPI is elsewhere.
        parameters.append(TemplateGroup.everything.merging(["CrmApiUrl": "https://crm.example.com"]) { $1 })
        let kinds = Set(["Integration", "Route", "Stage"].map { "AWS::ApiGatewayV2::\($0)" })
        for stack in try SAMTransform.stacks(parameters) {
            #expect(stack.unresolved == [])
            let changes = stack.resources.filter { kinds.contains($0.value["Type"]?.string ?? "") }.keys
            let before = stack.resources.mapValues { Self.references(in: $0).intersection(stack.resources.keys) }
            for one in changes {
                for other in changes where other > one {
                    #expect(
                        Self.reach(other, from: one, before) || Self.reach(one, from: other, before),
                        "\(one) and \(other)")
                }
            }
        }
    }

    @Test func `access logs hold neither query strings nor paths`() throws {
        let stage = try #require(stack.properties(of: "AWS::ApiGatewayV2::Stage").values.first)
        let format = try #require(stage["AccessLogSettings"]?["Format"]?.string)
        let line = try JSONValue(parsing: Array(format.utf8))
        #expect(line["route"]?.string == "$context.routeKey")
        for name in ["path", "queryString", "sourceIp", "authorizer", "Authorization"] {
            #expect(!format.contains(name))
        }
        #expect(stage["DefaultRouteSettings"]?["ThrottlingRateLimit"] != nil)
        #expect(stage["DefaultRouteSettings"]?["ThrottlingBurstLimit"] != nil)
    }

    @Test func `arrivals that fail alone come again alone, and then lie among the dead letters`() {
        let mapping = stack.properties(of: "AWS::Lambda::EventSourceMapping")["ArrivalsMapping"]
        #expect(mapping?["FunctionResponseTypes"]?.array?.compactMap(\.string) == ["ReportBatchItemFailures"])
        #expect(mapping?["FunctionName"]?["Ref"]?.string == "ConnectRecording")
        let dead = JSONValue.object(["Fn::GetAtt": .array([.string("ArrivalsDeadLetters"), .string("Arn")])])
        let queue = stack.resources["ArrivalsQueue"]?["Properties"]
        #expect(queue?["RedrivePolicy"]?["deadLetterTargetArn"] == dead)
        let target = stack.resources["ArrivalsRule"]?["Properties"]?["Targets"]?.array?.first
        #expect(target?["DeadLetterConfig"]?["Arn"] == dead)
    }

    @Test func `what asynchronous invocations do not send comes to a queue, before it could be sent twice`() throws {
        let senders = Set(functions.filter { $0.uses.contains("UnsentMessages") }.map(\.name))
        let invocations = stack.properties(of: "AWS::Lambda::EventInvokeConfig").values.filter {
            senders.contains($0["FunctionName"]?["Ref"]?.string ?? "")
        }
        #expect(Set(invocations.compactMap { $0["FunctionName"]?["Ref"]?.string }) == ["SendEmail", "SendSMS"])
        let queue = JSONValue.object(["Fn::GetAtt": .array([.string("UnsentMessages"), .string("Arn")])])
        for invocation in invocations {
            // A claim whose outcome is unknown is held for 300 s; then a repeat would be sent.
            #expect((invocation["MaximumEventAgeInSeconds"]?.int).map { $0 < 300 } == true)
            #expect(invocation["DestinationConfig"]?["OnFailure"]?["Destination"] == queue)
        }
        for function in ["SendEmail", "SendSMS"] {
            let sends = stack.statements(of: function).filter { $0["Action"]?.string == "sqs:SendMessage" }
            #expect(sends.map { $0["Resource"] } == [queue])
        }
        let queues = stack.properties(of: "AWS::SQS::Queue")
        #expect(queues["UnsentMessages"]?["SqsManagedSseEnabled"]?.bool == true)
        let alarm = stack.properties(of: "AWS::CloudWatch::Alarm")["UnsentMessagesAlarm"]
        #expect(alarm?["Dimensions"]?.array?.first?["Value"]?["Fn::GetAtt"]?.array?.first?.string == "UnsentMessages")
    }

    @Test func `deletions that failed are tried again every five minutes, and the next run makes up for a failed one`()
        throws
    {
        let rule = stack.properties(of: "AWS::Events::Rule")["VoiceSweepRule"]
        #expect(rule?["ScheduleExpression"]?.string == "rate(5 minutes)")
        let target = rule?["Targets"]?.array?.first
        #expect(target?["Arn"]?["Fn::GetAtt"]?.array?.first?.string == "VoiceAuthCheck")
        #expect(target?["Input"]?.string == #"{"phase":"sweep"}"#)
        #expect(target?["RetryPolicy"]?["MaximumRetryAttempts"]?.int == 0)
        let retries = stack.properties(of: "AWS::Lambda::EventInvokeConfig")["VoiceSweepRetries"]
        #expect(retries?["FunctionName"]?["Ref"]?.string == "VoiceAuthCheck")
        #expect(retries?["MaximumRetryAttempts"]?.int == 0)
        let permission = stack.properties(of: "AWS::Lambda::Permission")["VoiceSweepPermission"]
        #expect(permission?["Principal"]?.string == "events.amazonaws.com")
        #expect(permission?["SourceArn"]?["Fn::GetAtt"]?.array?.first?.string == "VoiceSweepRule")
    }

    @Test func `wrong codes are counted from TwilioVoice's log, and have an alarm`() {
        let filter = stack.properties(of: "AWS::Logs::MetricFilter")["TwilioVoiceWrongCodes"]
        #expect(filter?["LogGroupName"]?["Ref"]?.string == "TwilioVoiceLogs")
        #expect(filter?["FilterPattern"]?.string == #"{ $.metric = "WrongCode" }"#)
        let alarm = stack.properties(of: "AWS::CloudWatch::Alarm")["WrongCodesAlarm"]
        #expect(alarm?["MetricName"]?.string == "WrongCode")
    }

    @Test func `deletions that have been pending for an hour are counted, and have an alarm`() {
        let filter = stack.properties(of: "AWS::Logs::MetricFilter")["VoiceAuthCheckOverdueDeletions"]
        #expect(filter?["LogGroupName"]?["Ref"]?.string == "VoiceAuthCheckLogs")
        #expect(filter?["FilterPattern"]?.string == #"{ $.metric = "OverdueDeletions" }"#)
        #expect(filter?["MetricTransformations"]?.array?.first?["MetricValue"]?.string == "$.count")
        let alarm = stack.properties(of: "AWS::CloudWatch::Alarm")["OverdueDeletionsAlarm"]
        #expect(alarm?["MetricName"]?.string == "OverdueDeletions")
        #expect(alarm?["Threshold"]?.int == 0)
        #expect(alarm?["ComparisonOperator"]?.string == "GreaterThanThreshold")
    }

    @Test func `what text messages cost, and those that did not arrive, have alarms`() throws {
        let stacks = try SAMTransform.stacks([
            TemplateGroup.guideMessages.parameters,
            TemplateGroup.guideMessages.parameters.merging([
                "SmsProvider": "end-user-messaging", "SmsOrigination": "+12065550100",
                "SmsOriginationArns": "arn:aws:sms-voice:eu-central-1:210987654321:phone-number/1",
                "SmsSpendAlarmDollars": "40",
            ]) { $1 }, TemplateGroup.jokebox.parameters,
        ])
        let spending = stacks.map { $0.properties(of: "AWS::CloudWatch::Alarm")["SmsSpendAlarm"] }
        #expect(spending[0]?["Namespace"]?.string == "AWS/SNS")
        #expect(spending[0]?["MetricName"]?.string == "SMSMonthToDateSpentUSD")
        #expect(spending[1]?["Namespace"]?.string == "AWS/SMSVoice")
        #expect(spending[1]?["MetricName"]?.string == "TextMessageMonthlySpend")
        // The metric is what the month has cost so far: a sum would add it to itself.
        #expect(spending[0]?["Statistic"]?.string == "Maximum" && spending[0]?["Dimensions"] == nil)
        #expect(spending[0]?["TreatMissingData"]?.string == "ignore")
        #expect(spending.map { $0?["Threshold"]?.string } == ["0.8", "40", nil])
        let failures = stacks.map { $0.properties(of: "AWS::CloudWatch::Alarm")["SmsFailuresAlarm"] }
        let query = failures[0]?["Metrics"]?.array?.first?["Expression"]?.string
        #expect(query == #"SELECT SUM(NumberOfNotificationsFailed) FROM SCHEMA("AWS/SNS", PhoneNumber)"#)
        #expect(failures[1] == nil && failures[2] == nil)
    }

    @Test func `functions are told the API's own URL, or the one of its custom domain`() throws {
        let custom = try #require(
            SAMTransform.stacks([
                TemplateGroup.everything.merging(["PublicBaseUrl": "https://calls.example.com/v1"]) { $1 }
            ]).first)
        let own = JSONValue.object(["Fn::GetAtt": .array([.string("HttpApi"), .string("ApiEndpoint")])])
        for (function, name) in [
            ("AlexaCRM", "CRM_API_URL"), ("ConnectRecording", "RECORDING_LINK_BASE_URL"),
            ("TwilioVoice", "TWILIO_PUBLIC_BASE_URL"),
        ] {
            #expect(stack.variables(of: function)[name] == own)
            #expect(custom.variables(of: function)[name]?.string == "https://calls.example.com/v1")
        }
    }

    @Test func `every function has alarms that come before its callers give up`() {
        let alarms = stack.properties(of: "AWS::CloudWatch::Alarm")
        for (function, properties) in stack.properties(of: "AWS::Lambda::Function") {
            #expect(alarms["\(function)ErrorsAlarm"]?["MetricName"]?.string == "Errors")
            #expect(alarms["\(function)ThrottlesAlarm"]?["MetricName"]?.string == "Throttles")
            let timeout = properties["Timeout"]?.int ?? 0
            let threshold = alarms["\(function)DurationAlarm"]?["Threshold"]?.int ?? 0
            #expect((timeout * 850...timeout * 960).contains(threshold), "\(function)")
        }
        #expect(alarms["ArrivalsDeadLettersAlarm"] != nil)
    }

    /// Returns the resources that one waits for: those it refers to anywhere, and its DependsOn.
    private static func references(in value: JSONValue) -> Set<String> {
        switch value {
        case .object(let members):
            members.reduce(into: []) { found, member in
                switch member.key {
                case "Ref", "DependsOn":
                    found.formUnion(member.value.string.map { [$0] } ?? [])
                    found.formUnion(member.value.array?.compactMap(\.string) ?? [])
                case "Fn::GetAtt": found.formUnion(member.value.array?.first?.string.map { [$0] } ?? [])
                default: found.formUnion(references(in: member.value))
                }
            }
        case .array(let elements): elements.reduce(into: []) { $0.formUnion(references(in: $1)) }
        case .string(let text): Set(text.matches(of: #/\$\{(\w+)/#).map { String($0.1) })
        default: []
        }
    }

    /// Returns true when one resource waits for another, directly or through others.
    private static func reach(_ target: String, from start: String, _ before: [String: Set<String>]) -> Bool {
        var (seen, next): (Set<String>, [String]) = ([], [start])
        while let name = next.popLast() {
            if name == target { return true }
            if seen.insert(name).inserted { next += before[name] ?? [] }
        }
        return false
    }

    /// Returns the permissions of a service, by the function that it may call.
    private func permissions(of principal: String) -> [String: JSONValue] {
        var found: [String: JSONValue] = [:]
        for permission in stack.properties(of: "AWS::Lambda::Permission").values
        where permission["Principal"]?.string == principal {
            found[permission["FunctionName"]?["Ref"]?.string ?? ""] = permission
        }
        return found
    }
}
