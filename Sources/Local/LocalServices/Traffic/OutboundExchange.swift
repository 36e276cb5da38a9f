import Encoding
package import JSON
import Timeline

/// One request that a function sent, and its response.
package struct OutboundExchange: Sendable {
    /// The side that a request goes to.
    package enum Service: Sendable, Equatable {
        case aws, salesforce, voiceIt, twilio, other

        var channel: TimelineEvent.Channel {
            switch self {
            case .aws: .aws
            case .salesforce: .salesforce
            case .voiceIt: .voiceit
            case .twilio: .twilio
            case .other: .http
            }
        }
    }

    package let service: Service
    /// The whole URL.
    package let url: String
    package let request: HTTPMessage
    /// Nil when the connection was closed without one, or when there was none yet.
    package var response: HTTPMessage?
    /// The time in ISO 8601 with milliseconds.
    package let startedAt: String
    package var milliseconds: Double

    package init(
        service: Service, url: String, request: HTTPMessage, response: HTTPMessage? = nil, startedAt: String,
        milliseconds: Double
    ) {
        self.service = service
        self.url = url
        self.request = request
        self.response = response
        self.startedAt = startedAt
        self.milliseconds = milliseconds
    }

    package var status: Int? { response?.status }

    /// The path, query included.
    package var path: String {
        let rest = url.parts(at: "/", maxSplits: 2, omittingEmptyParts: false)
        return rest.count > 2
            ? "/" + (rest[2].parts(at: "/", maxSplits: 1, omittingEmptyParts: false).dropFirst().first ?? "") : "/"
    }

    /// `{method, target, status, request, response}`, with bodies cut.
    var detail: [String: JSONValue] {
        var detail: [String: JSONValue] = [
            "method": .string(request.method), "target": .string(url), "request": Self.part(request),
        ]
        detail["status"] = status.map(JSONValue.number)
        detail["response"] = response.map(Self.part)
        return detail
    }

    /// `{target, status, milliseconds}`, as an invocation lists it.
    package var summary: JSONValue {
        .members([
            "target": .string("\(request.method) \(url)"), "status": status.map(JSONValue.number),
            "milliseconds": .number("\(milliseconds)"),
        ])
    }

    var outcome: TimelineEvent.Outcome {
        switch status ?? 0 {
        case 200..<400: .ok
        case 400..<500: .refused
        default: .failed
        }
    }

    private static func part(_ message: HTTPMessage) -> JSONValue {
        var headers: [String: JSONValue] = [:]
        for field in message.fields.fields {
            headers[field.name] = .string(headers[field.name]?.string.map { "\($0), \(field.value)" } ?? field.value)
        }
        return .members([
            "headers": .object(headers), "body": TimelineBody.value(message.body, type: message.fields["Content-Type"]),
        ])
    }
}

extension Duration {
    /// The duration in milliseconds, to a tenth.
    package var tenths: Double { (self / .milliseconds(0.1)).rounded() / 10 }
}
