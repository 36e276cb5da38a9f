import Foundation
import LambdaRuntime
import LocalServices
import TestSupport
import Testing

@testable import ConnectRecording

/// Links that expire, links of rotated secrets, and secrets that are too short.
@Suite(.takingTurns) struct LinkTests {
    private static let id = RecordingFixture.id
    private static let previous = "the-secret-before-it"
    /// 00:00 UTC of the day of `Events.key`.
    private static let midnight = 1_795_219_200

    /// Clicks on a link with a query; returns status and body.
    private func click(_ fixture: RecordingFixture, _ query: String) async throws -> (status: Int, body: String) {
        let answer = try await fixture.invoke(Events.click(Self.id, signature: nil, query: query))
        let headers = answer["headers"] as? [String: String]
        #expect(headers?["Cache-Control"] == "no-store")
        return (answer["statusCode"] as? Int ?? 0, answer["body"] as? String ?? "")
    }

    private static func sign(_ expiry: Int, under secret: String = RecordingFixture.secret) -> String {
        RecordingFixture.signature("\(id).\(expiry)", under: secret)
    }

    @Test func `an arrival writes a link with the day after the last one, and its click plays`() async throws {
        try await RecordingFixture.run(["RECORDING_LINK_DAYS": "30"]) { fixture async throws in
            _ = try await fixture.invoke(Events.bridge(Events.key(Self.id)))
            let expiry = Self.midnight + 31 * 86_400
            let query = "exp=\(expiry)&sig=\(Self.sign(expiry))"
            let link = await fixture.records()[Self.id]?["Access_URL__c"]
            #expect(link == "\(RecordingFixture.base)/recordings/\(Self.id)?\(query)")
            #expect(try await click(fixture, query).status == 302)
            // In any order, and beside others.
            #expect(try await click(fixture, "sig=\(Self.sign(expiry))&x=1&exp=\(expiry)").status == 302)
            // A link that was made when links did not expire.
            #expect(try await click(fixture, "sig=\(RecordingFixture.signature(Self.id))").status == 403)
        }
    }

    @Test(arguments: ["", "30"]) func `a link past its day is 410 with a sentence, a bad signature 403 before that`(
        days: String
    ) async throws {
        // The fixture's now is the noon of that day.
        try await RecordingFixture.run(["RECORDING_LINK_DAYS": days]) { fixture async throws in
            fixture.bucket.put(Events.key(Self.id))
            let (over, next) = (Self.midnight, Self.midnight + 86_400)
            let expired = try await click(fixture, "exp=\(over)&sig=\(Self.sign(over))")
            #expect(expired.status == 410 && expired.body.contains("expired"))
            #expect(await fixture.crm.org.requests.isEmpty && !fixture.log.contains("RecordingPlayed"))
            #expect(try await click(fixture, "exp=\(over)&sig=\(Self.sign(next))").status == 403)
            #expect(try await click(fixture, "exp=\(next)&sig=\(Self.sign(over))").status == 403)
            #expect(try await click(fixture, "exp=\(over)&sig=\(RecordingFixture.signature(Self.id))").status == 403)
            #expect(try await click(fixture, "exp=&sig=\(RecordingFixture.signature(Self.id))").status == 403)
            #expect(try await click(fixture, "exp=\(over)").status == 403)
            #expect(try await click(fixture, "exp=\(next)&sig=\(Self.sign(next))").status == 302)
        }
    }

    @Test func `links of the previous secret play, and new ones are signed with the other`() async throws {
        try await RecordingFixture.run(["RECORDING_LINK_SECRET_PREVIOUS": Self.previous]) { fixture async throws in
            _ = try await fixture.invoke(Events.bridge(Events.key(Self.id)))
            #expect(await fixture.records()[Self.id]?["Access_URL__c"] == RecordingFixture.link(Self.id))
            for secret in [RecordingFixture.secret, Self.previous] {
                let plain = RecordingFixture.signature(Self.id, under: secret)
                #expect(try await click(fixture, "sig=\(plain)").status == 302)
                let next = Self.midnight + 86_400
                #expect(try await click(fixture, "exp=\(next)&sig=\(Self.sign(next, under: secret))").status == 302)
            }
            let other = RecordingFixture.signature(Self.id, under: "a-secret-of-somebody-else")
            #expect(try await click(fixture, "sig=\(other)").status == 403)
        }
    }

    @Test(arguments: [
        ("RECORDING_LINK_SECRET", #"{"RECORDING_LINK_SECRET":"fifteen-letters"}"#),
        (
            "RECORDING_LINK_SECRET_PREVIOUS",
            #"{"RECORDING_LINK_SECRET":"link-secret-of-the-tests","RECORDING_LINK_SECRET_PREVIOUS":"short"}"#
        ),
    ])
    func `a secret that is too short makes a link 500, a message come again, the rest fail, and an ERROR line each`(
        name: String, text: String
    ) async throws {
        let secrets = try SecretsDouble([text])
        let variables = secrets.environment.merging(["RECORDING_LINK_SECRET_ARN": "arn:x"]) { $1 }
        try await RecordingFixture.run(variables) { fixture async throws in
            let signature = RecordingFixture.signature(Self.id, under: "fifteen-letters")
            let answer = try await click(fixture, "sig=\(signature)")
            #expect(answer.status == 500)
            #expect(lines(fixture, naming: name) == 1)
            let queue = Events.queue([Events.bridge(Events.key(Self.id)), "x"])
            #expect(try await fixture.failures(queue) == ["m0", "m1"])
            #expect(lines(fixture, naming: name) == 2)
            // The runtime writes the line of an invocation that fails.
            for event in [Events.bridge(Events.key(Self.id)), Events.flow(Self.id, from: nil)] {
                let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
                #expect(
                    error?.code == .serviceUnavailable
                        && error?.description.contains("\(name) in the secret of") == true)
            }
            #expect(await fixture.crm.org.requests.isEmpty)
            #expect(!fixture.log.contains("fifteen-letters"))
        }
    }

    private func lines(_ fixture: RecordingFixture, naming name: String) -> Int {
        fixture.log.split(separator: "\n").filter {
            $0.contains("ERROR")
                && $0.contains("\(name) in the secret of RECORDING_LINK_SECRET_ARN must have at least 16")
        }.count
    }

    @Test func `once the secret is long enough the same process plays`() async throws {
        let secrets = try SecretsDouble([
            #"{"RECORDING_LINK_SECRET":"short"}"#, #"{"RECORDING_LINK_SECRET":"\#(RecordingFixture.secret)"}"#,
        ])
        let variables = secrets.environment.merging(["RECORDING_LINK_SECRET_ARN": "arn:x"]) { $1 }
        try await RecordingFixture.run(variables) { fixture async throws in
            fixture.bucket.put(Events.key(Self.id))
            #expect(try await click(fixture, "sig=\(RecordingFixture.signature(Self.id))").status == 302)
        }
    }
}
