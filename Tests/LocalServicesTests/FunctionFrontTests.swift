import Foundation
import JSON
import Settings
import TestSupport
import Testing

@testable import LocalServices

/// The HTTP API in front of a local function, over raw HTTP.
struct FunctionFrontTests {
    private func send(
        _ method: String, _ path: String, fields: [String: String] = [:], body: [UInt8] = []
    ) async throws -> HTTPMessage {
        let project = try TemporaryProject(bootstrap: PythonFunction.source("front_function"))
        return try await FunctionPool.withRunning(project.configuration) { function in
            let front = try await FunctionFront(function)
            let port = try #require(URL(string: front.url)?.port)
            let answer = try await LocalHTTP.send(
                method, path, port: UInt16(port), fields: fields, body: body)
            await front.stop()
            return answer
        }
    }

    @Test func `a request becomes an event of format 2.0, the answer one of HTTP`() async throws {
        let answer = try await send(
            "POST", "/a%20b/c?q=SELECT%20Id&x=%C3%BC",
            fields: ["Content-Type": "application/json", "Cookie": "k=v; l=w"],
            body: Array(#"{"ü":1}"#.utf8))
        #expect(answer.status == 418)
        #expect(answer.fields["x-own"] == "1")
        #expect(answer.fields.fields.filter { $0.name == "set-cookie" }.map(\.value) == ["a=1", "b=2"])
        let event = try JSONValue(parsing: answer.body)
        #expect(event["version"] == .string("2.0"))
        #expect(event["rawPath"] == .string("/a%20b/c"))
        #expect(event["rawQueryString"] == .string("q=SELECT%20Id&x=%C3%BC"))
        #expect(event["queryStringParameters"]?["x"] == .string("ü"))
        #expect(event["requestContext"]?["http"]?["method"] == .string("POST"))
        #expect(event["headers"]?["content-type"] == .string("application/json"))
        #expect(event["headers"]?["cookie"] == nil)
        #expect(event["cookies"] == .array([.string("k=v"), .string("l=w")]))
        #expect(event["body"] == .string(#"{"ü":1}"#))
        #expect(event["isBase64Encoded"] == .bool(false))
    }

    @Test func `a body that is no text is base64 in the event, and bytes again in the answer`() async throws {
        let event = try JSONValue(
            parsing: try await send("POST", "/", fields: ["Content-Type": "image/png"], body: [0, 255]).body)
        #expect(event["body"] == .string("AP8="))
        #expect(event["isBase64Encoded"] == .bool(true))
        #expect(try await send("GET", "/bytes").body == [0, 255])
    }

    @Test func `an answer without a status is a body, a broken one is 500`() async throws {
        let raw = try await send("GET", "/raw")
        #expect(raw.status == 200 && raw.body == Array("[1]".utf8))
        #expect(try await send("GET", "/broken").status == 500)
    }

    @Test func `two events at once have a process each, and one that died is replaced`() async throws {
        let project = try TemporaryProject(bootstrap: PythonFunction.source("sleeping_function"))

        try await FunctionPool.withRunning(project.configuration) { pool in
            async let slow = pool.invoke(Array("2".utf8))
            try await Task.sleep(for: .milliseconds(200))
            let quick = await pool.invoke(Array("0".utf8))
            let again = await pool.invoke(Array("0".utf8))
            #expect(quick == again && !quick.isError)
            #expect(await pool.invoke(Array("\"die\"".utf8)).isError)
            let fresh = await pool.invoke(Array("0".utf8))
            #expect(!fresh.isError && fresh != quick)
            let first = await slow
            #expect(first != quick && first != fresh && !first.isError)
        }
    }

    @Test func `routes say which function is asked, by which key; what no route takes is 404`() async throws {
        let project = try TemporaryProject(bootstrap: PythonFunction.source("front_function"))
        try await FunctionPool.withRunning(project.configuration) { function in
            let routes = HTTPRoutes(["POST /calls/{id}": "Scripted", "GET /gone": "Gone"])
            let front = try await FunctionFront(routes) { name in
                guard name == "Scripted" else { throw POSIXError(.ENOENT) }
                return function
            }
            let port = try #require(URL(string: front.url)?.port.map(UInt16.init))
            let taken = try await LocalHTTP.send("POST", "/calls/a%20b?x=1", port: port)
            let event = try JSONValue(parsing: taken.body)
            #expect(event["routeKey"]?.string == "POST /calls/{id}")
            #expect(event["requestContext"]?["routeKey"]?.string == "POST /calls/{id}")
            #expect(event["pathParameters"]?["id"]?.string == "a b")
            let none = try await LocalHTTP.send("GET", "/calls/1", port: port)
            #expect(none.status == 404 && none.body == Array(#"{"message":"Not Found"}"#.utf8))
            #expect(try await LocalHTTP.send("GET", "/gone", port: port).status == 500)
            await front.stop()
        }
    }
}
