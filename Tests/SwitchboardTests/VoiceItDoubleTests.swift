import Foundation
import LambdaRuntime
import TestSupport
import Testing

@testable import LocalServices

/// The local VoiceIt, over raw HTTP.
@Suite(.takingTurns) struct VoiceItDoubleTests {
    private static func send(
        _ double: VoiceItDouble, _ method: String, _ path: String, _ fields: [String: String] = [:],
        _ body: String = ""
    ) async throws -> (status: Int, code: String?) {
        let basic = Data("\(VoiceItDouble.key):\(VoiceItDouble.token)".utf8).base64EncodedString()
        let all = ["Authorization": "Basic \(basic)", "platformId": "31"].merging(fields) { $1 }
        let port = try #require(URL(string: double.url)?.port)
        let answer = try await LocalHTTP.send(
            method, path, port: UInt16(port), fields: all, body: Array(body.utf8))
        return (answer.status ?? 0, (try? JSONValue(parsing: answer.body))?["responseCode"]?.string)
    }

    private static func form(_ fields: [String: String], recording: String?) -> String {
        let parts = fields.map { "--b\r\nContent-Disposition: form-data; name=\"\($0.key)\"\r\n\r\n\($0.value)\r\n" }
        let file = recording.map {
            "--b\r\nContent-Disposition: form-data; name=\"recording\"; filename=\"a.wav\"\r\n\r\n\($0)\r\n"
        }
        return parts.joined() + (file ?? "") + "--b--\r\n"
    }

    @Test func `credentials and the platform are asked for`() async throws {
        try await VoiceItDouble.withRunning { (double) async throws in
            let wrong = try await Self.send(double, "POST", "/users", ["Authorization": "Basic eDp5"])
            #expect(wrong == (401, "UNAC"))
            #expect(try await Self.send(double, "POST", "/users", ["platformId": ""]) == (400, "MISP"))
            #expect(try await Self.send(double, "POST", "/users") == (201, "SUCC"))
            #expect(try await Self.send(double, "GET", "/users/usr_x") == (404, "UNFD"))
            #expect(try await Self.send(double, "GET", "/phrases/xx-XX") == (400, "INCP"))
        }
    }

    @Test func `a body must be a whole form with every field and a file`() async throws {
        try await VoiceItDouble.withRunning { (double) async throws in
            await double.account.addUser("usr_1")
            let phrase = "never forget tomorrow is a new day"
            let fields = ["userId": "usr_1", "contentLanguage": "en-US", "phrase": phrase]
            let type = ["Content-Type": "multipart/form-data; boundary=b"]
            let audio = String(decoding: LocalRecording().audio(), as: UTF8.self)
            func verify(_ body: String, _ headers: [String: String]) async throws -> String? {
                try await Self.send(double, "POST", "/verification/voice", headers, body).code
            }
            for name in fields.keys {
                var some = fields
                some[name] = nil
                #expect(try await verify(Self.form(some, recording: audio), type) == "MISP")
            }
            #expect(try await verify(Self.form(fields, recording: nil), type) == "MISP")
            #expect(try await verify(Self.form(fields, recording: audio), [:]) == "MISP")
            #expect(try await verify(String(Self.form(fields, recording: audio).dropLast(4)), type) == "MISP")
            #expect(try await verify(Self.form(fields, recording: "no audio"), type) == "SRNR")
            #expect(try await verify(Self.form(fields, recording: audio), type) == "SUCC")
            #expect(try await verify(Self.form(fields, recording: audio), type) == "RWPU")
        }
    }
}
