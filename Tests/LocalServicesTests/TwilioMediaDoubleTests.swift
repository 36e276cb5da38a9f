import Foundation
import JSON
import TestSupport
import Testing
import VoiceIt

@testable import LocalServices

/// The local Twilio's recordings, over raw HTTP.
@Suite(.takingTurns) struct TwilioMediaDoubleTests {
    private static func send(
        _ double: TwilioMediaDouble, _ method: String, _ path: String, password: String = TwilioMediaDouble.authToken
    ) async throws -> HTTPMessage {
        let basic = Data("\(TwilioMediaDouble.accountSID):\(password)".utf8).base64EncodedString()
        let port = try #require(URL(string: double.url)?.port)
        return try await LocalHTTP.send(
            method, path, port: UInt16(port), fields: ["Authorization": "Basic \(basic)"])
    }

    @Test func `a recording comes late, wants credentials, and is gone when it is deleted`() async throws {
        try await TwilioMediaDouble.withRunning { (double) async throws in
            let path = "/2010-04-01/Accounts/\(TwilioMediaDouble.accountSID)/Recordings/RE0001"
            #expect(try await Self.send(double, "GET", path, password: "wrong").status == 401)
            #expect(try await Self.send(double, "GET", path).status == 404)
            let recording = try await Self.send(double, "GET", "\(path).wav")
            #expect(recording.status == 200)
            #expect(LocalRecording(recording.body) == LocalRecording())
            #expect(try await Self.send(double, "DELETE", "\(path).json").status == 204)
            #expect(try await Self.send(double, "DELETE", "\(path).json").status == 404)
            #expect(try await Self.send(double, "GET", path).status == 404)
            #expect(await double.recordings.deleted == ["RE0001"])
            let elsewhere = path.replacing(TwilioMediaDouble.accountSID, with: "AC1")
            #expect(try await Self.send(double, "GET", elsewhere).status == 404)
        }
    }

    @Test func `a recording that is being processed is not deleted at once, unless it was fetched`() async throws {
        var configuration = TwilioMediaDouble.Configuration()
        (configuration.deletionsBefore, configuration.triesBefore) = (1, 0)
        try await TwilioMediaDouble.withRunning(configuration) { (double) async throws in
            let path = "/2010-04-01/Accounts/\(TwilioMediaDouble.accountSID)/Recordings/RE"
            #expect(try await Self.send(double, "DELETE", "\(path)0001.json").status == 404)
            #expect(try await Self.send(double, "DELETE", "\(path)0001.json").status == 204)
            #expect(try await Self.send(double, "GET", "\(path)0002").status == 200)
            #expect(try await Self.send(double, "DELETE", "\(path)0002.json").status == 204)
        }
    }

    @Test func `a recording that was put there comes at once, or after some tries`() async throws {
        try await TwilioMediaDouble.withRunning { (double) async throws in
            let path = "/2010-04-01/Accounts/\(TwilioMediaDouble.accountSID)/Recordings/RE"
            await double.recordings.put("RE1", [1])
            #expect(try await Self.send(double, "GET", "\(path)1").status == 200)
            await double.recordings.put("RE2", [2], triesBefore: 2)
            for status in [404, 404, 200] { #expect(try await Self.send(double, "GET", "\(path)2").status == status) }
            await double.recordings.take(milliseconds: 80...80)
            let start = ContinuousClock.now
            #expect(try await Self.send(double, "DELETE", "\(path)2.json").status == 204)
            #expect(ContinuousClock.now - start >= .milliseconds(80))
        }
    }

    @Test(arguments: ["Full", "Trial"]) func `the account tells its type`(type: String) async throws {
        var configuration = TwilioMediaDouble.Configuration()
        configuration.type = type
        try await TwilioMediaDouble.withRunning(configuration) { (double) async throws in
            let path = "/2010-04-01/Accounts/\(TwilioMediaDouble.accountSID).json"
            let body = try await Self.send(double, "GET", path).body
            #expect(try JSONValue(parsing: body)["type"]?.string == type)
        }
    }

    @Test func `what nobody put there is as long as our function records`() async throws {
        try await TwilioMediaDouble.withRunning { (double) async throws in
            await double.recordings.put("RE1", LocalRecording(voice: nil))
            let path = "/2010-04-01/Accounts/\(TwilioMediaDouble.accountSID)/Recordings/RE"
            _ = try await Self.send(double, "GET", "\(path)0002")
            for (name, expected) in [("0002", 5020), ("1", 5000)] {
                let body = try await Self.send(double, "GET", path + name).body
                #expect(try #require(WaveFile(body)).milliseconds == expected)
            }
        }
    }

    @Test func `marks of a recording are read as they were written`() {
        for recording in [
            LocalRecording(), LocalRecording(voice: nil),
            LocalRecording(voice: "a b", phrase: "für immer", code: "FAIL"),
        ] {
            let audio = recording.audio(take: "1")
            #expect(LocalRecording(audio) == recording)
            #expect(audio.starts(with: Array("RIFF".utf8)) && audio.count.isMultiple(of: 2))
        }
    }
}
