import Foundation
import LocalServices
import TestSupport
import Testing

@testable import ConnectRecording

/// Clicks while a service is down, and requests that are not clicks.
extension PlaybackTests {
    @Test(arguments: [SalesforceFault.limit, .html])
    func `while the CRM is down S3 is asked, and nothing is said to be absent`(_ fault: SalesforceFault) async throws {
        try await RecordingFixture.run { fixture async throws in
            await fixture.crm.org.misbehave(fault, times: 99)
            #expect(try await click(fixture).status == 502)
            fixture.bucket.put(Events.key(Self.id))
            #expect(try await click(fixture).status == 302)
        }
    }

    @Test func `a CRM that does not answer leaves time for S3`() async throws {
        try await RecordingFixture.run { fixture async throws in
            await fixture.crm.org.misbehave(.slow(milliseconds: 9000), times: 99)
            let event = Events.click(Self.id, signature: RecordingFixture.signature(Self.id))
            let answer = try await fixture.invoke(event, within: .milliseconds(1500))
            #expect(answer["statusCode"] as? Int == 504)
            fixture.bucket.put(Events.key(Self.id))
            let found = try await fixture.invoke(event, within: .milliseconds(1500))
            #expect(found["statusCode"] as? Int == 302)
        }
    }

    @Test func `while S3 is down a record's file is played, and another is 502`() async throws {
        try await RecordingFixture.run { fixture async throws in
            fixture.bucket.answer(403)
            #expect(try await click(fixture).status == 502)
            #expect(fixture.log.contains("AccessDenied"))
            _ = try await fixture.invoke(Events.bridge(Events.key(Self.id)))
            #expect(try await click(fixture).status == 302)
        }
    }

    @Test(arguments: ["x.lambda-url.eu-central-1.on.aws", "calls.example.com"])
    func `the record's own link is answered where nobody takes its base path away`(domain: String) async throws {
        try await RecordingFixture.run { fixture async throws in
            _ = try await fixture.invoke(Events.bridge(Events.key(Self.id)))
            let link = try #require(URLComponents(string: await fixture.records()[Self.id]?["Access_URL__c"] ?? ""))
            let forms: [[String: Any]] = [
                [
                    "version": "2.0", "routeKey": "$default", "rawPath": link.path, "rawQueryString": link.query ?? "",
                    "requestContext": [
                        "domainName": domain, "stage": "$default", "http": ["method": "GET", "path": link.path],
                    ],
                ],
                [
                    "httpMethod": "GET", "path": link.path, "requestContext": ["elb": [String: String]()],
                    "queryStringParameters": ["sig": RecordingFixture.signature(Self.id)],
                ],
            ]
            for form in forms { #expect(try await fixture.invoke(Events.json(form))["statusCode"] as? Int == 302) }
        }
    }

    @Test(arguments: [
        ("POST", nil, 405), ("DELETE", nil, 405), ("GET", "/", 404), ("GET", "/recordings", 404),
        ("GET", "/recordings/", 404), ("GET", "/recordings/a/b", 404), ("GET", "/Recordings/a", 404),
    ])
    func `other methods and paths are refused`(_ method: String, _ path: String?, _ status: Int) async throws {
        try await RecordingFixture.run { fixture async throws in
            let came = try await click(fixture, method: method, path: path)
            #expect(came.status == status)
            #expect(came.headers["Allow"] == (status == 405 ? "GET, HEAD" : nil))
            #expect(came.headers["Cache-Control"] == "no-store")
        }
    }
}
