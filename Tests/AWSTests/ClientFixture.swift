import Calling
import Encoding
import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// An `AWSClient` in front of a scripted server, its clock stopped at New Year and its waits only noted.
struct ClientFixture {
    static let credentials = Credentials(accessKeyID: "AKID", secretAccessKey: "secret", sessionToken: "token")
    static let date = Date(timeIntervalSince1970: 1_798_761_600)

    let server: ScriptedServer
    let client: AWSClient
    private let notes: Notes

    private final class Notes: Sendable {
        let waits = Mutex<[Duration]>([])
    }

    /// Answers with each of `answers` in turn, then with the last of them again.
    init(_ answers: ScriptedServer.Response..., random: UInt64 = .max) throws {
        let script = Script(answers)
        self.init(try .answering { _ in script.next() }, random: random)
    }

    init(_ server: ScriptedServer, port: Int? = nil, random: UInt64 = .max) {
        let notes = Notes()
        let endpoint = Endpoint(scheme: "http", authority: "127.0.0.1:\(port ?? server.port)")
        self.server = server
        self.notes = notes
        self.client = AWSClient(
            configuration: AWSConfiguration(
                region: "eu-central-1", credentials: Self.credentials,
                endpoints: Dictionary(uniqueKeysWithValues: AWSService.all.map { ($0, endpoint) })),
            timing: CallTiming(
                wall: { .seconds(Self.date.timeIntervalSince1970) }, random: { random },
                sleep: { wait in notes.waits.withLock { $0.append(wait) } }))
    }

    /// The waits before each retry.
    var waits: [Duration] { notes.waits.withLock { $0 } }

    /// Returns the only request received, checked to be signed for `service`.
    func onlyRequest(signedFor service: String) throws -> ScriptedServer.Request {
        let requests = server.requests
        try #require(requests.count == 1)
        let request = requests[0]
        var head = HTTPRequest(
            method: .post, scheme: "http", authority: request["Host"], path: request.target)
        head.headerFields[.contentType] = request["Content-Type"]
        head.headerFields[.amzTarget] = request["X-Amz-Target"]
        let signer = Signer(credentials: Self.credentials, region: "eu-central-1", service: service)
        let signed = signer.sign(head, body: request.body, at: UTCTime(Self.date))
        #expect(request["Authorization"] == signed.headerFields[.authorization])
        #expect(request["X-Amz-Date"] == "20270101T000000Z")
        #expect(request["X-Amz-Security-Token"] == "token")
        #expect(request.method == "POST")
        return request
    }

    private final class Script: Sendable {
        private let answers: Mutex<[ScriptedServer.Response]>

        init(_ answers: [ScriptedServer.Response]) {
            self.answers = Mutex(answers)
        }

        func next() -> ScriptedServer.Response {
            answers.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? ScriptedServer.Response() }
        }
    }
}

/// A deadline long enough for any call here that should end by itself.
var soon: ContinuousClock.Instant { .now + .seconds(20) }

/// Returns the error of a call; nil, and a failure of the test, when it succeeded.
func failure<Value>(of call: () async throws(AWSError) -> Value) async -> AWSError? {
    do throws(AWSError) {
        _ = try await call()
        Issue.record("The call did not fail.")
        return nil
    } catch {
        return error
    }
}

/// Returns true when two JSON texts are equal.
func isSameJSON(_ left: String, _ right: String) throws -> Bool {
    func object(_ text: String) throws -> NSObject? {
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSObject
    }
    return try object(left) == object(right)
}
