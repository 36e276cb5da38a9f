import Crypto
import Foundation
import HTTPEvents
import JSON
import Settings
import TestSupport
import Testing

@testable import Twilio

/// `X-Twilio-Signature` against Twilio's own library.
@Suite struct SignatureTests {
    private static let token = "12345"
    private static let parameters = [
        (name: "CallSid", value: "CA1"), (name: "From", value: "+491701234567"), (name: "Digits", value: ""),
        (name: "SpeechResult", value: "Grüße & 100 % = ja+nein"), (name: "callSid", value: " spaced "),
        (name: "Tag", value: "b"), (name: "Tag", value: "a"), (name: "Tag", value: "b"),
        (name: "\u{e9}", value: "composed"), (name: "e\u{301}", value: "in two"), (name: "😀", value: "\u{ffee}"),
    ]

    private static func form(_ parameters: [(name: String, value: String)]) -> [UInt8] {
        func encoded(_ text: String) -> String {
            (text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "").replacing("%20", with: "+")
        }
        return Array(parameters.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&").utf8)
    }

    private static func event(
        _ path: String = "/voice/incoming", query: String = "", signature: String?, body: [UInt8],
        type: String? = "application/x-www-form-urlencoded; charset=UTF-8"
    ) -> HTTPEvent {
        var headers = HTTPHeaders()
        headers["x-twilio-signature"] = signature
        headers["content-type"] = type
        return HTTPEvent(method: "POST", path: path, rawQuery: query, headers: headers, body: body)
    }

    private static func signature(_ base: String) throws -> WebhookSignatureVerifier {
        WebhookSignatureVerifier(base: try #require(PublicBaseURL(parsing: base)))
    }

    @Test(arguments: [
        ("https://example.com", "https://example.com/voice/incoming", "/voice/incoming"),
        ("https://example.com/", "https://example.com/voice/incoming", "/voice/incoming"),
        ("https://example.com", "https://example.com:443/voice/incoming", "/voice/incoming"),
        ("https://example.com:443", "https://example.com/voice/incoming", "/voice/incoming"),
        ("https://example.com:443", "https://example.com:443/voice/incoming", "/voice/incoming"),
        ("http://example.com", "http://example.com:80/voice/incoming", "/voice/incoming"),
        ("https://example.com:8443/x", "https://example.com:8443/x/voice/incoming", "/voice/incoming"),
        ("https://example.com:8443/x", "https://example.com/x/voice/incoming", "/voice/incoming"),
        ("https://example.com/prod", "https://example.com/prod/voice/incoming", "/voice/incoming"),
        ("https://example.com/prod/", "https://example.com/prod/voice/incoming", "/prod/voice/incoming"),
        ("https://example.com/a/b", "https://example.com/a/b/voice/incoming", "/a/b/voice/incoming"),
        ("https://example.com/voice", "https://example.com/voice/voice/incoming", "/voice/incoming"),
    ])
    func `a signature of the library's is taken, whatever the port and wherever the base ends`(
        base: String, signed: String, path: String
    ) throws {
        let mark = try TwilioOracle.signature(Self.token, signed, Self.parameters)
        let event = Self.event(path, signature: mark, body: Self.form(Self.parameters))
        let request = try #require(try Self.signature(base).verified(event, token: Self.token))
        #expect(request.path == "/voice/incoming")
        #expect(request.parameters.map(\.name) == Self.parameters.map(\.name))
        #expect(request.parameters.map(\.value) == Self.parameters.map(\.value))
    }

    @Test func `the raw query is signed as it came`() throws {
        let query = "b=2&a=%2f+x&a"
        let mark = try TwilioOracle.signature(Self.token, "https://example.com/voice/status?\(query)", [])
        let signature = try Self.signature("https://example.com")
        let event = Self.event("/voice/status", query: query, signature: mark, body: [])
        #expect(signature.verified(event, token: Self.token) != nil)
        let other = Self.event("/voice/status", query: "a=%2f+x&a&b=2", signature: mark, body: [])
        #expect(signature.verified(other, token: Self.token) == nil)
    }

    @Test func `anything that was changed, left out or signed with another token is refused`() throws {
        let mark = try TwilioOracle.signature(Self.token, "https://example.com/voice/incoming", Self.parameters)
        let signature = try Self.signature("https://example.com")
        let body = Self.form(Self.parameters)
        #expect(signature.verified(Self.event(signature: mark, body: body), token: Self.token) != nil)
        var bad = [
            Self.event(signature: nil, body: body), Self.event(signature: "", body: body),
            Self.event(signature: "\(mark) ", body: body), Self.event(signature: mark.lowercased(), body: body),
            Self.event("/voice/status", signature: mark, body: body),
            Self.event(query: "a=1", signature: mark, body: body),
            Self.event(signature: mark, body: Self.form(Array(Self.parameters.dropLast()))),
            Self.event(signature: mark, body: Self.form(Self.parameters + [(name: "Extra", value: "")])),
            Self.event(signature: mark, body: Self.form(Self.parameters + [(name: "Tag", value: "c")])),
            Self.event(signature: mark, body: body, type: "application/json"),
        ]
        var twice = Self.event(signature: mark, body: body)
        twice.headers.append("X-Twilio-Signature", "other")
        bad.append(twice)
        var broken = Self.event(signature: mark, body: body)
        broken.isBodyMalformed = true
        bad.append(broken)
        for event in bad { #expect(signature.verified(event, token: Self.token) == nil) }
        #expect(signature.verified(Self.event(signature: mark, body: body), token: "12346") == nil)
        let elsewhere = try Self.signature("https://example.org")
        #expect(elsewhere.verified(Self.event(signature: mark, body: body), token: Self.token) == nil)
    }

    @Test func `a body of JSON is taken by its digest in the query, and no other way`() throws {
        let body = #"{"a":1,"b":"ü"}"#
        let digest = SHA256.hexadecimal(SHA256.digest(Array(body.utf8)))
        let signature = try Self.signature("https://example.com")
        func verified(_ query: String, _ body: String) throws -> Bool {
            let url = "https://example.com/voice/status\(query.isEmpty ? "" : "?")\(query)"
            let mark = try TwilioOracle.signature(Self.token, url, [])
            let event = Self.event(
                "/voice/status", query: query, signature: mark, body: Array(body.utf8), type: "application/json")
            let ours = signature.verified(event, token: Self.token) != nil
            if !query.isEmpty {
                let theirs = try TwilioOracle.answers([
                    .object([
                        "kind": .string("validate"), "token": .string(Self.token), "url": .string(url),
                        "body": .string(body), "signature": .string(mark),
                    ])
                ])
                #expect(theirs == ["\(ours)"])
            }
            return ours
        }
        #expect(try verified("bodySHA256=\(digest)", body))
        let url = "https://example.com/x?bodySHA256=\(digest)"
        let event = Self.event(
            "/x", query: "bodySHA256=\(digest)", signature: try TwilioOracle.signature(Self.token, url, []),
            body: Array(body.utf8), type: "application/json")
        let request = try #require(signature.verified(event, token: Self.token))
        #expect(request["a"] == "1" && request["b"] == "ü")
        #expect(try verified("x=1&bodySHA256=\(digest)", body))
        #expect(try !verified("bodySHA256=\(digest)", body + " "))
        #expect(try !verified("bodySHA256=\(digest.uppercased())", body))
        #expect(try !verified("", body))
    }

    @Test(arguments: [
        "", "example.com", "ftp://example.com", "https://u:p@example.com", "https://example.com/?a", "https://x/#f",
        "https:///path", "https://example.com:0",
    ])
    func `a base URL that is none is refused`(text: String) {
        #expect(PublicBaseURL(parsing: text) == nil)
    }

    @Test func `identifiers are letters, digits and dashes`() {
        #expect(SID("CA0123456789abcdef0123456789abcdef")?.text == "CA0123456789abcdef0123456789abcdef")
        for text in ["", "CA/..", "CA.1", "CA 1", "CA%2F", "CAä", String(repeating: "a", count: 65)] {
            #expect(SID(text) == nil)
        }
    }
}
