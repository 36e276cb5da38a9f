import Foundation
import JSON
import Settings
import Synchronization
import TestSupport
import Testing

@testable import LocalServices

/// The local VoiceIt, over raw HTTP.
@Suite(.takingTurns) struct VoiceItDoubleTests {
    private static func ask(
        _ double: VoiceItDouble, _ method: String, _ path: String, _ fields: [String: String] = [:],
        _ body: [UInt8] = []
    ) async throws -> (status: Int, json: JSONValue?) {
        let basic = Data("\(VoiceItDouble.key):\(VoiceItDouble.token)".utf8).base64EncodedString()
        let all = ["Authorization": "Basic \(basic)"].merging(fields) { $1 }
        let port = try #require(URL(string: double.url)?.port)
        let answer = try await LocalHTTP.send(method, path, port: UInt16(port), fields: all, body: body)
        return (answer.status ?? 0, try? JSONValue(parsing: answer.body))
    }

    private static func send(
        _ double: VoiceItDouble, _ method: String, _ path: String, _ fields: [String: String] = [:],
        _ body: [UInt8] = []
    ) async throws -> (status: Int, code: String?) {
        let answer = try await ask(double, method, path, fields, body)
        return (answer.status, answer.json?["responseCode"]?.string)
    }

    private static let type = ["Content-Type": "multipart/form-data; boundary=b"]
    private static let fields = [
        "userId": "usr_1", "contentLanguage": "en-US", "phrase": SynthesizedSpeech.defaultPhrase,
    ]

    private static func form(_ fields: [String: String], _ recording: [UInt8]?) -> [UInt8] {
        let parts = fields.map { "--b\r\nContent-Disposition: form-data; name=\"\($0.key)\"\r\n\r\n\($0.value)\r\n" }
        let head = "--b\r\nContent-Disposition: form-data; name=\"recording\"; filename=\"a.wav\"\r\n\r\n"
        let file = recording.map { Array(head.utf8) + $0 + Array("\r\n".utf8) }
        return Array(parts.joined().utf8) + (file ?? []) + Array("--b--\r\n".utf8)
    }

    /// Returns the code of a call with a recording.
    private static func code(
        _ double: VoiceItDouble, _ recording: [UInt8] = LocalRecording().audio(),
        _ changes: [String: String] = [:], path: String = "/verification/voice"
    ) async throws -> String? {
        try await send(double, "POST", path, type, form(fields.merging(changes) { $1 }, recording)).code
    }

    @Test func `credentials are asked for, and a platform only has to be a number`() async throws {
        try await VoiceItDouble.withRunning { (double) async throws in
            let wrong = try await Self.send(double, "POST", "/users", ["Authorization": "Basic eDp5"])
            #expect(wrong == (401, "UNAC"))
            #expect(try await Self.send(double, "POST", "/users", ["platformId": "swift"]) == (400, "MISP"))
            #expect(try await Self.send(double, "POST", "/users", ["platformId": "42"]) == (201, "SUCC"))
            #expect(try await Self.send(double, "POST", "/users") == (201, "SUCC"))
        }
    }

    @Test func `an unknown user does not exist, and cannot be deleted`() async throws {
        try await VoiceItDouble.withRunning { (double) async throws in
            await double.account.addUser("usr_1")
            for (id, exists) in [("usr_1", true), ("usr_2", false)] {
                let answer = try await Self.ask(double, "GET", "/users/\(id)")
                #expect(answer.status == 200 && answer.json?["exists"]?.bool == exists)
            }
            #expect(try await Self.send(double, "DELETE", "/users/usr_2") == (404, "UNFD"))
            #expect(try await Self.send(double, "DELETE", "/users/usr_1") == (200, "SUCC"))
            #expect(try await Self.send(double, "DELETE", "/users/usr_1") == (404, "UNFD"))
        }
    }

    @Test func `a body must be a whole form with every field and a file`() async throws {
        try await VoiceItDouble.withRunning { (double) async throws in
            await double.account.addUser("usr_1")
            let audio = LocalRecording().audio()
            func verify(_ body: [UInt8], _ headers: [String: String]) async throws -> String? {
                try await Self.send(double, "POST", "/verification/voice", headers, body).code
            }
            for name in Self.fields.keys {
                var some = Self.fields
                some[name] = nil
                #expect(try await verify(Self.form(some, audio), Self.type) == "MISP")
            }
            #expect(try await verify(Self.form(Self.fields, nil), Self.type) == "MISP")
            #expect(try await verify(Self.form(Self.fields, audio), [:]) == "MISP")
            #expect(try await verify(Array(Self.form(Self.fields, audio).dropLast(4)), Self.type) == "MISP")
            #expect(try await verify(Self.form(Self.fields, audio), Self.type) == "SUCC")
            #expect(try await verify(Self.form(Self.fields, audio), Self.type) == "RWPU")
        }
    }

    @Test func `a recording is no longer than five seconds, and holds enough speech`() async throws {
        try await VoiceItDouble.withRunning { (double) async throws in
            await double.account.addUser("usr_1")
            func heard(_ milliseconds: Int, lead: Int = 300, voice: String? = "caller") -> [UInt8] {
                var turn = SpokenTurn(LocalRecording(voice: voice))
                turn.lead = lead
                return turn.audio(until: milliseconds, take: "\(milliseconds) \(lead)")
            }
            for (audio, expected) in [
                (heard(5000), "SUCC"), (heard(5001), "SRNR"), (heard(6800), "SRNR"), (heard(1199), "NVDT"),
                (heard(5000, voice: nil), "NVDT"), (heard(5000, lead: 5000), "NVDT"),
                (heard(5000, lead: 4000), "NEHSD"),
                ([], "EMPF"), (Array("no audio".utf8), "IFAD"),
                (Array(heard(5000).prefix(40)), "IFAD"),
                (RecordVerb.fiveSeconds.record(SpokenTurn(LocalRecording()), take: "1").audio, "SRNR"),
            ] {
                let code = try await Self.code(double, audio)
                #expect(code == expected, "\(audio.count)")
            }
            #expect(await double.account.calls.first?.recording == 5000)
        }
    }

    @Test func `a file without marks is somebody unknown, who says what was asked`() async throws {
        try await VoiceItDouble.withRunning { (double) async throws in
            await double.account.addUser("usr_1")
            var marked = SpokenTurn(LocalRecording())
            marked.lead = 300
            // The same sound without marks.
            let unmarked = marked.audio(until: 4000, take: "1").replacingMarks()
            #expect(LocalRecording(unmarked).voice == nil)
            #expect(try await Self.code(double, unmarked) == "FAIL")
            #expect(await double.account.calls.last?.digest?.count == 64)
        }
    }

    @Test func `a phrase must be registered for a language that the plan has`() async throws {
        try await VoiceItDouble.withRunning { (double) async throws in
            await double.account.addUser("usr_1")
            func code(_ language: String, _ phrase: String) async throws -> String? {
                try await Self.code(
                    double, LocalRecording(phrase: phrase).audio(), ["contentLanguage": language, "phrase": phrase],
                    path: "/enrollments/voice")
            }
            let german = "morgen ist ein neuer Tag"
            #expect(try await code("en-GB", "Never forget tomorrow is a new day") == "SUCC")
            #expect(try await code("en-US", "zoos are filled with small and large animals") == "SUCC")
            #expect(try await code("en-US", german) == "INPP")
            #expect(try await code("de-DE", german) == "NPFC")
            #expect(try await code("xx-XX", german) == "INCP")
            await double.account.register(german, in: "de-DE")
            #expect(try await code("de-DE", german) == "SUCC")
            #expect(try await code("de-DE", SynthesizedSpeech.defaultPhrase) == "INPP")
            await double.account.allow(["no-STT"])
            #expect(try await code("de-DE", german) == "CLNE")
            #expect(try await code("no-STT", german) == "NPFC")
            #expect(try await Self.send(double, "GET", "/phrases/de-DE") == (400, "CLNE"))
            #expect(try await Self.send(double, "GET", "/phrases/xx-XX") == (400, "INCP"))
            await double.account.allow(nil)
            #expect(try await Self.ask(double, "GET", "/phrases/de-DE").json?["count"]?.int == 1)
            #expect(try await Self.ask(double, "GET", "/phrases/fr-FR").json?["count"]?.int == 0)
            #expect(try await Self.ask(double, "GET", "/phrases/en-AU").json?["count"]?.int == 4)
        }
    }

    @Test func `phrases are registered from variables, too`() {
        var phrases = VoiceItPhrases()
        phrases.register(["VOICE_PHRASES": " eins & zwei |drei||", "VOICE_LANGUAGE": "de-DE"])
        phrases.register(["VOICE_PHRASES": "hello", "VOICE_LANGUAGE": "de-DE", "VOICE_CONTENT_LANGUAGE": "no-STT"])
        phrases.register(["VOICE_PHRASES": SynthesizedSpeech.defaultPhrase])
        #expect(phrases.list("de-DE") == .success(["eins & zwei", "drei"]))
        #expect(phrases.list("no-STT") == .success(["hello"]))
        #expect(phrases.list("en-US") == .success(VoiceItPhrases.english))
    }

    @Test func `a verification tells how sure it is, and an enrolment must be like the others`() async throws {
        try await VoiceItDouble.withRunning { (double) async throws in
            await double.account.addUser("usr_1", enrollments: 2)
            #expect(try await Self.code(double) == "PNTE")
            let stranger = LocalRecording(voice: "somebody else").audio()
            #expect(try await Self.code(double, stranger, path: "/enrollments/voice") == "NSPE")
            #expect(try await Self.code(double, path: "/enrollments/voice") == "SUCC")
            #expect(
                try await Self.code(double, LocalRecording(phrase: "these are words other than the phrase").audio())
                    == "PDNM")
            let body = Self.form(Self.fields, LocalRecording().audio())
            let answer = try await Self.ask(double, "POST", "/verification/voice", Self.type, body)
            #expect(answer.status == 200)
            for name in ["confidence", "textConfidence"] {
                #expect(Double(answer.json?[name]?.scalarText ?? "") != nil)
            }
            #expect(answer.json?["text"]?.string == "Never forget tomorrow is a new day")
            for name in ["message", "status", "timeTaken", "responseCode", "apiCallId"] {
                #expect(answer.json?[name] != nil)
            }
            let again = LocalRecording(voice: "somebody else").audio()
            #expect(try await Self.code(double, again) == "FAIL")
        }
    }

    @Test func `without speech to text no words are read, and none are told`() async throws {
        try await VoiceItDouble.withRunning { (double) async throws in
            await double.account.addUser("usr_1", phrases: ["hello"], language: "no-STT")
            let changes = ["contentLanguage": "no-STT", "phrase": "hello"]
            let words = LocalRecording(phrase: "these are words other than the phrase").audio()
            #expect(try await Self.code(double, words, changes) == "SUCC")
            let list = try await Self.ask(double, "GET", "/enrollments/voice/usr_1").json
            #expect(list?["voiceEnrollments"]?.array?.map { $0["text"]?.string } == ["", "", ""])
        }
    }

    @Test func `any code comes as often as is told, under its status or another`() async throws {
        try await VoiceItDouble.withRunning { (double) async throws in
            await double.account.addUser("usr_1")
            let body = Self.form(Self.fields, LocalRecording().audio())
            func ask() async throws -> (status: Int, code: String?) {
                try await Self.send(double, "POST", "/verification/voice", Self.type, body)
            }
            for (fault, status, code) in [
                ("code=STTF", 400, "STTF"), ("code=DAID@403", 403, "DAID"), ("code=UNAC", 401, "UNAC"),
                ("code=FAIL", 200, "FAIL"), ("code=FBDN", 403, "FBDN"), ("code=ENFD", 404, "ENFD"),
            ] {
                let fault = Array("{\"fault\":\"\(fault)\",\"times\":2,\"path\":\"/verification\"}".utf8)
                #expect(try await Self.ask(double, "POST", "/debug/fault", [:], fault).status == 204)
                for _ in 1...2 { #expect(try await ask() == (status, code)) }
            }
            await double.account.misbehave(.code("ACTO"))
            #expect(try await ask() == (500, "ACTO"))
            // No call was carried out until now.
            await double.account.misbehave(.done(code: "ACTO"))
            #expect(try await ask() == (500, "ACTO"))
            #expect(try await ask() == (400, "RWPU"))
            let wrong = Array("{\"fault\":\"code=DAID@x\"}".utf8)
            #expect(try await Self.ask(double, "POST", "/debug/fault", [:], wrong).status == 400)
        }
    }

    @Test func `calls take their time, the same again for the same seed`() async throws {
        try await VoiceItDouble.withRunning { (double) async throws in
            let request = HTTPMessage(startLine: "GET /phrases/en-US HTTP/1.1", fields: [:])
            func times(_ seed: UInt64) async -> [Duration?] {
                await double.account.take(milliseconds: 500...9000, seed: seed)
                var times: [Duration?] = []
                for _ in 1...20 { times.append(await double.account.answer(request)?.delay) }
                return times
            }
            let first = await times(7)
            #expect(first.allSatisfy { $0.map { (.milliseconds(500) ... .milliseconds(9000)).contains($0) } == true })
            #expect(await times(7) == first)
            #expect(await times(8) != first)
            // A more specific path has its own time, whichever was set first.
            await double.account.take(milliseconds: 1...1, path: "/phrases")
            #expect(await times(7) == Array(repeating: .milliseconds(1), count: 20))
            let pace = Array("{\"from\":80,\"to\":80}".utf8)
            #expect(try await Self.ask(double, "POST", "/debug/pace", [:], pace).status == 204)
            let start = ContinuousClock.now
            _ = try await Self.send(double, "POST", "/users")
            #expect(ContinuousClock.now - start >= .milliseconds(80))
        }
    }

    @Test func `a test may reckon the time that an answer is held back, and keep the answer`() async throws {
        struct GivenUp: Error {}
        let held = Mutex<[Duration]>([])
        try await VoiceItDouble.withRunning(holding: { delay, request in
            held.withLock { $0.append(delay) }
            if request.method == "DELETE" { throw GivenUp() }
        }) { (double) async throws in
            await double.account.take(milliseconds: 60_000...60_000)
            #expect(try await Self.send(double, "POST", "/users").status == 201)
            await #expect(throws: (any Error).self) { try await Self.send(double, "DELETE", "/users/usr_1") }
            #expect(held.withLock(\.self) == [.seconds(60), .seconds(60)])
        }
    }
}

extension [UInt8] {
    /// Returns a file whose marks are none.
    fileprivate func replacingMarks() -> [UInt8] {
        var file = self
        let mark = Array("local-".utf8)
        for place in file.indices.dropLast(mark.count) where Array(file[place..<(place + mark.count)]) == mark {
            file.replaceSubrange(place..<(place + mark.count), with: Array("other-".utf8))
        }
        return file
    }
}
