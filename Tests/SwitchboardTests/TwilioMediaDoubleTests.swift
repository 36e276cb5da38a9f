import Foundation
import TestSupport
import Testing

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
