import Foundation
import HTTPEvents
import JSON

extension ParserTarget {
    /// HTTP events of all forms: what is read has a path and a query that can be read, and each form's response is JSON that
    /// carries the body.
    static let httpEvents = ParserTarget(
        name: "http",
        tokens: [
            "\"requestContext\"", "\"http\"", "\"elb\"", "\"httpMethod\"", "\"rawPath\"", "\"rawQueryString\"",
            "\"headers\"",
            "\"multiValueHeaders\"", "\"queryStringParameters\"", "\"multiValueQueryStringParameters\"", "\"stage\"",
            "\"prod\"",
            "\"routeKey\"", "\"pathParameters\"", "{proxy+}", "\"isBase64Encoded\":true", "\"cookies\"", "/prod", "%2F",
            "..", "//",
        ],
        seeds: {
            try ["CRMWrapperAPI", "TwilioVoice", "ConnectRecording"].flatMap {
                try ProjectFiles.events(of: $0).map(\.event)
            }
        },
        check: checkHTTPEvent)

    private static let router: Router<Int> = {
        var router = Router<Int>()
        router.on("GET", "/getall", 1)
        router.on("POST", "/createRecord/{object}", ignoresCase: true, 2)
        router.on("POST", "/{any}/{other}", 3)
        return router
    }()

    private static func checkHTTPEvent(_ input: [UInt8]) throws {
        guard let event = try read(JSONError.self, InvalidInput.self, body: { try HTTPEvent(parsing: input) }) else {
            return
        }
        try Finding.unless(event.path.utf8.first == UInt8(ascii: "/"), "a path without a slash: \(event.path)")
        try Finding.unless(
            event.rawPath.utf8.first == UInt8(ascii: "/"), "a raw path without a slash: \(event.rawPath)")
        try Finding.unless(!event.isBodyMalformed || event.body.isEmpty, "a malformed body has bytes")
        for parameter in event.query {
            try Finding.unless(event.query(parameter.name) != nil, "a parameter of the query is not found by its name")
            try Finding.unless(event.rawQuery(parameter.name) != nil, "a parameter has no raw value")
        }
        _ = event.formParameters
        for field in event.headers.fields {
            try Finding.unless(
                event.headers[field.name.uppercased()] != nil || !field.name.utf8.allSatisfy { $0 < 0x80 },
                "a header is lost")
        }
        if case .found(_, let parameters) = router.route(event) {
            try Finding.unless(parameters.values.allSatisfy { !$0.isEmpty }, "a route's parameter is empty")
        }
        for form in HTTPEvent.Form.allCases { try checkResponse(event, form) }
    }

    private static func checkResponse(_ event: HTTPEvent, _ form: HTTPEvent.Form) throws {
        var event = event
        event.form = form
        var headers = event.headers
        headers.append("Set-Cookie", "a=1")
        headers.append("set-cookie", "b=2")
        let response = HTTPEventResponse(status: 200, headers: headers, body: event.body)
        let bytes = try response.encodedBytes(for: event)
        guard let json = try? JSONValue(parsing: bytes), json["statusCode"]?.int == 200, let body = json["body"]?.string
        else {
            throw Finding("a response in the form \(form) is not one")
        }
        guard event.method != "HEAD" else { return }
        let isBase64 = json["isBase64Encoded"]?.bool == true
        let sent = isBase64 ? Data(base64Encoded: body).map { Array($0) } : Array(body.utf8)
        try Finding.unless(sent == event.body, "a response in the form \(form) changes the body")
    }
}
