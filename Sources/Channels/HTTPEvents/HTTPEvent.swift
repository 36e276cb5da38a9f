/// An HTTP request as any of Lambda's HTTP triggers passes it.
///
/// Decoding accepts members that a form omits or sends as null, and fails only when there is no method or the shape is
/// not an HTTP event's. See "Lambda proxy integrations" (API Gateway), "Lambda functions as targets" (Elastic Load
/// Balancing) and "Invoking Lambda function URLs" (Lambda).
package struct HTTPEvent: Sendable, Equatable {
    /// The kind of trigger that sent the event, which decides the form of the response.
    package enum Form: Sendable, Equatable, CaseIterable {
        /// API Gateway's REST API, or its HTTP API with payload format 1.0.
        case v1
        /// API Gateway's HTTP API, payload format 2.0.
        case v2
        /// An Application Load Balancer.
        case alb
        /// An Application Load Balancer whose target group has multi-value headers.
        case albMultiValue
        case functionURL
    }

    package var form: Form
    /// The method as sent, e.g. `GET`.
    package var method: String
    /// The path without the API's stage; it begins with `/`.
    package var path: String
    /// The path of the client's URL, with the stage.
    package var rawPath: String
    /// The query without `?`, percent-encoded; empty for none.
    ///
    /// Form v1 has only decoded parameters, which are encoded again, sorted by name.
    package var rawQuery: String
    package var headers: HTTPHeaders
    /// Each cookie as `name=value`.
    package var cookies: [String]
    /// The body as the event holds it. Nothing has been decoded, so that its size can be judged first.
    package var content: HTTPBody
    /// The API's stage; nil where the event names none.
    package var stage: String?
    /// The client's IP address; from a load balancer, the one that it has added to X-Forwarded-For.
    package var sourceAddress: String?

    package init(
        form: Form = .v2, method: String = "GET", path: String = "/", rawPath: String? = nil, rawQuery: String = "",
        headers: HTTPHeaders = [:], cookies: [String] = [], body: [UInt8] = [], isBodyMalformed: Bool = false,
        stage: String? = nil, sourceAddress: String? = nil
    ) {
        self.form = form
        self.method = method
        self.path = path
        self.rawPath = rawPath ?? path
        self.rawQuery = rawQuery
        self.headers = headers
        self.cookies = cookies
        content = isBodyMalformed ? .malformed : .bytes(body)
        self.stage = stage
        self.sourceAddress = sourceAddress
    }
}

extension HTTPEvent {
    /// The decoded body; empty when it is malformed. It is decoded again at each access.
    package var body: [UInt8] {
        get { content.bytes ?? [] }
        set { content = .bytes(newValue) }
    }

    /// True when the event marks its body as base64 and it is not; `body` is empty then.
    package var isBodyMalformed: Bool {
        get { content.isMalformed }
        set { if newValue != isBodyMalformed { content = newValue ? .malformed : .bytes([]) } }
    }
}
