import Foundation
import Settings
import TestSupport

/// An HTTP event as a stranger may bring it about: megabytes of body, in one of Lambda's forms.
struct HostileEvent: Sendable, CustomStringConvertible {
    /// Lambda's own limit of an event, less room for everything but the body.
    static let largest = 6_291_556 - 3000

    let description: String
    let text: String
    /// The status that is expected; several where the request fails in several ways.
    let statuses: Set<Int>

    /// The four forms; the load balancer's with multi-value headers too.
    enum Form: String, CaseIterable, Sendable {
        case v1, v2, alb, albMultiValue, functionURL
    }

    /// - Parameters:
    ///   - body: The body as JSON writes it, between its quotation marks.
    ///   - signed: Whether there are headers with signatures: well formed, and wrong.
    init(
        _ name: String, _ form: Form = .v2, to target: Target, body: String, isBase64: Bool? = false,
        signed: Bool = true, statuses: Set<Int>
    ) {
        description = "\(target.function), \(form.rawValue): \(name)"
        self.statuses = statuses
        let fields = signed ? Target.signatures : ["content-type": "application/x-www-form-urlencoded"]
        let single = fields.sorted { $0.key < $1.key }.map { #""\#($0.key)":"\#($0.value)""# }.joined(separator: ",")
        let several = fields.sorted { $0.key < $1.key }.map { #""\#($0.key)":["\#($0.value)"]"# }.joined(separator: ",")
        let end = isBase64.map { #"","isBase64Encoded":\#($0)}"# } ?? #""}"#
        let (method, path, query) = (target.method, target.path, target.query)
        let parameters = query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=")
            return #""\#(parts[0])":"\#(parts[1])""#
        }.joined(separator: ",")
        let v2 = { (domain: String) in
            #"{"version":"2.0","routeKey":"$default","rawPath":"\#(path)","rawQueryString":"\#(query)","#
                + #""headers":{\#(single)},"requestContext":{"domainName":"\#(domain)","stage":"$default","#
                + #""http":{"method":"\#(method)","path":"\#(path)","sourceIp":"192.0.2.1"}},"body":""#
        }
        let balancer =
            #"{"requestContext":{"elb":{"targetGroupArn":"arn"}},"httpMethod":"\#(method)","path":"\#(path)","#
        let start =
            switch form {
            case .v2: v2("id.execute-api.eu-west-1.amazonaws.com")
            case .functionURL: v2("id.lambda-url.eu-west-1.on.aws")
            case .v1:
                #"{"resource":"\#(path)","path":"\#(path)","httpMethod":"\#(method)","headers":{\#(single)},"#
                    + #""multiValueHeaders":{\#(several)},"queryStringParameters":{\#(parameters)},"#
                    + #""requestContext":{"stage":"prod","path":"/prod\#(path)"},"body":""#
            case .alb:
                balancer + #""queryStringParameters":{\#(parameters)},"headers":{\#(single)},"body":""#
            case .albMultiValue:
                balancer + #""multiValueQueryStringParameters":{},"multiValueHeaders":{\#(several)},"body":""#
            }
        text = start + body + end
    }

    /// A function that strangers reach, and the request that goes furthest.
    struct Target: Sendable {
        let function: String
        let method: String
        let path: String
        var query = ""
        /// The largest body that is looked at.
        let limit: Int
        /// The response to a larger one.
        let tooLarge: Set<Int>
        /// The response to one that is not too large, of a stranger.
        let stranger: Int

        static let all = [
            Target(
                function: "TwilioVoice", method: "POST", path: "/voice/incoming", limit: 64 << 10,
                tooLarge: [403, 413], stranger: 403),
            Target(
                function: "AlexaCRM", method: "POST", path: "/alexa/crm", limit: 256 << 10, tooLarge: [400, 413],
                stranger: 400),
            Target(
                function: "AlexaJokebox", method: "POST", path: "/alexa/jokebox", limit: 256 << 10,
                tooLarge: [400, 413], stranger: 400),
            Target(
                function: "CRMWrapperAPI", method: "POST", path: "/createRecord", limit: 1 << 20, tooLarge: [413],
                stranger: 401),
            Target(
                function: "ConnectRecording", method: "GET", path: "/recordings/11111111-2222-3333-4444-555555555555",
                query: "sig=\(String(repeating: "0", count: 64))", limit: 0, tooLarge: [403], stranger: 403),
        ]

        /// Headers of every kind of signature, in the right form.
        static let signatures = [
            "content-type": "application/x-www-form-urlencoded",
            "x-twilio-signature": String(repeating: "A", count: 27) + "=",
            "signature-256": Data(repeating: 7, count: 256).base64EncodedString(),
            "signaturecertchainurl": "https://s3.amazonaws.com/echo.api/echo-api-cert.pem",
        ]

        /// The variables that start it without anything to call.
        var environment: [String: String] {
            get throws {
                let own = try EventFixture.environment(of: function).filter { $0.key != "ASK_VERIFY_REQUESTS" }
                    .mapValues { $0 == "local" ? "http://127.0.0.1:9" : $0 }
                return [
                    "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
                    "IDEMPOTENCY_TABLE": "t", "SALESFORCE_CLIENT_ID": "id", "SALESFORCE_CLIENT_SECRET": "secret",
                    "VIAPIKEY": "key_1", "VIAPITOKEN": "tok_1", "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
                    "SWITCHBOARD_WARM_UP": "false",
                ].merging(own) { $1 }
            }
        }

        /// 6 MB in every form, plain and as base64, and 6 MB of everything that parsers dislike.
        var floods: [HostileEvent] {
            func filled(_ unit: String) -> String {
                String(repeating: unit, count: HostileEvent.largest / unit.utf8.count)
            }
            let pairs = filled("a&")
            let groups = HostileEvent.largest / 4 * 3
            let encoded = Data(String(repeating: "a&", count: groups / 2).utf8.prefix(groups)).base64EncodedString()
            let forms = Form.allCases.flatMap { form in
                [
                    HostileEvent("6 MB of a&a&", form, to: self, body: pairs, statuses: tooLarge),
                    HostileEvent("6 MB of base64", form, to: self, body: encoded, isBase64: true, statuses: tooLarge),
                    HostileEvent(
                        "6 MB of base64 that is none", form, to: self, body: filled("%"), isBase64: true,
                        statuses: tooLarge),
                ]
            }
            let texts = [
                "[", "%", #"{\"a\":"#, #"\""#, "\u{e9}", "\u{1F600}", #"\n"#, "=", "&", #"[{\"a\":[\"b\",1e9],"#,
            ].map { HostileEvent("6 MB of \($0)", to: self, body: filled($0), statuses: tooLarge) }
            return forms + texts + [
                // A megabyte once it is read: just below the limit of one of them.
                HostileEvent(
                    #"6 MB of \u0041"#, to: self, body: filled(#"\u0041"#), statuses: tooLarge.union([stranger])),
                HostileEvent("no isBase64Encoded", to: self, body: pairs, isBase64: nil, statuses: tooLarge),
                HostileEvent("no signature", to: self, body: pairs, signed: false, statuses: tooLarge),
            ]
        }

        /// As much as is looked at, with signatures that are well formed and wrong.
        var atTheLimit: [HostileEvent] {
            func filled(_ unit: String, _ start: String = "", _ end: String = "") -> String {
                let room = max(0, limit - start.count - end.count - 8)
                return start + String(repeating: unit, count: room / unit.utf8.count) + end
            }
            return [
                filled("a&"), filled("%"), filled("1,", "[", "1]"), filled("["), filled("a=b&"),
            ].map { HostileEvent("at the limit \($0.prefix(4))", to: self, body: $0, statuses: [stranger]) }
        }
    }
}
