import Crypto
import Encoding
import Foundation
import HTTPTypes
import Testing
import TestSupport

@testable import AWS

struct SignerTests {
    @Test func `all of botocore's vectors are there`() {
        #expect(BotocoreVectors.calls.count == 29)
        #expect(BotocoreVectors.presigned.count == 16)
    }

    @Test(arguments: BotocoreVectors.calls)
    func `a call is signed as botocore signs it`(_ call: BotocoreVectors.Call) throws {
        let url = try #require(URLComponents(string: call.url))
        var request = HTTPRequest(
            method: try #require(HTTPRequest.Method(rawValue: call.method)), scheme: url.scheme, authority: url.host,
            path: url.percentEncodedPath + (url.percentEncodedQuery.map { "?\($0)" } ?? ""))
        for (name, value) in call.headers { request.headerFields[try #require(HTTPField.Name(name))] = value }
        let signer = Signer(credentials: call.credentials.credentials, region: call.region, service: call.signingName)

        let signed = signer.sign(
            request, body: Array(call.body.utf8), at: UTCTime(try Date(call.time, strategy: .iso8601)))

        #expect(signed.headerFields[.authorization] == call.authorization)
        #expect(signed.headerFields[.amzSecurityToken] == call.credentials.sessionToken)
    }

    @Test(arguments: BotocoreVectors.presigned)
    func `an object's URL is signed as botocore signs it`(_ vector: BotocoreVectors.Presigned) throws {
        let configuration = AWSConfiguration(region: vector.region, credentials: vector.credentials.credentials)
        let signer = AWSClient(configuration: configuration).signer(for: .s3)
        let request = HTTPRequest(
            method: .get, scheme: "https", authority: "recordings.s3.\(vector.region).amazonaws.com",
            path: "/" + PercentEncoding.encode(vector.key, keepingSlashes: true))

        let signed = signer.presign(
            request, expiresIn: vector.seconds, at: UTCTime(try Date(vector.time, strategy: .iso8601)))

        let url = "https://\(signed.authority ?? "")\(signed.path ?? "")"
        #expect(sortedQuery(url) == sortedQuery(vector.url))
    }

    @Test func `runs of white space in a header become one space, also before a combining character`() throws {
        func canonical(_ value: String) throws -> String {
            var request = HTTPRequest(method: .get, scheme: "https", authority: "h", path: "/")
            request.headerFields[try #require(HTTPField.Name("x-a"))] = value
            let canonical = CanonicalRequest(request, pathRule: .encodedOnce, bodyHash: "")
            return String(decoding: canonical.bytes, as: UTF8.self)
        }
        #expect(try canonical("a  \u{301}b \t c").contains("x-a:a \u{301}b c\n"))
        #expect(try canonical("a\u{A0}\u{A0}b").contains("x-a:a\u{A0}\u{A0}b\n"))
    }

    @Test func `a signing key is derived once a day, region and service`() {
        let keys = SigningKeys()
        let key = keys.key(day: "20150830", region: "us-east-1", service: "iam", secretAccessKey: "secret")
        #expect(keys.key(day: "20150830", region: "us-east-1", service: "iam", secretAccessKey: "secret") == key)
        #expect(keys.count == 1)
        #expect(keys.key(day: "20150831", region: "us-east-1", service: "iam", secretAccessKey: "secret") != key)
        #expect(keys.key(day: "20150830", region: "us-east-1", service: "ses", secretAccessKey: "secret") != key)
        #expect(keys.key(day: "20150830", region: "us-east-2", service: "iam", secretAccessKey: "secret") != key)
        #expect(keys.key(day: "20150830", region: "us-east-1", service: "iam", secretAccessKey: "other") != key)
        for day in 0..<100 { _ = keys.key(day: "\(day)", region: "", service: "", secretAccessKey: "") }
        #expect(keys.count <= 16)
    }

    @Test func `the key of AWS's documentation comes out`() {
        let key = SigningKeys().key(
            day: "20120215", region: "us-east-1", service: "iam",
            secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        #expect(
            SHA256.hexadecimal(key) == "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d")
    }

    @Test func `headers that clients and proxies change are not signed`() {
        let signer = Signer(credentials: Credentials(accessKeyID: "A", secretAccessKey: "S"), region: "r", service: "s")
        let headers: HTTPFields = [.userAgent: "x", .expect: "y", .connection: "z", .amznTraceID: "t", .accept: "*/*"]
        let request = HTTPRequest(method: .get, scheme: "https", authority: "h", path: "/", headerFields: headers)
        let signed = signer.sign(request, at: UTCTime(secondsSinceEpoch: 0))
        #expect(signed.headerFields[.authorization]?.contains("SignedHeaders=accept;host;x-amz-date,") == true)
    }

    @Test func `printing credentials shows no secret`() {
        let credentials = Credentials(accessKeyID: "AKID", secretAccessKey: "hush", sessionToken: "token")
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] {
            #expect(text.contains("AKID") && !text.contains("hush") && !text.contains("token"))
        }
    }

    private func sortedQuery(_ url: String) -> [String] {
        let parts = url.split(separator: "?", maxSplits: 1)
        return [String(parts[0])] + parts[1].split(separator: "&").map(String.init).sorted()
    }
}
