import Foundation
import HTTPEvents
import JSON
import LambdaRuntime
import Settings
import Testing

@Suite struct HTTPEventTests {
    @Test(arguments: Forms.all.indices)
    func `the same request reads the same in every form`(index: Int) throws {
        let (form, text) = Forms.all[index]
        let event = try Forms.decode(text)
        #expect(event.form == form)
        #expect(event.method == "GET")
        #expect(event.path == "/getall")
        #expect(event.query("q") == "SELECT Id")
        #expect(event.query("x") == (form == .alb ? "2" : "1"))
        #expect(event.query("y") == nil)
        #expect(event.headers["ACCEPT"] == "a/b")
        #expect(event.headers["x-TWO"]?.hasSuffix("2") == true)
        #expect(event.headers["x-three"] == nil)
        #expect(event.cookies == ["a=1", "b=2"])
        #expect(event.body == [])
        #expect(!event.isBodyMalformed)
        #expect(event.sourceAddress == "192.0.2.1")
    }

    /// A combining accent, and the characters that join others or keep them apart.
    @Test(arguments: ["\u{301}", "\u{200C}", "\u{200D}", "\u{FE0F}"])
    func `what separates does so before a combining or joining character too`(mark: String) throws {
        let event = try Forms.decode(
            .v2, ["rawPath": "/prod/\(mark)x", "rawQueryString": "a=\(mark)&\(mark)b=\(mark)"])
        #expect(Array(event.path.utf8) == Array("/\(mark)x".utf8))
        #expect(event.query("a").map { Array($0.utf8) } == Array(mark.utf8))
        #expect(event.query.count == 2)
        let cookies = try Forms.decode(.alb, ["headers": ["cookie": "a=1;\(mark)b=2"]]).cookies
        #expect(cookies.count == 2)
    }

    @Test func `several values of a header are kept where the form has them`() throws {
        #expect(try Forms.decode(Forms.v1).headers.values(of: "x-two") == ["1", "2"])
        #expect(try Forms.decode(Forms.albMultiValue).headers.values(of: "X-Two") == ["1", "2"])
        #expect(try Forms.decode(Forms.v1).headers["x-two"] == "1, 2")
    }

    @Test func `the raw path has the stage and the path has not`() throws {
        #expect(try Forms.decode(Forms.v1).rawPath == "/prod/getall")
        #expect(try Forms.decode(Forms.v2).rawPath == "/prod/getall")
        #expect(try Forms.decode(.v2, ["rawPath": "/prod"]).path == "/")
        #expect(try Forms.decode(.v2, ["rawPath": "/prod/"]).path == "/")
        #expect(try Forms.decode(.v2, ["rawPath": "/product"]).path == "/product")
        #expect(try Forms.decode(.v2, ["rawPath": "/prod/prod/x"]).path == "/prod/x")
        #expect(try Forms.decode(.functionURL, ["rawPath": "/$default/x"]).path == "/$default/x")
        // An HTTP API that speaks format 1.0 leaves its stage in both.
        #expect(try Forms.decode(.v1, ["path": "/prod/getall"]).path == "/getall")
        #expect(try Forms.decode(.v1, ["path": "/prod/prod"]).path == "/prod/prod")
        #expect(try Forms.decode(.alb, ["path": "/prod/getall"]).path == "/prod/getall")
    }

    @Test func `a custom domain's base path is taken off where the route tells it`() throws {
        func rest(_ path: String, _ resource: String, _ parameters: [String: String] = [:], stage: String = "prod")
            throws -> String
        {
            try Forms.decode(
                .v1,
                [
                    "path": path, "resource": resource, "pathParameters": parameters,
                    "requestContext": ["path": path, "stage": stage, "identity": ["sourceIp": "192.0.2.1"]],
                ]
            ).path
        }
        #expect(try rest("/crm/getall", "/getall") == "/getall")
        #expect(try rest("/a/b/getall/", "/{proxy+}", ["proxy": "getall"]) == "/getall/")
        #expect(try rest("/crm/createRecord/Lead", "/{proxy+}", ["proxy": "createRecord/Lead"]) == "/createRecord/Lead")
        #expect(try rest("/crm/items/a%20b", "/items/{id}", ["id": "a b"]) == "/items/a%20b")
        #expect(try rest("/getall", "/getall", stage: "getall") == "/getall")
        // A route that does not match the path is ignored: only the stage is removed.
        #expect(try rest("/prod/other", "/getall") == "/other")
        #expect(try rest("/crm/other", "/{proxy+}") == "/crm/other")
        #expect(try rest("/crm/x", "/") == "/crm/x")

        func api(_ path: String, _ key: String, _ parameters: [String: String]? = nil) throws -> String {
            try Forms.decode(.v2, ["rawPath": path, "routeKey": key, "pathParameters": parameters]).path
        }
        #expect(try api("/crm/getall", "GET /getall") == "/getall")
        #expect(
            try api("/crm/createRecord/Lead", "ANY /{proxy+}", ["proxy": "createRecord/Lead"]) == "/createRecord/Lead")
        #expect(try api("/prod/getall", "GET /getall") == "/getall")
        #expect(try api("/prod/getall", "$default") == "/getall")
        #expect(try api("/crm/getall", "$default") == "/crm/getall")
        let event = try Forms.decode(.v2, ["rawPath": "/crm/getall", "routeKey": "GET /getall"])
        #expect(event.rawPath == "/crm/getall")
    }

    @Test func `parameters are found in whichever member has them`() throws {
        #expect(try Forms.decode(.v1, ["multiValueQueryStringParameters": [String: Any]()]).query("q") == "SELECT Id")
        #expect(try Forms.decode(.v2, ["rawQueryString": nil]).query("q") == "SELECT Id")
        #expect(try Forms.decode(.v2, ["rawQueryString": ""]).query("q") == nil)
    }

    @Test func `the raw query is what was sent, or says the same`() throws {
        #expect(try Forms.decode(Forms.v2).rawQuery == "q=SELECT%20Id&x=1&x=2")
        #expect(try Forms.decode(Forms.functionURL).rawQuery == "q=SELECT+Id&x=1&x=2")
        #expect(try Forms.decode(Forms.v1).rawQuery == "q=SELECT%20Id&x=1&x=2")
        #expect(try Forms.decode(Forms.albMultiValue).rawQuery == "q=SELECT%20Id&x=1&x=2")
        let odd = try Forms.decode(.v2, ["rawQueryString": "a=%&b=%4&c=%zz&d&=e&&f=1=2&g=%C3%BC&g=2"])
        #expect(odd.query("a") == "%")
        #expect(odd.query("b") == "%4")
        #expect(odd.query("c") == "%zz")
        #expect(odd.query("d") == "")
        #expect(odd.query("") == "e")
        #expect(odd.query("f") == "1=2")
        #expect(odd.query("g") == "\u{FC}")
        #expect(odd.rawQuery("g") == "%C3%BC")
        #expect(odd.query.map(\.name) == ["a", "b", "c", "d", "", "f", "g", "g"])
        let encoded = try Forms.decode(.v1, ["multiValueQueryStringParameters": ["a b": ["1&2=3", "%", "+"]]])
        #expect(encoded.rawQuery == "a%20b=1%262%3D3&a%20b=%25&a%20b=%2B")
        #expect(encoded.query.map(\.value) == ["1&2=3", "%", "+"])
    }

    @Test(arguments: HTTPEvent.Form.allCases)
    func `a body is text or base64, and broken base64 is told apart from none`(form: HTTPEvent.Form) throws {
        let bytes: [UInt8] = [0, 0xFF, 0x80, 0x0A]
        let binary = try Forms.decode(form, ["body": Data(bytes).base64EncodedString(), "isBase64Encoded": true])
        #expect(binary.body == bytes)
        #expect(
            try Forms.decode(form, ["body": "Zo\u{EB}\r\n", "isBase64Encoded": false]).body
                == Array("Zo\u{EB}\r\n".utf8))
        #expect(try Forms.decode(form, ["body": "AAAA", "isBase64Encoded": nil]).body == Array("AAAA".utf8))
        for broken in ["AAA", "A", "!!!!", "AAAA=", "\u{FC}"] {
            let event = try Forms.decode(form, ["body": broken, "isBase64Encoded": true])
            #expect(event.isBodyMalformed)
            #expect(event.body == [])
        }
        #expect(try !Forms.decode(form, ["body": "", "isBase64Encoded": true]).isBodyMalformed)
        #expect(try !Forms.decode(form, ["body": nil, "isBase64Encoded": true]).isBodyMalformed)
    }

    @Test(arguments: HTTPEvent.Form.allCases)
    func `members that are missing, null or of another type are done without`(form: HTTPEvent.Form) throws {
        let names = [
            "headers", "multiValueHeaders", "queryStringParameters", "multiValueQueryStringParameters", "cookies",
            "body", "isBase64Encoded", "rawQueryString", "path", "rawPath", "stageVariables", "version",
        ]
        for name in names where name != "multiValueHeaders" || form != .albMultiValue {
            let values: [Any?] =
                [nil, NSNull(), 1, true, ["a"], ["a": NSNull()], ["a": ["b": 1]], [["a"]], [1, "a", NSNull()], "x"]
            for value in values where name != "multiValueHeaders" || !(value is [String: Any]) {
                let event = try Forms.decode(form, [name: value])
                #expect(event.form == form)
                #expect(event.method == "GET")
                #expect(event.path.hasPrefix("/"))
            }
        }
        let bare = try Forms.decode(form, ["headers": ["a": 1, "b": NSNull(), "c": "d"], "multiValueHeaders": nil])
        #expect(bare.headers["a"] == nil)
        #expect(bare.headers["c"] == "d")
    }

    @Test func `header values are not trimmed`() throws {
        #expect(try Forms.decode(.v2, ["headers": ["a": " b "]]).headers["A"] == " b ")
    }

    @Test(arguments: [
        "{}", "null", "[]", "1", #""httpMethod""#, #"{"httpMethod":null,"path":"/"}"#, #"{"httpMethod":1,"path":"/"}"#,
        #"{"requestContext":{"http":{}}}"#, #"{"requestContext":{"http":{"method":1}}}"#,
    ])
    func `an event without a method is an invalid request`(text: String) {
        #expect(throws: InvalidInput.self) { try Forms.decode(text) }
    }

    @Test func `any mutation of an event decodes or is an invalid request, and the next event decodes`() throws {
        var random = SplitMix(state: 7)
        for (form, text) in Forms.all {
            for _ in 0..<2000 {
                var bytes = Array(text.utf8)
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let index = Int.random(in: bytes.indices, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                    case 1: bytes.remove(at: index)
                    case 2: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: index)
                    default: bytes.removeSubrange(index..<min(bytes.count, index + 20))
                    }
                    if bytes.isEmpty { bytes = [0x20] }
                }
                do {
                    _ = try HTTPEvent(parsing: bytes)
                } catch is JSONError {
                } catch is InvalidInput {
                }
            }
            #expect(try Forms.decode(text).form == form)
        }
    }

    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    @Test func `a form's bytes are decoded before they are taken for UTF-8`() {
        let body = Array("n=".utf8) + [0xC3] + Array("%A9&%C3".utf8) + [0xA9] + Array("=%E2%80".utf8) + [0x8C]
        let event = HTTPEvent(method: "POST", body: body)
        #expect(event.formParameters?.map(\.name) == ["n", "é"])
        #expect(event.formParameters?.map(\.value) == ["é", "\u{200C}"])
    }
}
