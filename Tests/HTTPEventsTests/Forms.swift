import Foundation
import HTTPEvents
import JSON

/// Events of the five forms, taken from their vendors' pages.
enum Forms {
    static let v1 = """
        {
          "resource": "/getall", "path": "/getall", "httpMethod": "GET",
          "headers": {"Accept": "a/b", "X-Two": "2", "Cookie": "a=1; b=2"},
          "multiValueHeaders": {"Accept": ["a/b"], "X-Two": ["1", "2"], "Cookie": ["a=1; b=2"]},
          "queryStringParameters": {"q": "SELECT Id", "x": "2"},
          "multiValueQueryStringParameters": {"x": ["1", "2"], "q": ["SELECT Id"]},
          "pathParameters": null, "stageVariables": null,
          "requestContext": {
            "accountId": "123456789012", "apiId": "id", "authorizer": {"claims": null}, "domainName": "id.execute-api.x.y",
            "httpMethod": "GET", "identity": {"sourceIp": "192.0.2.1", "userAgent": "agent"},
            "path": "/prod/getall", "protocol": "HTTP/1.1", "requestId": "id=", "stage": "prod"
          },
          "body": null, "isBase64Encoded": false
        }
        """

    static let v2 = """
        {
          "version": "2.0", "routeKey": "$default", "rawPath": "/prod/getall",
          "rawQueryString": "q=SELECT%20Id&x=1&x=2", "cookies": ["a=1", "b=2"],
          "headers": {"accept": "a/b", "x-two": "1,2"}, "queryStringParameters": {"q": "SELECT Id", "x": "1,2"},
          "requestContext": {
            "accountId": "123456789012", "apiId": "id", "domainName": "id.execute-api.eu-west-1.amazonaws.com",
            "http": {"method": "GET", "path": "/prod/getall", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1"},
            "requestId": "id", "routeKey": "$default", "stage": "prod", "timeEpoch": 1583348638390
          },
          "isBase64Encoded": false
        }
        """

    static let functionURL = """
        {
          "version": "2.0", "routeKey": "$default", "rawPath": "/getall", "rawQueryString": "q=SELECT+Id&x=1&x=2",
          "cookies": ["a=1", "b=2"], "headers": {"accept": "a/b", "x-two": "1,2"},
          "requestContext": {
            "accountId": "anonymous", "domainName": "id.lambda-url.eu-west-1.on.aws", "stage": "$default",
            "http": {"method": "GET", "path": "/getall", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1"}
          },
          "body": null, "isBase64Encoded": false
        }
        """

    static let alb = """
        {
          "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:x"}},
          "httpMethod": "GET", "path": "/getall", "queryStringParameters": {"q": "SELECT%20Id", "x": "2"},
          "headers": {
            "accept": "a/b", "x-two": "2", "cookie": "a=1; b=2", "x-forwarded-for": "198.51.100.7, 192.0.2.1"
          },
          "body": "", "isBase64Encoded": false
        }
        """

    static let albMultiValue = """
        {
          "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:x"}},
          "httpMethod": "GET", "path": "/getall",
          "multiValueQueryStringParameters": {"x": ["1", "2"], "q": ["SELECT%20Id"]},
          "multiValueHeaders": {
            "accept": ["a/b"], "x-two": ["1", "2"], "cookie": ["a=1; b=2"], "x-forwarded-for": ["192.0.2.1"]
          },
          "body": "", "isBase64Encoded": false
        }
        """

    static let all: [(form: HTTPEvent.Form, text: String)] = [
        (.v1, v1), (.v2, v2), (.functionURL, functionURL), (.alb, alb), (.albMultiValue, albMultiValue),
    ]

    static func decode(_ text: String) throws -> HTTPEvent {
        try HTTPEvent(parsing: Array(text.utf8))
    }

    /// The event of a form with members changed or, by nil, left out.
    static func decode(_ form: HTTPEvent.Form, _ changes: [String: Any?]) throws -> HTTPEvent {
        try decode(String(decoding: JSONSerialization.data(withJSONObject: object(form, changes)), as: UTF8.self))
    }

    static func object(_ form: HTTPEvent.Form, _ changes: [String: Any?] = [:]) throws -> [String: Any] {
        let text = all.first { $0.form == form }?.text ?? ""
        var object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        for (name, value) in changes { object[name] = value }
        return object
    }
}
