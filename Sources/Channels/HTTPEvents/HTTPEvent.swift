/// An HTTP request as Lambda is handed it, by whichever of its HTTP triggers.
///
/// Decoding is tolerant of what the forms leave out or send as null, and fails, for this event alone, when there is no
/// method or the shape is no HTTP event's. See "Lambda proxy integrations" (API Gateway), "Lambda functions as targets"
/// (Elastic Load Balancing) and "Invoking Lambda function URLs" (Lambda).
package struct HTTPEvent: Sendable, Equatable {
    /// Which trigger sent the event, and so how its answer must look.
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
    /// As sent: in capitals, for every method in use.
    package var method: String
    /// The path without the API's stage; begins with `/`.
    package var path: String
    /// The path as the client's URL has it, with the stage.
    package var rawPath: String
    /// The query without `?`, percent-encoded; empty for none.
    ///
    /// The form v1 has only decoded parameters: there it is encoded anew, sorted by name.
    package var rawQuery: String
    package var headers: HTTPHeaders
    /// Each cookie as `name=value`.
    package var cookies: [String]
    /// The body's bytes, out of base64 where the event says so.
    package var body: [UInt8]
    /// Whether the event says that its body is base64 and it is not; `body` is empty then.
    package var isBodyMalformed: Bool
    /// The client's IP address; behind a load balancer the one it has added to X-Forwarded-For.
    package var sourceAddress: String?

    package init(
        form: Form = .v2, method: String = "GET", path: String = "/", rawPath: String? = nil, rawQuery: String = "",
        headers: HTTPHeaders = [:], cookies: [String] = [], body: [UInt8] = [], isBodyMalformed: Bool = false,
        sourceAddress: String? = nil
    ) {
        self.form = form
        self.method = method
        self.path = path
        self.rawPath = rawPath ?? path
        self.rawQuery = rawQuery
        self.headers = headers
        self.cookies = cookies
        self.body = body
        self.isBodyMalformed = isBodyMalformed
        self.sourceAddress = sourceAddress
    }
}
