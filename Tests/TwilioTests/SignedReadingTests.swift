import Crypto
import Foundation
import HTTPEvents
import JSON
import Settings
import TestSupport
import Testing

@testable import Twilio

/// The URLs that a signature of Twilio's may belong to, against Twilio's own library.
@Suite struct SignedReadingTests {
    private static let token = "12345"

    private static func verifier(_ base: String = "https://example.com") throws -> WebhookSignatureVerifier {
        WebhookSignatureVerifier(base: try #require(PublicBaseURL(parsing: base)))
    }

    private static func event(
        _ method: String = "GET", _ path: String = "/voice/incoming", query: String, _ signature: String,
        form: HTTPEvent.Form = .v2, rawPath: String? = nil, stage: String? = nil
    ) -> HTTPEvent {
        HTTPEvent(
            form: form, method: method, path: path, rawPath: rawPath, rawQuery: query,
            headers: ["X-Twilio-Signature": signature], stage: stage)
    }

    /// Returns the signature of a URL without a form, by HMAC; the library's own is asked for once, below.
    private static func mark(_ url: String) -> String {
        WebhookSignatureVerifier.text(of: url, [], token: token)
    }

    @Test func `a mark of ours is the library's`() throws {
        for url in ["https://example.com/voice/incoming?From=sip:a'b@c", "https://example.com:443/x?a=%27&b"] {
            #expect(try Self.mark(url) == TwilioOracle.signature(Self.token, url, []))
        }
    }

    @Test func `characters that clients write differently are signed either way, whatever the event shows`() throws {
        let verifier = try Self.verifier()
        let written = ["'": ["'", "%27"], "@": ["@", "%40"], ":": [":", "%3A"]]
        var spellings = [""]
        for character in ["'", "@", ":"] {
            spellings = spellings.flatMap { start in written[character, default: []].map { start + "\($0)b" } }
        }
        #expect(spellings.count == 8)
        for signed in spellings {
            let mark = Self.mark("https://example.com/voice/incoming?From=sip\(signed)&To=x")
            for shown in spellings {
                let event = Self.event(query: "From=sip\(shown)&To=x", mark)
                #expect(verifier.verified(event, token: Self.token) != nil, "\(signed) \(shown)")
            }
        }
    }

    @Test(arguments: [
        ("a=b+c", "a=b%20c"), ("a=b%20c", "a=b+c"), ("a=%2f", "a=%2F"), ("a=%2F", "a=%2f"), ("a=/", "a=%2F"),
        ("a=(x)!*~", "a=%28x%29%21%2A%7E"), ("a=%28x%29%21%2A~", "a=(x)!*~"), ("a=1,2;3", "a=1%2C2%3B3"),
        ("a=\u{fc}", "a=%C3%BC"), ("a=%C3%BC", "a=%c3%bc"), ("a[0]=1|2", "a%5B0%5D=1%7C2"),
        // More in doubt than are combined: as well-known clients write them.
        ("a='@:,/()!*~%20$;?[]", "a=%27%40%3A%2C%2F%28%29%21%2A%7E%20%24%3B%3F%5B%5D"),
        ("a='%40%3A%2C%2F()!*~%20%24%3B", "a='@:,/()!*~%20$;"), ("a=%27@:,/()!*~%20$;", "a='@:,/()!*~%20$;"),
    ])
    func `a query is signed as one client writes it and shown as another does`(signed: String, shown: String) throws {
        let mark = Self.mark("https://example.com/voice/incoming?\(signed)")
        #expect(try Self.verifier().verified(Self.event(query: shown, mark), token: Self.token) != nil)
        // The meaning is the same: another one is refused.
        let other = Self.event(query: shown + "1", mark)
        #expect(try Self.verifier().verified(other, token: Self.token) == nil)
        #expect(try Self.verifier().verified(Self.event(query: "", mark), token: Self.token) == nil)
    }

    @Test(arguments: [
        // base, the event's path, rawPath and stage, the URL's path
        ("https://h.org/prod", "/voice/incoming", "/prod/voice/incoming", "prod", "/prod/voice/incoming"),
        ("https://h.org/prod", "/voice/incoming", "/voice/incoming", "prod", "/prod/voice/incoming"),
        ("https://h.org", "/voice/incoming", "/prod/voice/incoming", "prod", "/voice/incoming"),
        ("https://h.org", "/prod/voice/incoming", "/prod/voice/incoming", "prod", "/voice/incoming"),
        ("https://h.org", "/voice/incoming", "/prod/voice/incoming", "prod", "/prod/voice/incoming"),
        ("https://h.org/calls", "/calls/voice/incoming", "/prod/calls/voice/incoming", "prod", "/calls/voice/incoming"),
        ("https://h.org/c", "/prod/c/voice/incoming", "/prod/c/voice/incoming", "prod", "/c/voice/incoming"),
        ("https://h.org/c", "/c/prod/voice/incoming", "/c/prod/voice/incoming", "prod", "/c/voice/incoming"),
        ("https://h.org/c/eu", "/eu/voice/incoming", "/prod/eu/voice/incoming", "prod", "/c/eu/voice/incoming"),
        ("https://h.org/c/eu", "/c/voice/incoming", "/c/voice/incoming", "$default", "/c/eu/voice/incoming"),
        ("https://h.org/a%20b", "/a b/voice/incoming", "/a b/voice/incoming", "$default", "/a%20b/voice/incoming"),
        ("https://h.org/voice", "/voice/incoming", "/voice/incoming", "voice", "/voice/voice/incoming"),
    ])
    func `stage and base path are shown or not, and the signature decides`(
        base: String, path: String, rawPath: String, stage: String, signed: String
    ) throws {
        for port in ["", ":443"] {
            let mark = Self.mark("https://h.org\(port)\(signed)?x=1")
            let event = Self.event("POST", path, query: "x=1", mark, rawPath: rawPath, stage: stage)
            let request = try #require(try Self.verifier(base).verified(event, token: Self.token))
            #expect([request.path, request.pathWithoutStage].contains("/voice/incoming"))
        }
    }

    @Test func `another path than the event shows is refused`() throws {
        let mark = Self.mark("https://h.org/voice/status")
        let odd = Self.event("POST", query: "", mark, rawPath: "/voice/status", stage: "prod")
        #expect(try Self.verifier("https://h.org").verified(odd, token: Self.token) == nil)
        for signed in ["/voice/status", "/prod/voice/incoming/x", "/other/voice/incoming", "/incoming", "/"] {
            let mark = Self.mark("https://h.org\(signed)")
            let event = Self.event("POST", query: "", mark, rawPath: "/prod/voice/incoming", stage: "prod")
            #expect(try Self.verifier("https://h.org").verified(event, token: Self.token) == nil, "\(signed)")
        }
    }

    @Test func `where an event has lost the order of up to three parameters, every order is tried`() throws {
        let mark = Self.mark("https://example.com/voice/incoming?z=1&a=2&m=3")
        for form in [HTTPEvent.Form.v1, .alb, .albMultiValue] {
            let event = Self.event(query: "a=2&m=3&z=1", mark, form: form)
            #expect(try Self.verifier().verified(event, token: Self.token) != nil)
        }
        #expect(try Self.verifier().verified(Self.event(query: "a=2&m=3&z=1", mark), token: Self.token) == nil)
    }

    @Test func `no request makes more HMACs than are bounded, nor hashes more than some megabytes`() throws {
        let base = try #require(PublicBaseURL(parsing: "https://h.org/a/b/c/d"))
        let doubtful = "x=' !\"$()*,/:;<>?@[]^`{|}~%2f\u{fc}"
        let queries = ["", doubtful, "a='@:%2f+,", String(repeating: "'@:", count: 40_000)]
        for query in queries {
            for form in [HTTPEvent.Form.v1, .v2] {
                for formBytes in [0, 1000, 64 << 10] {
                    let event = HTTPEvent(
                        form: form, path: "/a/b/c/d/x y", rawPath: "/s/a/b/c/d/x y", rawQuery: query, stage: "s")
                    var (count, bytes) = (0, 0)
                    let found = base.reading(of: event, formBytes: formBytes) { url in
                        count += 1
                        bytes += url.utf8.count + formBytes
                        return false
                    }
                    let isBounded = found == nil && count <= PublicBaseURL.mostReadings && bytes <= 6 << 20
                    #expect(isBounded, "\(query.prefix(20)) \(formBytes): \(count) of \(bytes) bytes")
                }
            }
        }
    }

    @Test(arguments: [
        "", "A", String(repeating: "A", count: 28), String(repeating: "A", count: 27) + "B",
        String(repeating: "A", count: 26) + "==", String(repeating: "A", count: 26) + "B=",
        String(repeating: "A", count: 24) + "!AA=", String(repeating: "A", count: 31) + "=",
        " " + String(repeating: "A", count: 26) + "=", String(repeating: "A", count: 27) + "=,x",
        String(repeating: "A", count: 27) + "=, " + String(repeating: "A", count: 27) + "=",
    ])
    func `a signature is 28 characters of base64 that hold 20 bytes`(text: String) {
        #expect(WebhookSignatureVerifier.signature(in: ["X-Twilio-Signature": text]) == nil)
        #expect(WebhookSignature(parsing: String(repeating: "A", count: 26) + "E=")?.bytes.count == 20)
    }

    @Test func `32,768 parameters are verified like three, and in no time`() throws {
        let pairs = (0..<8000).map { (name: "n\($0 * 7919 % 8000)", value: "v\($0 % 3)") } + [(name: "n1", value: "v9")]
        let mark = try TwilioOracle.signature(Self.token, "https://example.com/voice/incoming", pairs)
        let body = pairs.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        var event = Self.event("POST", query: "", mark)
        event.body = Array(body.utf8)
        #expect(try Self.verifier().verified(event, token: Self.token) != nil)
        event.body = Array(String(repeating: "a&", count: 32_768).utf8)
        let start = ContinuousClock.now
        #expect(try Self.verifier().verified(event, token: Self.token) == nil)
        #expect(ContinuousClock.now - start < .seconds(2))
    }
}
