import Foundation
import JSON
import LocalServices
import Settings
import TestSupport
import Testing

@testable import switchboard

/// What stands before the public routes: throttles, switches and alarms.
struct RouteSwitchTests {
    private static let functions = Result { try Stacks(TestProcess.root.appending(path: Stacks.folder)).functions }

    private static func keys(_ stack: SAMTransform) -> Set<String> {
        Set(stack.properties(of: "AWS::ApiGatewayV2::Route").values.compactMap { $0["RouteKey"]?.string })
    }

    @Test func `each route that is deployed has a throttle of its own, and the stage waits for it`() throws {
        let sets = TemplateGroup.allCases.map(\.parameters) + [TemplateGroup.everything]
        for stack in try SAMTransform.stacks(sets) {
            let keys = Self.keys(stack)
            guard let stage = stack.resources["HttpApiStage"] else {
                #expect(keys.isEmpty)
                continue
            }
            let settings = stage["Properties"]?["RouteSettings"]?.object ?? [:]
            #expect(Set(settings.keys) == keys)
            for setting in settings.values {
                #expect(setting["ThrottlingRateLimit"] != nil && setting["ThrottlingBurstLimit"] != nil)
            }
        }
    }

    @Test func `each route has a switch, which closes it and nothing else`() throws {
        let routes = try Self.functions.get().flatMap(\.routes)
        let switches = Set(routes.compactMap(\.switched)).sorted()
        #expect(routes.allSatisfy { $0.switched != nil } && switches.count == 7)
        let all = Set(routes.map(\.key))
        let sets = switches.map { TemplateGroup.everything.merging([$0: "false"]) { $1 } }
        for (name, stack) in zip(switches, try SAMTransform.stacks(sets)) {
            #expect(stack.unresolved == [] && stack.broken == [])
            let closed = Set(routes.filter { $0.switched == name }.map(\.key))
            let keys = Self.keys(stack)
            #expect(keys == all.subtracting(closed), "\(name)")
            let settings = stack.resources["HttpApiStage"]?["Properties"]?["RouteSettings"]?.object ?? [:]
            #expect(Set(settings.keys) == keys)
            // A function that no route leads to may not be called by the API.
            let called = stack.properties(of: "AWS::Lambda::Permission").values
                .filter { $0["Principal"]?.string == "apigateway.amazonaws.com" }
                .compactMap { $0["FunctionName"]?["Ref"]?.string }
            let led = try Self.functions.get().filter { function in
                function.routes.contains { keys.contains($0.key) }
            }
            #expect(Set(called) == Set(led.map(\.name)))
        }
    }

    @Test func `with every route closed the stack is whole`() throws {
        let names = Set(try Self.functions.get().flatMap(\.routes).compactMap(\.switched))
        let closed = Dictionary(uniqueKeysWithValues: names.map { ($0, "false") })
        let stack = try #require(SAMTransform.stacks([TemplateGroup.everything.merging(closed) { $1 }]).first)
        #expect(stack.unresolved == [] && stack.broken == [] && Self.keys(stack).isEmpty)
        #expect(stack.properties(of: "AWS::ApiGatewayV2::Integration").isEmpty)
    }

    @Test func `the skills' routes are closed until somebody asks for them, others come with their groups`() throws {
        let stacks = try SAMTransform.stacks(TemplateGroup.allCases.map(\.parameters))
        let open = stacks.reduce(into: Set<String>()) { $0.formUnion(Self.keys($1)) }
        let all = Set(try Self.functions.get().flatMap(\.routes).map(\.key))
        #expect(all.subtracting(open) == ["POST /alexa/crm", "POST /alexa/jokebox"])
    }

    @Test func `the API's own address is closed by a parameter, and only where there is another`() throws {
        let disabled = ["DisableExecuteApiEndpoint": "true"]
        let both = disabled.merging(["PublicBaseUrl": "https://calls.example.com"]) { $1 }
        let sets = [[:], disabled, both].map { TemplateGroup.everything.merging($0) { $1 } }
        let stacks = try SAMTransform.stacks(sets)
        let values = stacks.map { $0.resources["HttpApi"]?["Properties"]?["DisableExecuteApiEndpoint"]?.scalarText }
        #expect(values == ["false", "true", "true"])
        #expect(stacks.map(\.broken.isEmpty) == [true, false, true])
    }

    @Test func `403 and 429 have alarms, which count the access log's lines`() throws {
        let stack = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
        let filters = stack.properties(of: "AWS::Logs::MetricFilter")
        let alarms = stack.properties(of: "AWS::CloudWatch::Alarm")
        for (status, filter, alarm) in [
            ("403", "HttpApiRefused", "HttpRefusedAlarm"), ("429", "HttpApiThrottled", "HttpThrottledAlarm"),
        ] {
            #expect(filters[filter]?["FilterPattern"]?.string == "{ $.status = \"\(status)\" }")
            #expect(filters[filter]?["LogGroupName"]?["Ref"]?.string == "HttpApiLogs")
            let metric = filters[filter]?["MetricTransformations"]?.array?.first
            #expect(metric?["MetricName"] == alarms[alarm]?["MetricName"])
            #expect(metric?["MetricNamespace"] == alarms[alarm]?["Namespace"])
        }
        // The lines are JSON, with the status as a string.
        let stage = stack.properties(of: "AWS::ApiGatewayV2::Stage").values.first
        let format = stage?["AccessLogSettings"]?["Format"]?.string
        let line = try JSONValue(parsing: Array(try #require(format).utf8))
        #expect(line["status"]?.string == "$context.status")
    }

    @Test func `the local API has no route that is switched off`() throws {
        let template = try #require(try Project(root: TestProcess.root).template())
        #expect(template.routes.match("POST", "/alexa/crm") != nil)
        #expect(template.openRoutes.match("POST", "/alexa/crm") == nil)
        #expect(template.openRoutes.match("POST", "/voice/incoming")?.function == "TwilioVoice")
        let project = Project(root: TestProcess.root)
        #expect(try project.routes(to: "AlexaCRM").match("POST", "/alexa/crm") == nil)
        #expect(try project.routes(to: "TwilioVoice").match("GET", "/voice/incoming")?.key == "GET /voice/{step+}")
    }
}
