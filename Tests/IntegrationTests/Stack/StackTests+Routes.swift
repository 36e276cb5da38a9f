import Encoding
import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

extension StackTests {
    /// A request that matches a route, and the expected response.
    struct Call {
        let method: String
        let path: String
        var fields: [String: String] = [:]
        var body = ""
        let status: Int
        /// A part of the response's body.
        let holds: String

        static let basic = [
            "Authorization":
                "Basic " + Data("\(SalesforceDouble.username):\(SalesforceDouble.password)".utf8).base64EncodedString()
        ]

        /// The creation of a lead.
        static func creation(_ path: String, of company: String) -> Call {
            Call(
                method: "POST", path: path, fields: basic,
                body: #"{"data":{"LastName":"Route","Company":"\#(company)"}}"#, status: 201, holds: #""id""#)
        }
    }

    /// Returns a call for each route of the template; Alexa's and Twilio's carry their signatures.
    private func calls(_ stack: DeployedStack) throws -> [String: Call] {
        let query = "/getall?q=\(PercentEncoding.encode("SELECT Id, Name FROM Account"))"
        let form = "application/x-www-form-urlencoded"
        return [
            "ANY /health": Call(method: "GET", path: "/health", status: 200, holds: #""ok""#),
            "ANY /getall": Call(method: "GET", path: query, fields: Call.basic, status: 200, holds: "Vandelay"),
            "ANY /createRecord": .creation("/createRecord", of: "First"),
            "ANY /createRecord/{object}": .creation("/createRecord/Lead", of: "Second"),
            "ANY /createrecord": .creation("/createrecord", of: "Third"),
            "ANY /createrecord/{object}": .creation("/createrecord/Lead", of: "Fourth"),
            "POST /alexa/crm": try alexa("/alexa/crm", skill: "AlexaCRM", stack, holds: "Goodbye"),
            "POST /alexa/jokebox": try alexa(
                "/alexa/jokebox", skill: "AlexaJokebox", stack, holds: "AudioPlayer.ClearQueue"),
            "ANY /recordings/{contactId}": Call(
                method: "GET", path: "/recordings/x?sig=00", status: 403, holds: "This link is not valid"),
            "POST /voice/{step+}": Call(
                method: "POST", path: "/voice/incoming", fields: ["Content-Type": form], body: "CallSid=CA1",
                status: 403, holds: "Forbidden"),
            "GET /voice/{step+}": Call(method: "GET", path: "/voice/incoming", status: 403, holds: "Forbidden"),
        ]
    }

    /// Returns a signed request of Alexa with the intent "stop".
    private func alexa(_ path: String, skill: String, _ stack: DeployedStack, holds: String) throws -> Call {
        let skillID = try #require(try EventFixture.environment(of: skill)["ALEXA_SKILL_ID"])
        let body: JSONValue = [
            "version": "1.0",
            "context": ["System": ["application": ["applicationId": .string(skillID)], "user": ["userId": "u"]]],
            "request": [
                "type": "IntentRequest", "requestId": "r", "locale": "en-US", "intent": ["name": "AMAZON.StopIntent"],
                "timestamp": .string(Date.now.formatted(.iso8601)),
            ],
        ]
        return Call(
            method: "POST", path: path,
            fields: [
                "SignatureCertChainUrl": "https://s3.amazonaws.com/echo.api/cert.pem",
                "Signature-256": try stack.alexa.sign(body.bytes), "Content-Type": "application/json",
            ], body: body.text, status: 200, holds: holds)
    }

    @Test func `every route of the HTTP API leads to its function`() async throws {
        let stack = try DeployedStack.current
        let api = try await stack.physicalID("HttpApi")
        let routes = try await stack.aws.rest("GET", "/v2/apis/\(api)/routes", of: .apiGateway)["items"]?.array ?? []
        let calls = try calls(stack)
        let keys = Set(routes.compactMap { $0["routeKey"]?.string })
        #expect(keys.isSuperset(of: calls.keys))
        for key in keys.subtracting(calls.keys) {
            // The route of a function without a call of its own: whatever it answers, the API found it.
            let (method, path) = (key.prefix { $0 != " " }, key.drop { $0 != " " }.dropFirst())
            let asked = String(path).replacing(/\{[^}]*\}/, with: "x")
            let answer = try await stack.http(method == "ANY" ? "GET" : String(method), asked)
            let status = try #require(answer.status)
            #expect(status != 404 && status < 500, "\(key): \(status)")
        }
        for (route, call) in calls {
            let answer = try await stack.http(call.method, call.path, fields: call.fields, body: call.body)
            let body = String(decoding: answer.body, as: UTF8.self)
            #expect(answer.status == call.status, "\(route): \(body)")
            #expect(body.contains(call.holds), "\(route): \(body)")
        }
        let made = await stack.deployment.salesforce.org.records(of: "Lead").filter { $0["LastName"] == "Route" }
        #expect(made.count == 4)
    }

    @Test func `what is not signed by Alexa or Twilio is refused, and other paths and methods are not there`()
        async throws
    {
        let stack = try DeployedStack.current
        for path in ["/alexa/crm", "/alexa/jokebox"] {
            #expect(try await stack.http("POST", path, body: "{}").status == 400)
        }
        #expect(try await stack.twilio("/voice/incoming", ["CallStatus": "ringing"], token: "another").status == 403)
        #expect(try await stack.http("PUT", "/voice/incoming").status == 404)
        #expect(try await stack.http("GET", "/").status == 404)
    }
}
