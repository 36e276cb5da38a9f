import Encoding
import Foundation
import HTTPTypes
import Synchronization
import TestSupport

@testable import AWS

/// A service that checks signatures, and refuses those of another time than its own as AWS does.
///
/// A signature counts for five minutes ("Troubleshoot Signature Version 4 signing" in the IAM User Guide), at S3 for 15
/// ("List of error codes" in the Amazon S3 API Reference: RequestTimeTooSkewed).
final class StrictClock: Sendable {
    /// A service's way to refuse: its status, headers and body.
    struct Refusal: Sendable {
        let status: Int
        var headers: [(name: String, value: String)] = []
        let body: String
        var seconds = 300.0
    }

    let server: ScriptedServer
    private let accepted = Counter()

    /// - Parameters:
    ///   - date: Returns the `Date` of a response that refuses, by the service's own time; nil leaves it out.
    init(
        at time: Date, _ refusal: Refusal, answer: String,
        date: @escaping @Sendable (_ time: Date, _ number: Int) -> [String] = { time, _ in [StrictClock.text(time)] }
    ) throws {
        let (accepted, number) = (accepted, Counter())
        server = try .answering { request in
            guard Self.isSigned(request, within: refusal.seconds, of: time) else {
                let dates = date(time, number.increment()).map { (name: "Date", value: $0) }
                return .init(status: refusal.status, headers: refusal.headers + dates, refusal.body)
            }
            accepted.increment()
            return .init(headers: [("Date", Self.text(time))], answer)
        }
    }

    /// The number of requests that were carried out.
    var acceptedCount: Int { accepted.value }

    /// The dates of the signatures that came, such as `20270101T000000Z`.
    var dates: [String] { server.requests.map { $0["X-Amz-Date"] ?? "" } }

    /// Returns `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func text(_ date: Date) -> String { formatter("EEE, dd MMM yyyy HH:mm:ss 'GMT'").string(from: date) }

    private static func formatter(_ format: String) -> DateFormatter {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = format
        return formatter
    }

    private static func isSigned(_ request: ScriptedServer.Request, within seconds: Double, of time: Date) -> Bool {
        guard let text = request["X-Amz-Date"], let date = formatter("yyyyMMdd'T'HHmmss'Z'").date(from: text),
            abs(date.timeIntervalSince(time)) <= seconds, let authorization = request["Authorization"],
            let method = HTTPRequest.Method(request.method)
        else { return false }
        let service = authorization.split(separator: "/").dropFirst(3).first.map(String.init) ?? ""
        var head = HTTPRequest(method: method, scheme: "http", authority: request["Host"], path: request.target)
        head.headerFields[.contentType] = request["Content-Type"]
        head.headerFields[.amzTarget] = request["X-Amz-Target"]
        let signer = Signer(
            credentials: ClientFixture.credentials, region: "eu-central-1", service: service,
            pathRule: service == "s3" ? .encodedOnce : .normalizedAndEncodedAgain)
        let signed = signer.sign(head, body: request.body, addsBodyHash: service == "s3", at: UTCTime(date))
        return signed.headerFields[.authorization] == authorization
    }
}
