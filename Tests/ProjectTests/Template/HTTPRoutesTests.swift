import Foundation
import JSON
import LocalServices
import Settings
import TestSupport
import Testing

@testable import switchboard

/// The function to which an HTTP API passes a request.
struct HTTPRoutesTests {
    private static let routes = HTTPRoutes([
        "ANY /health": "Any", "GET /health": "Get", "GET /a/{id}": "One", "GET /a/{rest+}": "Rest", "GET /a/own": "Own",
        "POST /a/{id}/b": "Deep", "no route": "None",
    ])

    @Test(arguments: [
        ("GET", "/health", "Get"), ("POST", "/health", "Any"), ("GET", "/a/own", "Own"), ("GET", "/a/1", "One"),
        ("GET", "/a/1/2", "Rest"), ("POST", "/a/1/b", "Deep"), ("GET", "/a/1/b", "Rest"), ("POST", "/a/1", nil),
        ("GET", "/a", nil), ("GET", "/a/", nil), ("GET", "/Health", nil), ("GET", "/", nil), ("GET", "/health/", nil),
    ])
    func `the most exact route takes a request, and none is none`(method: String, path: String, function: String?) {
        #expect(Self.routes.match(method, path)?.function == function)
    }

    @Test func `parameters are decoded, and the key is the route's own`() {
        let one = Self.routes.match("GET", "/a/x%20y")
        #expect(one?.parameters == ["id": "x y"] && one?.key == "GET /a/{id}")
        #expect(Self.routes.match("GET", "/a/1/2%2F3")?.parameters == ["rest": "1/2/3"])
        let all = HTTPRoutes.all(to: "F").match("PATCH", "/any/where")
        #expect(all?.key == "$default" && all?.parameters == [:] && all?.function == "F")
    }

    @Test func `template.yaml's routes lead to the functions that AWS's transform says`() throws {
        let template = try #require(try Project(root: TestProcess.root).template())
        let stack = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
        let routes = stack.properties(of: "AWS::ApiGatewayV2::Route").values
        #expect(routes.count >= 10)
        for route in routes {
            let key = try #require(route["RouteKey"]?.string)
            let (method, path) = (key.prefix { $0 != " " }, key.drop { $0 != " " }.dropFirst())
            let match = template.routes.match(
                method == "ANY" ? "PATCH" : String(method), String(path).replacing(/\{[^}]*\}/, with: "x"))
            let integration = String(route["Target"]?.string?.dropFirst("integrations/${".count).dropLast() ?? "")
            let uri = stack.resources[integration]?["Properties"]?["IntegrationUri"]?["Fn::GetAtt"]?.array
            #expect(match?.key == key && match?.function == uri?.first?.string)
        }
        #expect(template.routes.match("GET", "/createRecord/Lead")?.key == "ANY /createRecord/{object}")
        #expect(template.routes.match("POST", "/nowhere") == nil)
        #expect(template.routes.leading(to: "AlexaCRM").match("POST", "/alexa/jokebox") == nil)
        #expect(try Project(root: TestProcess.root).routes(to: "Echo").match("GET", "/x")?.function == "Echo")
    }

    @Test func `every HTTP event of a deployed function comes by a route of its own`() throws {
        let project = Project(root: TestProcess.root)
        let template = try #require(try project.template())
        var count = 0
        for function in project.functions where template.functions[function.name] != nil {
            let expected = try JSONValue(parsing: Files.read(#require(function.expectationFile), "expectations"))
            for url in function.events {
                guard let event = try? JSONValue(parsing: Files.read(url, "event")),
                    event["version"]?.string == "2.0", let path = event["rawPath"]?.string,
                    let method = event["requestContext"]?["http"]?["method"]?.string
                else { continue }
                let name = url.deletingPathExtension().lastPathComponent
                // The part before the API's own paths: a stage, or a custom domain's mapping.
                let prefix = path.hasPrefix("/prod/") ? "/prod" : ""
                let match = template.routes.match(method, String(path.dropFirst(prefix.count)))
                let isRefused = [404, 405].contains(expected[name]?["statusCode"]?.int)
                #expect(match?.function == function.name || (match == nil && isRefused), "\(function.name) \(name)")
                // A function URL has no routes.
                let isURL = event["requestContext"]?["domainName"]?.string?.contains(".lambda-url.") == true
                let key = isURL ? "$default" : match?.key ?? "$default"
                #expect(event["routeKey"]?.string == key, "\(function.name) \(name)")
                let parameters = (event["pathParameters"]?.object ?? [:]).compactMapValues(\.string)
                #expect(parameters == (isURL ? [:] : match?.parameters ?? [:]), "\(function.name) \(name)")
                count += 1
            }
        }
        #expect(count > 40)
    }
}
