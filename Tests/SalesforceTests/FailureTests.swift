import Calling
import Foundation
import JSON
import Settings
import TestSupport
import Testing

@testable import Salesforce

struct FailureTests {
    private typealias Org = ScriptedSalesforce

    @Test func `a busy Salesforce is asked three times, with growing waits`() async throws {
        let fixture = try SalesforceFixture()
        let busy = Org.fault(503, "SERVER_UNAVAILABLE", "busy")
        fixture.org.reply(.answer(busy), .answer(busy), .answer(Org.page(0..<1, of: 1)))
        #expect(try await fixture.ids() == ["0"])
        #expect(fixture.waits == [.milliseconds(250), .milliseconds(500)])
        fixture.org.reply(.answer(busy), .answer(busy), .answer(busy))
        let error = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        #expect(error?.kind == .unavailable)
        #expect(error?.status == 503)
        #expect(fixture.org.calls.count == 6)
    }

    @Test func `a busy Salesforce's own wait is kept to, unless the deadline comes first`() async throws {
        let fixture = try SalesforceFixture()
        let wait = [(name: "Retry-After", value: "3")]
        fixture.org.reply(.answer(Org.fault(503, "X", "busy", headers: wait)), .answer(Org.page(0..<1, of: 1)))
        _ = try await fixture.ids()
        #expect(fixture.waits == [.seconds(3)])
        let longWait = [(name: "Retry-After", value: "60")]
        fixture.org.reply(.answer(Org.fault(503, "X", "busy", headers: longWait)))
        let error = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        #expect(error?.retryAfter == .seconds(60))
        #expect(fixture.waits == [.seconds(3)])
    }

    @Test func `a reached limit is not asked again`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.answer(Org.fault(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")))
        let error = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        #expect(error?.kind == .limitReached)
        #expect(fixture.org.calls.count == 1)
    }

    @Test func `a column that is not there is named, and nothing that may be somebody's data`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.answer(Org.fault(400, "INVALID_FIELD", "No such column 'Nope__c' on entity 'Lead'.")))
        let schema = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        let sentence = "Salesforce refused the query: status 400, INVALID_FIELD, no such column: Nope__c."
        #expect(schema.map { "\($0)" } == sentence)
        fixture.org.reply(.answer(Org.fault(400, "INVALID_FIELD", "No such column 'Maria Silva' on entity 'Lead'.")))
        let quoted = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        #expect(quoted.map { "\($0)" } == "Salesforce refused the query: status 400, INVALID_FIELD.")
    }

    @Test func `an error of either shape gives its code, and keeps its sentence out of the log`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.answer(Org.fault(400, "INVALID_FIELD", "No such column Maria Silva", fields: ["Nam"])))
        let data = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        #expect(data?.code == "INVALID_FIELD")
        #expect(data?.fields == ["Nam"])
        #expect(data?.message?.value == "No such column Maria Silva")
        #expect(data.map { "\($0)" } == "Salesforce refused the query: status 400, INVALID_FIELD.")
        var dumped = ""
        dump(data, to: &dumped)
        #expect(!dumped.contains("Maria"))
        fixture.org.expire()
        fixture.org.replyToSignIn(
            .answer(.init(status: 400, #"{"error":"invalid_grant","error_description":"authentication failure"}"#)))
        let signIn = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        #expect(signIn?.code == "invalid_grant")
        #expect(signIn?.kind == .clientRefused)
    }

    @Test func `a server that quotes the token or the secret is not quoted`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.answer(Org.fault(400, "X", "bad 00D!token1 here")))
        let error = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        #expect(error?.message?.value == "bad … here")
        fixture.org.expire()
        fixture.org.replyToSignIn(
            .answer(.init(status: 400, #"{"error":"local-secret!","error_description":"no local-secret"}"#)))
        let signIn = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        #expect(signIn?.message?.value == "no …")
        #expect(signIn?.code == "")
    }

    @Test func `no answer in time is an error at the deadline`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.hang)
        let start = ContinuousClock.now
        let error = await failure { () async throws(SalesforceError) in
            try await fixture.ids(fixture.call(within: .milliseconds(700)))
        }
        #expect(error?.kind == .timedOut)
        #expect(.now - start < .seconds(5))
        #expect(fixture.org.calls.count == 1)
    }

    @Test func `a lost connection is tried again for what may be done twice only`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.reset, .reset)
        let error = await failure { () async throws(SalesforceError) in
            try await fixture.client.create("Lead", ["LastName": "S"], fixture.call())
        }
        #expect(error?.kind == .unavailable)
        #expect(error?.outcome == .unknown)
        #expect(fixture.org.calls.count == 1)
        fixture.org.answer(204, "")
        _ = try await fixture.client.upsert("Lead", where: "Key__c", is: "1", ["LastName": "S"], fixture.call())
        #expect(fixture.org.calls.map(\.method) == ["POST", "PATCH", "PATCH"])
    }

    @Test(arguments: ["", "<html>login</html>", "{}", "[]", #"{"totalSize":"1","done":true,"records":[]}"#])
    func `an answer that is no page is unreadable`(_ body: String) async throws {
        let fixture = try SalesforceFixture()
        fixture.org.answer(200, body)
        let error = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        #expect(error?.kind == .unreadable)
    }

    @Test func `the org's API usage is one line a call`() async throws {
        let fixture = try SalesforceFixture()
        var first = Org.page(0..<1, of: 2, next: "/services/data/v62.0/query/01gX-1")
        first.headers = [("Sforce-Limit-Info", "api-usage=18/15000")]
        var second = Org.page(1..<2, of: 2)
        second.headers = [("Sforce-Limit-Info", "api-usage=19/15000; per-app-api-usage=17/250(appName=sample)")]
        fixture.org.reply(.answer(first), .answer(second))
        _ = try await fixture.ids()
        let lines = fixture.log.split(separator: "\n")
        #expect(lines.count == 1)
        let line = try JSONValue(parsing: Array(fixture.log.utf8))
        #expect(line["metric"]?.string == "SalesforceAPIUsage")
        #expect(line["used"]?.int == 19)
        #expect(line["limit"]?.int == 15000)
    }

    @Test func `template.yaml's alarm is fed by that line`() async throws {
        let fixture = try SalesforceFixture()
        var page = Org.page(0..<1, of: 1)
        page.headers = [("Sforce-Limit-Info", "api-usage=12345/15000")]
        fixture.org.reply(.answer(page))
        _ = try await fixture.ids()
        let line = try JSONValue(parsing: Array(fixture.log.utf8))
        let stack = try #require(SAMTransform.stacks([["AlexaCrm": "true", "Recordings": "true"]]).first)
        let alarm = try #require(stack.properties(of: "AWS::CloudWatch::Alarm")["SalesforceLimitAlarm"])
        let filters = stack.properties(of: "AWS::Logs::MetricFilter").values
        let own = filters.filter { $0["FilterPattern"]?.string?.contains("SalesforceAPIUsage") == true }
        #expect(own.count == 2)
        for filter in own {
            // { $.field = "value" }
            let pattern = try #require(
                filter["FilterPattern"]?.string?.wholeMatch(of: /\{ \$\.([A-Za-z]+) = "([A-Za-z]+)" \}/))
            #expect(line[String(pattern.output.1)]?.string == String(pattern.output.2))
            let metric = try #require(filter["MetricTransformations"]?.array?.first)
            let field = try #require(metric["MetricValue"]?.string?.dropFirst("$.".count))
            #expect(line[String(field)]?.int == 82)
            #expect(metric["MetricNamespace"] == alarm["Namespace"] && metric["MetricName"] == alarm["MetricName"])
        }
        #expect(alarm["Threshold"]?.string == "80")
    }
}
