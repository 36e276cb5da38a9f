import AWS
import Encoding
import Foundation
import HTTPEvents
import TestSupport
import Testing

@testable import CRMWrapperAPI

struct StatusTests {
    private typealias Org = ScriptedSalesforce

    @Test func `a query is 200 with the pages joined`() async throws {
        let fixture = try WrapperFixture()
        fixture.org.reply(
            .answer(Org.page(0..<2, of: 3, next: "/services/data/v62.0/query/01gX-2")), .answer(Org.page(2..<3, of: 3)))
        let came = try await fixture.query()
        #expect(came.status == 200)
        #expect(came.headers["Content-Type"] == "application/json")
        #expect(came.body == #"{"data":\#(String(decoding: Org.page(0..<3, of: 3).body, as: UTF8.self))}"#)
    }

    @Test func `the most records are read and no more, and the answer says so`() async throws {
        let fixture = try WrapperFixture(["CRM_MAX_RECORDS": "2"])
        fixture.org.reply(.answer(Org.page(0..<3, of: 9, next: "/services/data/v62.0/query/01gX-3")))
        let came = try await fixture.query()
        #expect(came.body.hasPrefix(#"{"data":{"totalSize":9,"done":false,"records":[{"#))
        #expect(!came.body.contains("nextRecordsUrl"))
        #expect(fixture.org.calls.count == 1)
    }

    @Test func `a creation is 201 with Salesforce's own answer`() async throws {
        let fixture = try WrapperFixture()
        let came = try await fixture.create()
        #expect(came.status == 201)
        #expect(came.body == #"{"data":\#(WrapperFixture.created)}"#)
    }

    @Test func `health needs no credentials and calls nobody`() async throws {
        let fixture = try WrapperFixture()
        #expect(try await fixture.send("GET", "/health", authorization: nil).status == 200)
        #expect(fixture.org.server.requests.isEmpty)
    }

    @Test func `what Salesforce refuses is 400 with its code and its sentence`() async throws {
        let fixture = try WrapperFixture()
        for code in ["MALFORMED_QUERY", "DUPLICATES_DETECTED", "REQUIRED_FIELD_MISSING"] {
            fixture.org.reply(.answer(Org.fault(400, code, "Say why")))
            let came = try await fixture.query()
            #expect(came.status == 400)
            #expect(came.body == #"{"error":{"code":"\#(code)","message":"Say why"}}"#)
        }
    }

    @Test(arguments: [
        "", "q=", "q=DELETE%20FROM%20Lead", "q=FIND%20%7Ba%7D", "x=SELECT%20Id", "q=SELECT%20a%20FROM%20b&q=SELECT%20c",
    ])
    func `anything but one SELECT is 400`(_ query: String) async throws {
        let fixture = try WrapperFixture()
        #expect(try await fixture.send("GET", "/getall?\(query)").status == 400)
        #expect(fixture.org.server.requests.isEmpty)
    }

    @Test func `no credentials, or credentials nobody can read, are 401`() async throws {
        let fixture = try WrapperFixture()
        let bad = [
            nil, "", "Basic", "Basic ", "Basic !!!", WrapperFixture.authorization("nocolon"),
            WrapperFixture.authorization(":p"), WrapperFixture.authorization("u:"), "Basic /w==", "Digest x",
            "Bearer token", "Bearer a b", "Basic dTpw=", "Basic dTpwdw", "Basic dTpwdw=", "Basic dTpwdw=== ",
            "Basic,dTpw",
            "Basic dTpw, Basic dTpw", "Basicd dTpw", "basic",
        ]
        for authorization in bad {
            let came = try await fixture.send(
                "GET", "/getall?q=SELECT%20Id%20FROM%20Lead", authorization: authorization)
            #expect(came.status == 401)
            #expect(came.headers["WWW-Authenticate"] == #"Basic realm="crm""#)
        }
        #expect(fixture.org.server.requests.isEmpty)
    }

    @Test func `credentials that the CRM refuses are 401`() async throws {
        let fixture = try WrapperFixture()
        let came = try await fixture.send(
            "POST", "/createRecord", body: WrapperFixture.lead, authorization: WrapperFixture.authorization("a:wrong"))
        #expect(came.status == 401)
        #expect(came.headers["WWW-Authenticate"] == #"Basic realm="crm""#)
        #expect(fixture.org.calls.isEmpty)
    }

    @Test func `403 is for what the CRM or the list of objects does not allow`() async throws {
        let fixture = try WrapperFixture()
        fixture.org.reply(.answer(Org.fault(403, "INSUFFICIENT_ACCESS", "no")))
        let refused = try await fixture.query()
        #expect(refused.status == 403)
        #expect(refused.code == "INSUFFICIENT_ACCESS")
        let came = try await fixture.send("POST", "/createRecord/User", body: WrapperFixture.lead)
        #expect(came.status == 403)
        #expect(fixture.org.calls.count == 1)
    }

    @Test func `404 is for other paths, and for what the CRM does not have`() async throws {
        let fixture = try WrapperFixture()
        for path in ["/", "/other", "/getall/x", "/createRecord/a/b", "/GETALL", "/health/x"] {
            #expect(try await fixture.send("GET", path).status == 404)
        }
        fixture.org.reply(.answer(Org.fault(404, "NOT_FOUND", "none")))
        #expect(try await fixture.query().status == 404)
    }

    @Test func `405 says what is allowed`() async throws {
        let fixture = try WrapperFixture()
        for (method, path, allow) in [
            ("PUT", "/getall", "GET, HEAD, POST"), ("GET", "/createRecord", "POST"),
            ("PUT", "/createrecord/Lead", "POST"),
            ("DELETE", "/health", "GET, HEAD"),
        ] {
            let came = try await fixture.send(method, path)
            #expect(came.status == 405)
            #expect(came.headers["Allow"] == allow)
        }
    }

    @Test func `413 is for a body of over a mebibyte, or an answer that Lambda cannot give`() async throws {
        let fixture = try WrapperFixture()
        let filler = { (count: Int) in String(repeating: "a", count: count) }
        let overhead = #"{"data":{"LastName":""}}"#.utf8.count
        let largest = #"{"data":{"LastName":"\#(filler((1 << 20) - overhead))"}}"#
        #expect(try await fixture.create("/createRecord", largest).status == 201)
        #expect(try await fixture.send("POST", "/createRecord", body: largest + " ").status == 413)
        let page = { (size: Int) in #"{"totalSize":1,"done":true,"records":[{"A":"\#(filler(size))"}]}"# }
        fixture.org.answer(200, page(6_200_000))
        #expect(try await fixture.query().status == 200)
        fixture.org.answer(200, page(6_291_556))
        #expect(try await fixture.query().status == 413)
    }

    @Test func `414 is for a query over 15000 bytes as it is sent`() async throws {
        let fixture = try WrapperFixture()
        let start = "SELECT Id FROM Lead WHERE Name = "
        let filler = String(repeating: "a", count: 15_000 - PercentEncoding.encode(start).utf8.count)
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
        #expect(try await fixture.query(start + filler).status == 200)
        #expect(try await fixture.query(start + filler + "a").status == 414)
        fixture.org.reply(.answer(.init(status: 414, "<h1>URI Too Long</h1>")))
        #expect(try await fixture.query().status == 414)
        #expect(fixture.org.calls.count == 2)
        // The caller's own encoding counts: plus signs for spaces, unnecessary escapes.
        let short = "SELECT+Id+FROM+Lead+WHERE+Name+='x'"
        let more = String(repeating: "b", count: 15_000 - short.utf8.count)
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
        #expect(try await fixture.send("GET", "/getall?q=\(short)\(more)").status == 200)
        #expect(try await fixture.send("GET", "/getall?q=\(short)\(more)b").status == 414)
        let escaped = String(repeating: "%61", count: 4_997)
        #expect(try await fixture.send("GET", "/getall?q=SELECT%20Id\(escaped)").status == 414)
        #expect(fixture.org.calls.count == 3)
    }

    @Test func `a redirect is a CRM that does not do its part, and is not followed`() async throws {
        let fixture = try WrapperFixture()
        for status in [300, 301, 302, 303, 307, 308] {
            let answer = ScriptedServer.Response(
                status: status, headers: [("Location", "\(fixture.org.url)/elsewhere")], "[]")
            fixture.org.reply(.answer(answer), .answer(answer))
            #expect(try await fixture.query().status == 502)
            #expect(try await fixture.send("POST", "/createRecord", body: WrapperFixture.lead).status == 502)
        }
        #expect(fixture.org.calls.count == 12)
        #expect(!fixture.org.calls.contains { $0.target.contains("elsewhere") })
        let fresh = try WrapperFixture()
        fresh.org.replyToSignIn(
            .answer(.init(status: 302, headers: [("Location", "\(fixture.org.url)/elsewhere")], "")))
        #expect(try await fresh.query().status == 502)
        #expect(fresh.org.signIns.count == 1)
    }

    @Test func `answers of the CRM that are no answers are 502`() async throws {
        let fixture = try WrapperFixture()
        let bodies = [
            "", "[]", "{}", "null", #"{"totalSize":1,"done":true,"records":[{]}"#,
            #"{"totalSize":"1","done":true,"records":[]}"#,
            #"{"totalSize":1,"done":true,"records":{}}"#, #"{"totalSize":1,"done":1,"records":[]}"#,
            #"{"totalSize":2,"done":false,"nextRecordsUrl":"https://evil.example/","records":[{}]}"#,
            #"{"totalSize":2,"done":false,"nextRecordsUrl":"/services/data/v62.0/query/../x","records":[{}]}"#,
            "\u{FEFF}{}", #"{"totalSize":1,"done":true,"records":[]} x"#,
        ]
        for body in bodies {
            fixture.org.answer(200, body)
            #expect(try await fixture.query().status == 502, "\(body)")
            fixture.org.answer(201, body == "{}" ? "[1]" : body.hasPrefix("{\"total") ? "{" : body)
            #expect(try await fixture.send("POST", "/createRecord", body: WrapperFixture.lead).status == 502, "\(body)")
        }
    }

    @Test func `a session refused twice within a request is 401, and the CRM is asked twice`() async throws {
        let fixture = try WrapperFixture()
        let refusal = Org.fault(401, "INVALID_SESSION_ID", "Session expired or invalid")
        fixture.org.reply(.answer(refusal), .answer(refusal))
        let came = try await fixture.send("POST", "/createRecord", body: WrapperFixture.lead)
        #expect(came.status == 401)
        #expect(came.code == "INVALID_SESSION_ID")
        #expect(fixture.org.calls.count == 2)
        #expect(fixture.org.signIns.count == 2)
    }

    @Test func `429 is for the CRM's limit, with when to come again`() async throws {
        let fixture = try WrapperFixture()
        fixture.org.reply(.answer(Org.fault(403, "REQUEST_LIMIT_EXCEEDED", "limit")))
        let came = try await fixture.query()
        #expect(came.status == 429)
        #expect(came.code == "REQUEST_LIMIT_EXCEEDED")
        #expect(came.headers["Retry-After"].flatMap { Int($0) }.map { $0 > 0 } == true)
        #expect(fixture.org.calls.count == 1)
    }

    @Test func `502 is for a CRM that does not do its part, or our own secret refused`() async throws {
        let fixture = try WrapperFixture()
        let busy = Org.fault(503, "SERVER_UNAVAILABLE", "busy")
        fixture.org.reply(.answer(busy), .answer(busy), .answer(busy))
        #expect(try await fixture.query().status == 502)
        fixture.org.answer(200, "<html>")
        #expect(try await fixture.query().status == 502)
        fixture.org.answer(500, "")
        #expect(try await fixture.query().status == 502)
        // A creation, which is never repeated; the HTTP client itself repeats a GET.
        fixture.org.reply(.reset)
        #expect(try await fixture.send("POST", "/createRecord", body: WrapperFixture.lead).status == 502)
        let wrong = try WrapperFixture(["SALESFORCE_CLIENT_SECRET": "another-secret"])
        #expect(try await wrong.query().status == 502)
        let gone = try WrapperFixture(["SALESFORCE_LOGIN_URL": "http://127.0.0.1:\(ScriptedServer.closedPort())"])
        #expect(try await gone.query().status == 502)
    }

    @Test func `504 is for a CRM that is slow, at sign-in or later`() async throws {
        let fixture = try WrapperFixture()
        fixture.org.replyToSignIn(.hang)
        #expect(try await fixture.query(within: .seconds(1)).status == 504)
        fixture.org.reply(.hang)
        #expect(try await fixture.query(within: .seconds(1)).status == 504)
    }

    @Test func `a creation that was certainly not carried out has a code that says so`() async throws {
        func code(_ variables: [String: String] = [:], _ prepare: (WrapperFixture) -> Void = { _ in }) async throws
            -> String
        {
            let fixture = try WrapperFixture(variables)
            prepare(fixture)
            let came = try await fixture.send(
                "POST", "/createRecord", body: WrapperFixture.lead, within: .milliseconds(1500))
            return "\(came.status) \(came.code ?? "")"
        }
        let busy = Org.fault(503, "SERVER_UNAVAILABLE", "busy")
        #expect(
            try await code { $0.org.reply(.answer(busy), .answer(busy), .answer(busy)) } == "502 SERVER_UNAVAILABLE")
        #expect(try await code(["SALESFORCE_CLIENT_SECRET": "another-secret"]) == "502 invalid_client")
        let closed = ["SALESFORCE_LOGIN_URL": "http://127.0.0.1:\(try ScriptedServer.closedPort())"]
        #expect(try await code(closed) == "502 CRM_NOT_DONE")
        #expect(try await code { $0.org.replyToSignIn(.hang) } == "504 CRM_NOT_DONE")
        #expect(try await code { $0.org.replyToSignIn(.answer(.init("<html>"))) } == "502 CRM_NOT_DONE")
        let large = String(repeating: "a", count: 70_000)
        #expect(try await code { $0.org.replyToSignIn(.answer(.init(large))) } == "502 CRM_NOT_DONE")
        let redirect = ScriptedServer.Response(status: 302, headers: [("Location", "/x")], "")
        #expect(try await code { $0.org.reply(.answer(redirect)) } == "502 CRM_NOT_DONE")
        // Here a record may have been created.
        #expect(try await code { $0.org.reply(.hang) } == "504 CRM_TIMEOUT")
        #expect(try await code { $0.org.reply(.reset) } == "502 CRM_UNAVAILABLE")
        #expect(try await code { $0.org.answer(200, "<html>") } == "502 CRM_UNAVAILABLE")
        #expect(try await code { $0.org.answer(200, #"[{"errorCode":"X","message":"y"}]"#) } == "502 CRM_UNAVAILABLE")
        #expect(try await code { $0.org.answer(502, "<html>") } == "502 CRM_UNAVAILABLE")
        let huge = #"{"id":"\#(String(repeating: "a", count: 6_300_000))"}"#
        #expect(try await code { $0.org.answer(201, huge) } == "502 CRM_UNAVAILABLE")
    }

    @Test func `a query that does more than read is 400, before the CRM is asked`() async throws {
        let fixture = try WrapperFixture()
        for clause in ["FOR VIEW", "for  reference", "FOR\nUPDATE", "UPDATE TRACKING", "Update ViewStat, Tracking"] {
            #expect(try await fixture.query("SELECT Id FROM Lead WHERE Name = 'x\\'y' \(clause)").status == 400)
        }
        #expect(
            try await fixture.send("POST", "/getall", body: #"{"q":"SELECT Id FROM Lead FOR\u0020VIEW"}"#).status == 400
        )
        #expect(fixture.org.server.requests.isEmpty)
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
        #expect(try await fixture.query("SELECT Id FROM Lead WHERE Name = 'FOR VIEW'").status == 200)
    }

    @Test func `HEAD is GET without the body`() async throws {
        let fixture = try WrapperFixture()
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
        let came = try await fixture.send("HEAD", "/getall?q=SELECT%20Id%20FROM%20Lead")
        #expect(came.status == 200)
        #expect(came.body.isEmpty)
    }
}
