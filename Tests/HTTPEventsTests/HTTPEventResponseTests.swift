import Foundation
import HTTPEvents
import Testing

@Suite struct HTTPEventResponseTests {
    /// Returns the response as JSON, in the form that Lambda's caller reads.
    private func encoded(_ answer: HTTPEventResponse, _ form: HTTPEvent.Form, method: String = "GET") throws
        -> NSDictionary
    {
        let encoded = answer.encoded(for: HTTPEvent(form: form, method: method))
        return try #require(JSONSerialization.jsonObject(with: JSONEncoder().encode(encoded)) as? NSDictionary)
    }

    private let plain = HTTPEventResponse.json(Array(#"{"a":1}"#.utf8), status: 404, headers: ["Allow": "GET"])

    private var repeated: HTTPEventResponse {
        var answer = HTTPEventResponse(status: 200, headers: ["A": "1", "Set-Cookie": "x=1", "a": "2"])
        answer.headers.append("set-cookie", "y=2; Path=/, z")
        return answer
    }

    @Test func `API Gateway's format 1 has headers, and lists for the repeated ones`() throws {
        #expect(
            try encoded(plain, .v1) == [
                "statusCode": 404, "headers": ["Content-Type": "application/json", "Allow": "GET"],
                "body": #"{"a":1}"#, "isBase64Encoded": false,
            ])
        #expect(
            try encoded(repeated, .v1) == [
                "statusCode": 200, "headers": [:],
                "multiValueHeaders": ["A": ["1", "2"], "Set-Cookie": ["x=1", "y=2; Path=/, z"]], "body": "",
                "isBase64Encoded": false,
            ])
    }

    @Test(arguments: [HTTPEvent.Form.v2, .functionURL])
    func `format 2 and function URLs have joined headers, and cookies apart`(form: HTTPEvent.Form) throws {
        #expect(
            try encoded(plain, form) == [
                "statusCode": 404, "headers": ["Content-Type": "application/json", "Allow": "GET"],
                "body": #"{"a":1}"#, "isBase64Encoded": false,
            ])
        #expect(
            try encoded(repeated, form) == [
                "statusCode": 200, "headers": ["A": "1, 2"], "cookies": ["x=1", "y=2; Path=/, z"], "body": "",
                "isBase64Encoded": false,
            ])
    }

    @Test func `a load balancer has a description, and one cookie a spelling`() throws {
        #expect(
            try encoded(plain, .alb) == [
                "statusCode": 404, "statusDescription": "404 Not Found",
                "headers": ["Content-Type": "application/json", "Allow": "GET"], "body": #"{"a":1}"#,
                "isBase64Encoded": false,
            ])
        #expect(
            try encoded(repeated, .alb) == [
                "statusCode": 200, "statusDescription": "200 OK",
                "headers": ["A": "1, 2", "Set-Cookie": "x=1", "set-Cookie": "y=2; Path=/, z"], "body": "",
                "isBase64Encoded": false,
            ])
    }

    @Test func `a load balancer with multi-value headers has lists only`() throws {
        #expect(
            try encoded(plain, .albMultiValue) == [
                "statusCode": 404, "statusDescription": "404 Not Found",
                "multiValueHeaders": ["Content-Type": ["application/json"], "Allow": ["GET"]], "body": #"{"a":1}"#,
                "isBase64Encoded": false,
            ])
        #expect(
            try encoded(repeated, .albMultiValue)["multiValueHeaders"] as? NSDictionary == [
                "A": ["1", "2"], "Set-Cookie": ["x=1", "y=2; Path=/, z"],
            ])
        #expect(try encoded(HTTPEventResponse(status: 599), .albMultiValue)["statusDescription"] as? String == "599")
    }

    @Test(arguments: HTTPEvent.Form.allCases)
    func `what is no UTF-8 goes as base64`(form: HTTPEvent.Form) throws {
        let binary = try encoded(HTTPEventResponse(status: 200, body: [0xFF, 0x00]), form)
        #expect(binary["body"] as? String == "/wA=")
        #expect(binary["isBase64Encoded"] as? Bool == true)
        let text = try encoded(.text("Zo\u{EB} \u{1F600}\u{0}"), form)
        #expect(text["body"] as? String == "Zo\u{EB} \u{1F600}\u{0}")
        #expect(text["isBase64Encoded"] as? Bool == false)
    }

    @Test(arguments: HTTPEvent.Form.allCases)
    func `HEAD, 204 and 304 have no body`(form: HTTPEvent.Form) throws {
        #expect(try encoded(plain, form, method: "HEAD")["body"] as? String == "")
        #expect(try encoded(HTTPEventResponse(status: 204, body: [0xFF]), form)["body"] as? String == "")
        #expect(try encoded(HTTPEventResponse(status: 304, body: [0xFF]), form)["isBase64Encoded"] as? Bool == false)
    }

    @Test(arguments: HTTPEvent.Form.allCases)
    func `a line break cannot start another header`(form: HTTPEvent.Form) throws {
        let answer = HTTPEventResponse(status: 200, headers: ["Location": "/a\r\nX: 1\u{0}"])
        let encoded = answer.encoded(for: form)
        let value = encoded.headers?["Location"] ?? encoded.multiValueHeaders?["Location"]?.first
        #expect(value == "/a  X: 1 ")
    }
}
