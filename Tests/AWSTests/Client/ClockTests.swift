import Calling
import Encoding
import Foundation
import Settings
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// Clocks that differ from the services'.
@Suite(.takingTurns) struct ClockTests {
    private static let date = ClientFixture.date

    /// A wall clock that a test sets.
    private final class Wall: Sendable {
        let time = Mutex(ClockTests.date)
        func add(_ seconds: Double) { time.withLock { $0 += seconds } }
    }

    private func client(_ service: StrictClock, _ timing: CallTiming) -> AWSClient {
        let endpoint = Endpoint(scheme: "http", authority: service.server.authority)
        return AWSClient(
            configuration: AWSConfiguration(
                region: "eu-central-1", credentials: ClientFixture.credentials,
                endpoints: Dictionary(uniqueKeysWithValues: AWSService.all.map { ($0, endpoint) })),
            timing: timing)
    }

    private func timing(_ wall: Wall = Wall()) -> CallTiming {
        CallTiming(
            wall: { .seconds(wall.time.withLock(\.timeIntervalSince1970)) }, random: { 0 }, sleep: { _ in })
    }

    private func fetch(_ client: AWSClient) async throws(AWSError) -> String {
        try await SecretsManagerClient(client).secretString(id: "x", deadline: soon)
    }

    private static let secret = #"{"SecretString":"s"}"#
    private static let expired = StrictClock.Refusal(
        status: 400, body: #"{"__type":"InvalidSignatureException","message":"Signature expired: x is now earlier"}"#)

    @Test(arguments: [-86_400.0, -3600, -301, 301, 3600, 34_560_000])
    func `a request that is refused for its time is signed by the service's clock, once, and so are all after it`(
        _ seconds: Double
    ) async throws {
        let service = try StrictClock(at: Self.date + seconds, Self.expired, answer: Self.secret)
        let client = client(service, timing())
        #expect(try await fetch(client) == "s")
        #expect(service.dates == ["20270101T000000Z", UTCTime(Self.date + seconds).basic])
        #expect(try await fetch(client) == "s")
        #expect(service.server.requests.count == 3 && service.acceptedCount == 2)
        let url = S3Client(client).presignedURL(bucket: "jokes", key: "a.mp3", expiresIn: 60)
        #expect(url.contains("X-Amz-Date=\(UTCTime(Self.date + seconds).basic)&"))
    }

    @Test(arguments: [
        "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
        "SignatureDoesNotMatch", "com.amazon.coral.service#InvalidSignatureException",
    ])
    func `every code of the SDKs may be one of time`(_ code: String) async throws {
        let refusal = StrictClock.Refusal(status: 400, body: #"{"__type":"\#(code)"}"#)
        let service = try StrictClock(at: Self.date + 3600, refusal, answer: Self.secret)
        #expect(try await fetch(client(service, timing())) == "s")
        #expect(service.server.requests.count == 2)
    }

    @Test func `what must go out once goes out once, since it was refused before`() async throws {
        let refusal = StrictClock.Refusal(
            status: 403, headers: [("x-amzn-ErrorType", "InvalidSignatureException:")],
            body: #"{"message":"Signature not yet current"}"#)
        let service = try StrictClock(at: Self.date - 900, refusal, answer: #"{"MessageId":"m-1"}"#)
        let email = Email(from: "a@example.com", to: ["b@example.com"], subject: "s", text: "t")
        #expect(try await SESClient(client(service, timing())).sendEmail(email, deadline: soon) == "m-1")
        #expect(service.server.requests.count == 2 && service.acceptedCount == 1)
    }

    @Test func `SNS and S3 say it in XML`() async throws {
        let sns = StrictClock.Refusal(
            status: 403,
            body: "<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code>"
                + "<Message>Signature expired</Message></Error></ErrorResponse>")
        let sent = "<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>"
        let message = SMSMessage(phoneNumber: "+12065550142", text: "a", kind: .transactional)
        let topic = try StrictClock(at: Self.date + 3600, sns, answer: sent)
        #expect(try await SNSClient(client(topic, timing())).publish(message, deadline: soon) == "m")
        #expect(topic.acceptedCount == 1)

        let s3 = StrictClock.Refusal(
            status: 403, body: "<Error><Code>RequestTimeTooSkewed</Code><Message>m</Message></Error>", seconds: 900)
        let bucket = try StrictClock(at: Self.date - 7200, s3, answer: S3ListXML.page([]))
        let pages = S3Client(client(bucket, timing())).pages(of: "jokes", deadline: soon)
        var count = 0
        for try await _ in pages { count += 1 }
        #expect(count == 1 && bucket.server.requests.count == 2)
    }

    @Test func `a service whose clock agrees has another reason to refuse`() async throws {
        for seconds in [-240.0, 0, 239] {
            let refusal = StrictClock.Refusal(status: 403, body: #"{"__type":"SignatureDoesNotMatch"}"#, seconds: -1)
            let service = try StrictClock(at: Self.date + seconds, refusal, answer: Self.secret)
            let error = await failure { () async throws(AWSError) in try await fetch(client(service, timing())) }
            #expect(error?.code == "SignatureDoesNotMatch" && service.server.requests.count == 1)
        }
    }

    @Test(arguments: [
        [String](), ["yesterday"], ["Thu, 01 Jan 1970 00:00:00 GMT"], ["Fri, 31 Feb 2028 00:00:00 GMT"],
        ["Fri, 01 Jan 2101 00:00:00 GMT"], ["Sat, 01 Jan 2028 00:00:00 CET"], ["Sat, 01 Jan 2028 24:00:00 GMT"],
        ["1830297600"], ["Sat, 01 Jan 2028 00:00:00 GMT", "Sat, 01 Jan 2028 00:00:00 GMT"],
    ])
    func `a Date that is missing or absurd corrects nothing`(_ dates: [String]) async throws {
        let service = try StrictClock(at: Self.date + 3600, Self.expired, answer: Self.secret) { _, _ in dates }
        let timing = timing()
        let error = await failure { () async throws(AWSError) in try await fetch(client(service, timing)) }
        #expect(error?.code == "InvalidSignatureException" && service.server.requests.count == 1)
        #expect(timing.difference == .zero)
    }

    @Test func `a clock that jumps is followed once a request`() async throws {
        let service = try StrictClock(at: Self.date, Self.expired, answer: Self.secret) { time, number in
            [StrictClock.text(time + 3600 * Double(number))]
        }
        let timing = timing()
        // Learned from elsewhere, and wrong here.
        #expect(timing.isCorrected(by: timing.wall() + .seconds(86_400), signedWith: .zero, tolerance: .zero))
        let error = await failure { () async throws(AWSError) in try await fetch(client(service, timing)) }
        #expect(error?.code == "InvalidSignatureException" && service.server.requests.count == 2)
    }

    @Test func `another refusal says nothing of the clock`() async throws {
        let refusal = StrictClock.Refusal(status: 403, body: #"{"__type":"AccessDeniedException"}"#)
        let service = try StrictClock(at: Self.date + 3600, refusal, answer: Self.secret)
        _ = await failure { () async throws(AWSError) in try await fetch(client(service, timing())) }
        #expect(service.server.requests.count == 1)
    }

    @Test func `requests under way together are all signed anew`() async throws {
        let service = try StrictClock(at: Self.date + 3600, Self.expired, answer: Self.secret)
        let client = client(service, timing())
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 {
                group.addTask { try await SecretsManagerClient(client).secretString(id: "x", deadline: soon) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts == Array(repeating: "s", count: 8) && service.server.requests.count <= 16)
    }

    @Test func `a wall clock that is set right is noticed, and one that went back counts as new`() async throws {
        let wall = Wall()
        let service = try StrictClock(at: Self.date + 3600, Self.expired, answer: Self.secret)
        let timing = timing(wall)
        let client = client(service, timing)
        #expect(try await fetch(client) == "s")
        #expect(timing.difference == .seconds(3600))
        wall.add(3600)
        #expect(try await fetch(client) == "s")
        #expect(timing.difference == .zero && service.server.requests.count == 4)
        wall.add(-1)
        #expect(timing.difference == .zero)
        #expect(try await fetch(client) == "s")
        #expect(service.server.requests.count == 5)
    }

    @Test func `the services of a process share the correction, since there is one clock`() async throws {
        let service = try StrictClock(at: Self.date + 3600, Self.expired, answer: Self.secret)
        let timing = timing()
        #expect(try await fetch(client(service, timing)) == "s")
        let url = S3Client(client(service, timing)).presignedURL(bucket: "jokes", key: "a", expiresIn: 60)
        #expect(url.contains("X-Amz-Date=20270101T010000Z&"))
        #expect(CallTiming().correction === CallTiming().correction)
    }
}
