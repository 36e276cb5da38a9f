import Foundation
import JSON
import LocalServices
import Settings
import TestSupport
import Testing

/// Variables, secrets, tables and permissions of the stack.
extension StackTests {
    private func configuration(of function: String, _ stack: DeployedStack) async throws -> JSONValue {
        try await stack.aws.rest(
            "GET", "/2015-03-31/functions/\(DeployedStack.name(of: function))/configuration", of: .lambda)
    }

    @Test func `the contact flows are made, each with what it names filled in`() async throws {
        let stack = try DeployedStack.current
        let flows = try await stack.deployment.stack.resources().filter { $0.type == "AWS::Connect::ContactFlow" }
        #expect(
            Set(flows.map(\.logicalID))
                == [
                    "DataDipFlow", "EntryFlow", "GuideFlow", "GuideHandlerFlow", "VoiceAuthContactFlow",
                    "VoicemailFlow",
                ])
        for (output, flow) in [
            ("DataDipFlowArn", "DataDipFlow"), ("EntryFlowArn", "EntryFlow"),
            ("GuideHandlerFlowArn", "GuideHandlerFlow"), ("VoiceAuthFlowArn", "VoiceAuthContactFlow"),
        ] {
            #expect(try await stack.deployment.output(output) == stack.physicalID(flow))
        }
    }

    @Test func `queues of the local Amazon Connect are written to Salesforce`() async throws {
        let stack = try DeployedStack.current
        let answer = try await stack.invoke("ConnectMetrics", ["task": "realtime"])
        #expect(answer["task"] == "realtime", "\(answer.text)")
        let rows = await stack.deployment.salesforce.org.records(of: "Queue_Status__c")
        #expect(!rows.isEmpty)
    }

    @Test func `variables name the stack's own tables, secrets and API, and hold no secret`() async throws {
        let stack = try DeployedStack.current
        let twilio = try await configuration(of: "TwilioVoice", stack)
        let variables = try #require(twilio["Environment"]?["Variables"]?.object)
        for (variable, resource) in [
            ("VOICE_TABLE", "VoiceTable"), ("VOICEIT_SECRET_ARN", "VoiceItSecret"),
            ("TWILIO_SECRET_ARN", "TwilioSecret"), ("VOICE_HASH_SECRET_ARN", "VoiceHashSecret"),
        ] {
            #expect(try await variables[variable]?.string == stack.physicalID(resource))
        }
        #expect(variables["TWILIO_PUBLIC_BASE_URL"]?.string == stack.deployment.output("HttpApiUrl"))
        #expect(twilio["Timeout"] == 15)
        #expect(twilio["Runtime"] == "provided.al2")
        #expect(twilio["LoggingConfig"]?["LogFormat"] == "JSON")
        for resource in try await stack.deployment.stack.resources() where resource.type == "AWS::Lambda::Function" {
            let text = try await stack.aws.rest(
                "GET", "/2015-03-31/functions/\(resource.physicalID)/configuration", of: .lambda
            ).text
            for secret in [
                SalesforceDouble.clientSecret, SalesforceDouble.password, VoiceItDouble.token,
                TwilioMediaDouble.authToken,
            ] {
                #expect(!text.contains(secret), "\(resource.physicalID)")
            }
        }
    }

    @Test func `functions log JSON to the log groups of the stack`() async throws {
        let stack = try DeployedStack.current
        let answer = try await stack.invoke("ConnectRecording", ["unknown": true])
        #expect(answer["errorType"] == "Function.InvalidRequest")
        let line = try await stack.eventually {
            let found = try await stack.aws.call(
                "Logs_20140328.FilterLogEvents", of: .logs,
                ["logGroupName": .string(stack.physicalID("ConnectRecordingLogs"))])
            return found["events"]?.array?.lazy.compactMap { $0["message"]?.string }.first {
                $0.contains("Function.InvalidRequest")
            }
        }
        #expect(try JSONValue(parsing: Array(line.utf8))["level"] == "ERROR")
    }

    @Test func `a secret that was changed is used from the next process on`() async throws {
        let stack = try DeployedStack.current
        let secret = try await stack.physicalID("TwilioSecret")
        func change(to token: String) async throws {
            let value: JSONValue = [
                "TWILIO_ACCOUNT_SID": .string(TwilioMediaDouble.accountSID), "TWILIO_AUTH_TOKEN": .string(token),
            ]
            try await stack.aws.call(
                "secretsmanager.PutSecretValue", of: .secretsManager,
                ["SecretId": .string(secret), "SecretString": .string(value.text)])
            // A change of its configuration gives a function new processes, here as on AWS.
            try await stack.aws.rest(
                "PUT", "/2015-03-31/functions/\(DeployedStack.name(of: "TwilioVoice"))/configuration", of: .lambda,
                ["MemorySize": 129])
        }
        #expect(try await stack.twilio("/voice/incoming", [:]).status == 200)
        try await change(to: "rotated")
        #expect(try await stack.twilio("/voice/incoming", [:], token: "rotated").status == 200)
        #expect(try await stack.twilio("/voice/incoming", [:]).status == 403)
        try await change(to: TwilioMediaDouble.authToken)
        #expect(try await stack.twilio("/voice/incoming", [:]).status == 200)
    }

    @Test func `what is kept of a caller does not hold the number`() async throws {
        let stack = try DeployedStack.current
        let event = try DeployedStack.event("VoiceAuthCheck", "01")
        let number = try #require(event["Details"]?["ContactData"]?["CustomerEndpoint"]?["Address"]?.string)
        #expect(try await stack.invoke("VoiceAuthCheck", event)["handoverCode"] != nil)
        let table = try await stack.physicalID("VoiceTable")
        let items = try await stack.aws.call(
            "DynamoDB_20120810.Scan", of: .dynamoDB, ["TableName": .string(table)])
        #expect((items["Count"]?.int ?? 0) > 0)
        #expect(!items.text.contains(number.dropFirst()))
    }

    @Test func `Connect and Alexa may invoke what is theirs, for one instance and one skill`() async throws {
        let stack = try DeployedStack.current
        let kinds = [
            (suffix: "ConnectPermission", "connect.amazonaws.com", "AWS:SourceArn", "instance/"),
            (suffix: "AlexaPermission", "alexa-appkit.amazon.com", "lambda:EventSourceToken", "amzn1.ask.skill."),
        ]
        let permissions = try await stack.deployment.stack.resources().filter { $0.type == "AWS::Lambda::Permission" }
        for (suffix, principal, condition, value) in kinds {
            let functions = permissions.map(\.logicalID).filter { $0.hasSuffix(suffix) }
                .map { String($0.dropLast(suffix.count)) }
            #expect(functions.count >= 2)
            for function in functions {
                try await check(function, principal: principal, condition: condition, value: value, stack)
            }
        }
    }

    private func check(
        _ function: String, principal: String, condition: String, value: String, _ stack: DeployedStack
    ) async throws {
        let answer = try await stack.aws.rest(
            "GET", "/2015-03-31/functions/\(DeployedStack.name(of: function))/policy", of: .lambda)
        let policy = try JSONValue(parsing: Array((answer["Policy"]?.string ?? "").utf8))
        let statement = try #require(
            policy["Statement"]?.array?.first { statement in
                // A principal that ends in amazon.com is stored as an account.
                statement["Principal"]?.object?.values.contains(.string(principal)) == true
            })
        #expect(statement["Action"] == "lambda:InvokeFunction")
        let conditions = try #require(statement["Condition"]?.object).values.flatMap { ($0.object ?? [:]) }
        let match = conditions.first { $0.key.lowercased() == condition.lowercased() }
        #expect(match?.value.string?.contains(value) == true, "\(statement.text)")
    }
}
