import AWS
import Foundation
import HTTPEvents
import LambdaRuntime
import TestSupport
import Testing

@testable import CRMWrapperAPI

struct StatusTests {
    private typealias Org = ScriptedSalesforce

    @Test func `a query is 200 with the pages joined`() async throws {
        let bench = try WrapperBench()
        bench.org.reply(
            .answer(Org.page(0..<2, of: 3, next: "/services/data/v62.0/query/01gX-2")), .answer(Org.page(2..<3, of: 3)))
        let came = try await bench.query()
        #expect(came.status == 200)
        #expect(came.headers["Content-Type"] == "application/json")
        #expect(came.body == #"{"data":\#(String(decoding: Org.page(0..<3, of: 3).body, as: UTF8.self))}"#)
    }

    @Test func `the most records are read and no more, and the answer says so`() async throws {
        let bench = try WrapperBench(["CRM_MAX_RECORDS": "2"])
        bench.org.reply(.answer(Org.page(0..<3, of: 9, next: "/services/data/v62.0/query/01gX-3")))
        let came = try await bench.query()
        #expect(came.body.hasPrefix(#"{"data":{"totalSize":9,"done":false,"records":[{"#))
        #expect(!came.body.contains("nextRecordsUrl"))
        #expect(bench.org.calls.count == 1)
    }

    @Test func `a creation is 201 with Salesforce's own answer`() async throws {
        let bench = try WrapperBench()
        let came = try await bench.create()
        #expect(came.status == 201)
        #expect(came.body == #"{"data":\#(WrapperBench.created)}"#)
    }

    @Test func `health needs no credentials and calls nobody`() async throws {
        let bench = try WrapperBench()
        #expect(try await bench.send("GET", "/health", authorization: nil).status == 200)
        #expect(bench.org.server.requests.isEmpty)
    }

    @Test func `what Salesforce refuses is 400 with its code and its sentence`() async throws {
        let bench = try WrapperBench()
        for code in ["MALFORMED_QUERY", "DUPLICATES_DETECTED", "REQUIRED_FIELD_MISSING"] {
            bench.org.reply(.answer(Org.fault(400, code, "Say why")))
            let came = try await bench.query()
            #expect(came.status == 400)
            #expect(came.body == #"{"error":{"code":"\#(code)","message":"Say why"}}"#)
        }
    }

    @Test(arguments: [
        "", "q=", "q=DELETE%20FROM%20Lead", "q=FIND%20%7Ba%7D", "x=SELECT%20Id", "q=SELECT%20a%20FROM%20b&q=SELECT%20c",
    ])
    func `anything but one SELECT is 400`(_ query: String) async throws {
        let bench = try WrapperBench()
        #expect(try await bench.send("GET", "/getall?\(query)").status == 400)
        #expect(bench.org.server.requests.isEmpty)
    }

    @Test func `no credentials, or credentials nobody can read, are 401`() async throws {
        let bench = try WrapperBench()
        let bad = [
            nil, "", "Basic", "Basic ", "Basic !!!", WrapperBench.authorization("nocolon"),
            WrapperBench.authorization(":p"), WrapperBench.authorization("u:"), "Basic /w==", "Digest x",
            "Bearer token", "Bearer a b", "Basic dTpw=", "Basic dTpwdw", "Basic dTpwdw=", "Basic dTpwdw=== ",
            "Basic,dTpw",
            "Basic dTpw, Basic dTpw", "Basicd dTpw", "basic",
        ]
        for authorization in bad {
            let came = try await bench.send("GET", "/getall?q=SELECT%20Id%20FROM%20Lead", authorization: authorization)
            #expect(came.status == 401)
            #expect(came.headers["WWW-Authenticate"] == #"Basic realm="crm""#)
        }
        #expect(bench.org.server.requests.isEmpty)
    }

    @Test func `credentials that the CRM refuses are 401`() async throws {
        let bench = try WrapperBench()
        let came = try await bench.send(
            "POST", "/createRecord", body: WrapperBench.lead, authorization: WrapperBench.authorization("a:wrong"))
        #expect(came.status == 401)
        #expect(came.headers["WWW-Authenticate"] == #"Basic realm="crm""#)
        #expect(bench.org.calls.isEmpty)
    }

    @Test func `403 is for what the CRM or the list of objects does not allow`() async throws {
        let bench = try WrapperBench()
        bench.org.reply(.answer(Org.fault(403, "INSUFFICIENT_ACCESS", "no")))
        let refused = try await bench.query()
        #expect(refused.status == 403)
        #expect(refused.code == "INSUFFICIENT_ACCESS")
        let came = try await bench.send("POST", "/createRecord/User", body: WrapperBench.lead)
        #expect(came.status == 403)
        #expect(bench.org.calls.count == 1)
    }

    @Test func `404 is for other paths, and for what the CRM does not have`() async throws {
        let bench = try WrapperBench()
        for path in ["/", "/other", "/getall/x", "/createRecord/a/b", "/GETALL", "/health/x"] {
            #expect(try await bench.send("GET", path).status == 404)
        }
        bench.org.reply(.answer(Org.fault(404, "NOT_FOUND", "none")))
        #expect(try await bench.query().status == 404)
    }

    @Test func `405 says what is allowed`() async throws {
        let bench = try WrapperBench()
        for (method, path, allow) in [
            ("PUT", "/getall", "GET, HEAD, POST"), ("GET", "/createRecord", "POST"),
            ("PUT", "/createrecord/Lead", "POST"),
            ("DELETE", "/health", "GET, HEAD"),
        ] {
            let came = try await bench.send(method, path)
            #expect(came.status == 405)
            #expect(came.headers["Allow"] == allow)
        }
    }

    @Test func `413 is for a body of over a mebibyte, or an answer that Lambda cannot give`() async throws {
        let bench = try WrapperBench()
        let filler = { (count: Int) in String(repeating: "a", count: count) }
        let overhead = #"{"data":{"LastName":""}}"#.utf8.count
        let largest = #"{"data":{"LastName":"\#(filler((1 << 20) - overhead))"}}"#
        #expect(try await bench.create("/createRecord", largest).status == 201)
        #expect(try await bench.send("POST", "/createRecord", body: largest + " ").status == 413)
        let page = { (size: Int) in #"{"totalSize":1,"done":true,"records":[{"A":"\#(filler(size))"}]}"# }
        bench.org.answer(200, page(6_200_000))
        #expect(try await bench.query().status == 200)
        bench.org.answer(200, page(6_291_556))
        #expect(try await bench.query().status == 413)
    }

    @Test func `414 is for a query over 15000 bytes as it is sent`() async throws {
        let bench = try WrapperBench()
        let start = "SELECT Id FROM Lead WHERE Name = "
        let filler = String(repeating: "a", count: 15_000 - PercentEncoding.encode(start).utf8.count)
        bench.org.reply(.answer(Org.page(0..<1, of: 1)))
        #expect(try await bench.query(start + filler).status == 200)
        #expect(try await bench.query(start + filler + "a").status == 414)
        bench.org.reply(.answer(.init(status: 414, "<h1>URI Too Long</h1>")))
        #expect(try await bench.query().status == 414)
        #expect(bench.org.calls.count == 2)
        // What counts is what the caller sent: plus signs for spaces, escapes that need not be.
        let short = "SELECT+Id+FROM+Lead+WHERE+Name+='x'"
        let more = String(repeating: "b", count: 15_000 - short.utf8.count)
        bench.org.reply(.answer(Org.page(0..<1, of: 1)))
        #expect(try await bench.send("GET", "/getall?q=\(short)\(more)").status == 200)
        #expect(try await bench.send("GET", "/getall?q=\(short)\(more)b").status == 414)
        let escaped = String(repeating: "%61", count: 4_997)
        #expect(try await bench.send("GET", "/getall?q=SELECT%20Id\(escaped)").status == 414)
        #expect(bench.org.calls.count == 3)
    }

    @Test func `a redirect is a CRM that does not do its part, and is not followed`() async throws {
        let bench = try WrapperBench()
        for status in [300, 301, 302, 303, 307, 308] {
            let answer = ScriptedServer.Answer(
                status: status, headers: [("Location", "\(bench.org.url)/elsewhere")], "[]")
            bench.org.reply(.answer(answer), .answer(answer))
            #expect(try await bench.query().status == 502)
            #expect(try await bench.send("POST", "/createRecord", body: WrapperBench.lead).status == 502)
        }
        #expect(bench.org.calls.count == 12)
        #expect(!bench.org.calls.contains { $0.target.contains("elsewhere") })
        let fresh = try WrapperBench()
        fresh.org.replyToSignIn(
            .answer(.init(status: 302, headers: [("Location", "\(bench.org.url)/elsewhere")], "")))
        #expect(try await fresh.query().status == 502)
        #expect(fresh.org.signIns.count == 1)
    }

    @Test func `answers of the CRM that are no answers are 502`() async throws {
        let bench = try WrapperBench()
        let bodies = [
            "", "[]", "{}", "null", #"{"totalSize":1,"done":true,"records":[{]}"#,
            #"{"totalSize":"1","done":true,"records":[]}"#,
            #"{"totalSize":1,"done":true,"records":{}}"#, #"{"totalSize":1,"done":1,"records":[]}"#,
            #"{"totalSize":2,"done":false,"nextRecordsUrl":"https://evil.example/","records":[{}]}"#,
            #"{"totalSize":2,"done":false,"nextRecordsUrl":"/services/data/v62.0/query/../x","records":[{}]}"#,
            "\u{FEFF}{}", #"{"totalSize":1,"done":true,"records":[]} x"#,
        ]
        for body in bodies {
            bench.org.answer(200, body)
            #expect(try await bench.query().status == 502, "\(body)")
            bench.org.answer(201, body == "{}" ? "[1]" : body.hasPrefix("{\"total") ? "{" : body)
            #expect(try await bench.send("POST", "/createRecord", body: WrapperBench.lead).status == 502, "\(body)")
        }
    }

    @Test func `a session refused twice within a request is 401, and the CRM is asked twice`() async throws {
        let bench = try WrapperBench()
        let refusal = Org.fault(401, "INVALID_SESSION_ID", "Session expired or invalid")
        bench.org.reply(.answer(refusal), .answer(refusal))
        let came = try await bench.send("POST", "/createRecord", body: WrapperBench.lead)
        #expect(came.status == 401)
        #expect(came.code == "INVALID_SESSION_ID")
        #expect(bench.org.calls.count == 2)
        #expect(bench.org.signIns.count == 2)
    }

    @Test func `429 is for the CRM's limit, with when to come again`() async throws {
        let bench = try WrapperBench()
        bench.org.reply(.answer(Org.fault(403, "REQUEST_LIMIT_EXCEEDED", "limit")))
        let came = try await bench.query()
        #expect(came.status == 429)
        #expect(came.code == "REQUEST_LIMIT_EXCEEDED")
        #expect(came.headers["Retry-After"].flatMap { Int($0) }.map { $0 > 0 } == true)
        #expect(bench.org.calls.count == 1)
    }

    @Test func `502 is for a CRM that does not do its part, or our own secret refused`() async throws {
        let bench = try WrapperBench()
        let busy = Org.fault(503, "SERVER_UNAVAILABLE", "busy")
        bench.org.reply(.answer(busy), .answer(busy), .answer(busy))
        #expect(try await bench.query().status == 502)
        bench.org.answer(200, "<html>")
        #expect(try await bench.query().status == 502)
        bench.org.answer(500, "")
        #expect(try await bench.query().status == 502)
        // A creation, which nobody repeats; the HTTP client itself repeats a GET.
        bench.org.reply(.reset)
        #expect(try await bench.send("POST", "/createRecord", body: WrapperBench.lead).status == 502)
        let wrong = try WrapperBench(["SALESFORCE_CLIENT_SECRET": "another-secret"])
        #expect(try await wrong.query().status == 502)
        let gone = try WrapperBench(["SALESFORCE_LOGIN_URL": "http://127.0.0.1:\(ScriptedServer.closedPort())"])
        #expect(try await gone.query().status == 502)
    }

    @Test func `504 is for a CRM that is slow, at sign-in or later`() async throws {
        let bench = try WrapperBench()
        bench.org.replyToSignIn(.hang)
        #expect(try await bench.query(within: .seconds(1)).status == 504)
        bench.org.reply(.hang)
        #expect(try await bench.query(within: .seconds(1)).status == 504)
    }

    @Test func `HEAD is GET without the body`() async throws {
        let bench = try WrapperBench()
        bench.org.reply(.answer(Org.page(0..<1, of: 1)))
        let came = try await bench.send("HEAD", "/getall?q=SELECT%20Id%20FROM%20Lead")
        #expect(came.status == 200)
        #expect(came.body.isEmpty)
    }
}
