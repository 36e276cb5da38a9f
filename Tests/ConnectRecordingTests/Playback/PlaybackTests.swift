import CallRecords
import Foundation
import JSON
import LocalServices
import Settings
import Testing
import TestSupport

@testable import ConnectRecording

@Suite(.takingTurns) struct PlaybackTests {
    static let id = RecordingFixture.id

    struct Came {
        let status: Int
        let headers: [String: String]
        let body: String
    }

    func click(
        _ fixture: RecordingFixture, _ id: String = PlaybackTests.id, signature: String? = nil, method: String = "GET",
        path: String? = nil
    ) async throws -> Came {
        let signature = signature ?? RecordingFixture.signature(id)
        let answer = try await fixture.invoke(Events.click(id, signature: signature, method: method, path: path))
        return Came(
            status: answer["statusCode"] as? Int ?? 0, headers: answer["headers"] as? [String: String] ?? [:],
            body: answer["body"] as? String ?? "")
    }

    @Test(arguments: ["GET", "HEAD"])
    func `a click is sent on to a fresh presigned URL of the record's file`(method: String) async throws {
        try await RecordingFixture.run(["RECORDING_URL_SECONDS": "60", "AWS_SESSION_TOKEN": "token"]) {
            fixture async throws in
            _ = try await fixture.invoke(Events.bridge(Events.key(Self.id)))
            let came = try await click(fixture, method: method)
            #expect(came.status == 302)
            #expect(came.headers["Cache-Control"] == "no-store")
            #expect(came.body.isEmpty)
            let location = try #require(URLComponents(string: came.headers["Location"] ?? ""))
            #expect(location.path == "/recordings/\(Events.key(Self.id))")
            let query = location.queryItems?.reduce(into: [:]) { $0[$1.name] = $1.value }
            #expect(query?["X-Amz-Expires"] == "60")
            #expect(query?["X-Amz-Security-Token"] == "token")
            #expect(fixture.bucket.prefixes.isEmpty)
            #expect(!fixture.log.contains("X-Amz") && !fixture.log.contains("sig="))
            let stored = await fixture.records()[Self.id]?.values.joined() ?? ""
            #expect(!stored.contains("X-Amz"))
        }
    }

    @Test(arguments: [
        "", "0", RecordingFixture.signature("another"), RecordingFixture.signature(id).uppercased(),
        String(RecordingFixture.signature(id).dropLast()), RecordingFixture.signature(id) + "0",
        "%20" + RecordingFixture.signature(id),
    ])
    func `a bad signature is 403, and nobody is asked`(signature: String) async throws {
        try await RecordingFixture.run { fixture async throws in
            let came = try await click(fixture, signature: signature)
            #expect(came.status == 403)
            #expect(came.headers["Cache-Control"] == "no-store")
            let bare = try await fixture.invoke(Events.click(Self.id, signature: nil))
            #expect(bare["statusCode"] as? Int == 403)
            #expect(await fixture.crm.org.requests.isEmpty)
            #expect(fixture.bucket.prefixes.isEmpty)
        }
    }

    @Test(arguments: ["a'b", "..", "a b", "é", String(repeating: "a", count: 81)])
    func `a malformed id is refused whatever its signature, and nobody is asked`(id: String) async throws {
        try await RecordingFixture.run { fixture async throws in
            let encoded = id.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let came = try await click(fixture, id, path: "/recordings/\(encoded)")
            #expect(came.status == 404)
            #expect(try await click(fixture, id, signature: "0", path: "/recordings/\(encoded)").status == 403)
            #expect(await fixture.crm.org.requests.isEmpty)
        }
    }

    @Test(arguments: [0, 1, -1])
    func `without a file in the record the day of its creation and its neighbours are searched`(days: Int) async throws
    {
        let old = Duration.seconds(1_795_262_400 - 40 * 86_400)
        var configuration = SalesforceDouble.Configuration()
        configuration.records["Call_Recording_Info__c"] = [
            ["Contact_Id__c": .string(Self.id), "CreatedDate": .string("2026-10-12T23:59:00.000+0000")]
        ]
        let day = Day(of: old).adding(days: days)
        try await RecordingFixture.run(configuration: configuration) { fixture async throws in
            fixture.bucket.put(Events.key(Self.id, day: day.path))
            fixture.bucket.put(Events.key(Self.id + "0", day: day.path))
            fixture.bucket.put(Events.key(Self.id, day: day.path) + ".tmp")
            let came = try await click(fixture)
            #expect(came.status == 302)
            #expect(came.headers["Location"]?.contains("/\(day.path)/\(Self.id)_") == true)
            #expect(
                Set(fixture.bucket.prefixes)
                    == Set(
                        [0, 1, -1].map {
                            "connect/acme/CallRecordings/\(Day(of: old).adding(days: $0).path)/\(Self.id)_"
                        }))
        }
    }

    @Test func `without a record today and its neighbours are searched`() async throws {
        try await RecordingFixture.run { fixture async throws in
            fixture.bucket.put(Events.key(Self.id, day: "2026/11/22"))
            #expect(try await click(fixture).status == 302)
        }
    }

    @Test func `a recording that is not there yet is 404 with a sentence`() async throws {
        try await RecordingFixture.run { fixture async throws in
            _ = try await fixture.register()
            let came = try await click(fixture)
            #expect(came.status == 404)
            #expect(came.body.contains("not available yet"))
            #expect(came.headers["Cache-Control"] == "no-store")
        }
    }

    private func naming(_ key: String) -> SalesforceDouble.Configuration {
        var configuration = SalesforceDouble.Configuration()
        configuration.records["Call_Recording_Info__c"] = [
            ["Contact_Id__c": .string(Self.id), "File_Name__c": .string(key)]
        ]
        return configuration
    }

    @Test(arguments: [
        "secrets.txt", "connect/acme/CallRecordings/../../secrets.wav", "../x", "secrets.wav",
        "other/CallRecordings/2026/11/21/\(id)_20261121T10:05_UTC.wav",
        Events.redactedKey(id), "connect/acme/ChatTranscripts/2026/11/21/\(id)_20261121T10:05_UTC.json",
    ])
    func `a record cannot be made to play another object: the search follows`(name: String) async throws {
        try await RecordingFixture.run(configuration: naming(name)) { fixture async throws in
            #expect(try await click(fixture).status == 404)
            #expect(!fixture.log.contains("RecordingPlayed"))
            fixture.bucket.put(Events.key(Self.id))
            let came = try await click(fixture)
            let path = URLComponents(string: came.headers["Location"] ?? "")?.path
            #expect(came.status == 302 && path == "/recordings/\(Events.key(Self.id))")
        }
    }

    @Test(arguments: [
        "connect/acme/CallRecordings/ivr/2026/11/21/\(id)_20261121T10:05_UTC.wav",
        "connect/acme/CallRecordings/2026/11/21/another_20261121T10:05_UTC.wav",
        "connect/acme/CallRecordings/2026/11/21/any-name.wav",
    ])
    func `a click plays what the record names: a voicemail, and a file of any name`(name: String) async throws {
        try await RecordingFixture.run(configuration: naming(name)) { fixture async throws in
            let came = try await click(fixture)
            #expect(came.status == 302 && fixture.bucket.prefixes.isEmpty)
            #expect(URLComponents(string: came.headers["Location"] ?? "")?.path == "/recordings/\(name)")
        }
    }

    @Test func `each playing leaves a line at INFO with the contact's id`() async throws {
        try await RecordingFixture.run { fixture async throws in
            #expect(try await click(fixture).status == 404)
            #expect(try await click(fixture, signature: "0").status == 403)
            #expect(!fixture.log.contains("A recording is played"))
            fixture.bucket.put(Events.key(Self.id))
            for _ in 0..<2 { #expect(try await click(fixture).status == 302) }
            _ = try await fixture.invoke(Events.bridge(Events.key(Self.id)))
            #expect(try await click(fixture, method: "HEAD").status == 302)
            let lines = fixture.log.split(separator: "\n").filter { $0.contains("A recording is played") }
            #expect(lines.count == 3)
            for line in lines {
                #expect(line.contains("INFO") && line.contains("contactId=\(Self.id) metric=RecordingPlayed"))
            }
        }
    }

    @Test func `the raw recording is never played where only redacted audio may be`() async throws {
        let configuration = naming(Events.key(Self.id))
        try await RecordingFixture.run(["RECORDINGS_REDACTED_ONLY": "true"], configuration: configuration) {
            fixture async throws in
            fixture.bucket.put(Events.key(Self.id))
            #expect(try await click(fixture).status == 404)
            fixture.bucket.put(Events.redactedKey(Self.id))
            let came = try await click(fixture)
            #expect(came.status == 302)
            #expect(came.headers["Location"]?.contains("call_recording_redacted") == true)
        }
    }

}
