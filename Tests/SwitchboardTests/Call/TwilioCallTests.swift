import Foundation
import LocalServices
import Synchronization
import Testing

@testable import switchboard

@Suite struct TwilioCallTests {
    private struct Post: Equatable {
        let path: String
        let parameters: [String: String]
    }

    private struct Played {
        var posts: [Post] = []
        var lines: [String] = []
        var recordings: [RecordVerb.Recorded] = []
        var hungUp = false

        var paths: [String] { posts.map(\.path) }
    }

    /// The result of a webhook's attempt: a status, or no response.
    private enum Try {
        case status(Int)
        case failure(WebhookPolicy.Failure)
    }

    /// Plays a call whose webhook returns these documents by path, and returns the requests and the lines shown.
    private func play(
        _ documents: [String: String], typed: [String?] = [], digits: String = "",
        circumstances: TwilioCall.Circumstances = .init(), dialled: TwilioCall.DialEnd = .noAnswer,
        tries: [String: [Try]] = [:], webhook: String = "/voice/incoming",
        _ change: (inout TwilioCall.World) -> Void = { _ in }
    ) async throws -> Played {
        let state = Mutex((played: Played(), typed: typed[...], tries: tries))
        var world = TwilioCall.World(
            say: { line in state.withLock { $0.played.lines.append(line.text) } },
            ask: { state.withLock { $0.typed.popFirst() ?? nil } },
            post: { path, parameters, _ in
                let next = state.withLock { state -> Try? in
                    state.played.posts.append(Post(path: path, parameters: parameters))
                    guard state.tries[path]?.isEmpty == false else { return nil }
                    return state.tries[path]?.removeFirst()
                }
                switch next {
                case .failure(let failure): throw failure
                case .status(let status): return (status, [])
                case nil: break
                }
                let document = documents[path].map { "<?xml version=\"1.0\"?><Response>\($0)</Response>" }
                return (document == nil ? 404 : 200, Array((document ?? "").utf8))
            },
            keep: { recording in
                state.withLock { $0.played.recordings.append(recording) }
                return ["RecordingSid": "RE1"]
            },
            dial: { _ in dialled })
        change(&world)
        var call = TwilioCall(
            account: "AC1", from: "+12065550142", to: "+12065550111", digits: digits, circumstances: circumstances,
            world: world)
        let hungUp = try await call.play(webhook: webhook)
        return state.withLock {
            $0.played.hungUp = hungUp
            return $0.played
        }
    }

    @Test func `a person is told the keys that the prompt names, and their number where it names none`() async throws {
        let hints = Mutex<[String]>([])
        let gather = { (words: String, digits: Int) in
            "<Gather numDigits=\"\(digits)\"><Say>\(words)</Say></Gather><Hangup/>"
        }
        for (words, digits) in [("Press 1 to agree, or 2 to decline.", 1), ("Go on.", 1), ("Press 1.", 4)] {
            _ = try await play(["/voice/incoming": gather(words, digits)], typed: [""]) { world in
                world.hint = { hint in hints.withLock { $0.append(hint) } }
            }
        }
        let told = hints.withLock { $0 }.map { $0.prefix { $0 != "," } }
        #expect(told == ["(Type 1 or 2", "(Type 1 key", "(Type 4 keys"])
    }

    @Test func `a world may speak by itself, and is told of the time that goes by`() async throws {
        let passed = Mutex(0)
        let documents = [
            "/voice/incoming": "<Pause length=\"2\"/><Record action=\"/said\" maxLength=\"5\"/>", "/said": "<Hangup/>",
        ]
        let played = try await play(documents) { world in
            world.turn = { SpokenTurn(LocalRecording(voice: "a", code: "SSTL")) }
            world.pass = { milliseconds in passed.withLock { $0 += milliseconds } }
        }
        #expect(played.recordings.map { LocalRecording($0.audio) } == [LocalRecording(voice: "a", code: "SSTL")])
        // A second for each of two documents, two for the pause, and the recording.
        #expect(passed.withLock(\.self) == 4000 + (played.recordings.first?.milliseconds ?? 0))
    }

    @Test func `a webhook that is repeated has fifteen seconds of the world's time`() async throws {
        let seconds = Mutex(0)
        let start = ContinuousClock.now
        let busy = Array(repeating: Try.status(502), count: 3)
        let played = try await play(
            Self.listening, tries: ["/voice/incoming": busy], webhook: "/voice/incoming#rc=2&rp=ct,5xx"
        ) { world in
            world.instant = {
                start
                    + .seconds(
                        seconds.withLock {
                            $0 += 6
                            return $0
                        })
            }
        }
        #expect(played.paths.count { $0 == "/voice/incoming" } == 2)
    }

    private static let listening = [
        "/voice/incoming":
            "<Gather action=\"/code\" numDigits=\"3\" timeout=\"5\"><Pause length=\"2\"/></Gather><Hangup/>",
        "/code": "<Hangup/>",
    ]

    @Test func `digits that come with the call are gathered without a question`() async throws {
        let played = try await play(Self.listening, digits: ",,,123")
        #expect(played.paths == ["/voice/incoming", "/code", "/voice/status"])
        #expect(played.posts[1].parameters["Digits"] == "123")
        #expect(played.posts[0].parameters["CallStatus"] == "ringing")
        #expect(played.posts[2].parameters["CallStatus"] == "completed")
        #expect(Set(played.posts.map { $0.parameters["CallSid"] }).count == 1)
        #expect(!played.hungUp)
        #expect(
            played.lines == [
                "(Sends the code ,,,123 as keys.)", "(Twilio listens for 3 keys.)", "(Twilio hangs up.)",
            ])
    }

    @Test(arguments: [
        // At once: the first five keys come in the second before Twilio listens.
        ("12345678", 0, "678"), (",12345678", 0, "345678"), (",,12345678", 0, "12345678"),
        (",,,,,,,,12345678", 0, "12345678"), (",,,12345678", 2, "345678"), (",,,12345678", 8, nil),
        // 7 s after Twilio began to listen.
        (",,,,,,,,,,,12345678", 0, nil),
    ])
    func `keys that come before Gather has begun are lost, and a short entry is posted as it is`(
        sent: String, lost: Int, expected: String?
    ) async throws {
        var circumstances = TwilioCall.Circumstances()
        circumstances.lostKeys = lost
        var documents = Self.listening
        documents["/voice/incoming"] = documents["/voice/incoming"]?.replacing("\"3\"", with: "\"8\"")
        let played = try await play(documents, digits: sent, circumstances: circumstances)
        #expect(played.posts.first { $0.path == "/code" }?.parameters["Digits"] == expected)
        let count = expected?.count ?? 0
        #expect(played.lines.contains("(\(count) of them arrived.)") == (count < 8))
    }

    @Test func `what is said before Gather loses keys, what is said in it does not`() async throws {
        let gather = "<Gather action=\"/code\" numDigits=\"3\">"
        for (document, digits) in [
            ("<Say>One two three four five six</Say>\(gather)</Gather>", nil),
            ("\(gather)<Say>One two three four five six</Say></Gather>", "123"),
        ] {
            let played = try await play(["/voice/incoming": document, "/code": ""], digits: ",,123")
            #expect(played.posts.first { $0.path == "/code" }?.parameters["Digits"] == digits)
        }
    }

    @Test func `nothing typed goes on behind a Gather; silence is a recording like any other`() async throws {
        let played = try await play(
            [
                "/voice/incoming": "<Gather action=\"/code\"/><Say>Nothing.</Say><Redirect>again</Redirect>",
                "/voice/again": "<Record action=\"said?x=1\" maxLength=\"5\" trim=\"do-not-trim\"/>",
                "/voice/said?x=1": "<Say>Thanks &amp; bye.</Say>",
            ], typed: ["", ""])
        #expect(played.paths == ["/voice/incoming", "/voice/again", "/voice/said?x=1", "/voice/status"])
        #expect(played.posts[2].parameters["RecordingDuration"] == "5")
        #expect(played.posts[2].parameters["Digits"]?.isEmpty == true)
        #expect(LocalRecording(played.recordings[0].audio).voice == nil)
        #expect(
            played.lines == [
                "(Twilio listens for keys.)", "Twilio: Nothing.", "(Records for 5 s: say the phrase.)",
                "(Recorded: 5.0 s.)", "Twilio: Thanks & bye.",
            ])
    }

    @Test func `a file is said as it is, and one that cannot be said is asked for again`() async throws {
        let audio = LocalRecording(voice: "a").audio()
        let documents = ["/voice/incoming": "<Record action=\"/said\" maxLength=\"5\"/>", "/said": "<Hangup/>"]
        let played = try await play(
            documents, typed: ["(file missing.wav)", "(file notes.txt)", "(file my voice.wav)"]
        ) { world in
            world.file = { name in
                guard name != "missing.wav" else { throw Refusal("\(name) is not there.") }
                return name == "my voice.wav" ? audio : Array("notes".utf8)
            }
        }
        #expect(played.recordings.map(\.audio) == [audio])
        #expect(played.lines.contains("(missing.wav is not there.)"))
        #expect(played.lines.contains("(notes.txt is no WAV file of plain samples.)"))
    }

    @Test func `words are no keys`() async throws {
        let documents = [
            "/voice/incoming": "<Gather numDigits=\"1\" action=\"/code\"/><Hangup/>", "/code": "<Hangup/>",
        ]
        for (typed, paths) in [
            ("hello", ["/voice/incoming", "/voice/status"]), ("the 1", ["/voice/incoming", "/code", "/voice/status"]),
        ] {
            #expect(try await play(documents, typed: [typed]).paths == paths)
        }
    }

    @Test(arguments: [
        ("hello world", LocalRecording(phrase: "hello world"), ""),
        ("a b: hello", .init(voice: "a b", phrase: "hello"), ""),
        ("(quiet)", .init(code: "SSTQ"), ""), ("hello (press #)", .init(phrase: "hello"), "#"),
        ("a: hello (hang up)", .init(voice: "a", phrase: "hello"), "hangup"),
    ])
    func `what is typed is what is recorded`(typed: String, heard: LocalRecording, digits: String) async throws {
        let documents = ["/voice/incoming": "<Record action=\"/said\" maxLength=\"5\"/>", "/said": "<Hangup/>"]
        let played = try await play(documents, typed: [typed])
        #expect(played.recordings.map { LocalRecording($0.audio) } == [heard])
        #expect(played.posts[1].parameters["Digits"] == digits)
        #expect(played.hungUp == (digits == "hangup"))
    }

    @Test func `a caller who hangs up while recording leaves a recording, before or behind the status callback`()
        async throws
    {
        let documents = ["/voice/incoming": "<Record action=\"/said\"/>", "/said": "<Say>Heard.</Say>"]
        for isStatusFirst in [false, true] {
            for typed in [nil, "hello (hang up)"] {
                var circumstances = TwilioCall.Circumstances()
                circumstances.isStatusFirst = isStatusFirst
                let played = try await play(documents, typed: [typed], circumstances: circumstances)
                let end = isStatusFirst ? ["/voice/status", "/said"] : ["/said", "/voice/status"]
                #expect(played.paths == ["/voice/incoming"] + end)
                let said = try #require(played.posts.first { $0.path == "/said" })
                #expect(said.parameters["Digits"] == "hangup" && said.parameters["CallStatus"] == "completed")
                #expect(!played.lines.contains("Twilio: Heard.") && played.hungUp)
            }
        }
        let gone = try await play(["/voice/incoming": "<Gather action=\"/said\"/>"], typed: [nil])
        #expect(gone.paths == ["/voice/incoming", "/voice/status"] && gone.hungUp)
    }

    @Test(arguments: [
        (TwilioCall.DialEnd.callerHungUp, nil), (.otherHungUp, "completed"), (.noAnswer, "no-answer"),
    ])
    func `when the dialled party hangs up first, the call goes on`(
        end: TwilioCall.DialEnd, status: String?
    ) async throws {
        let played = try await play(
            ["/voice/incoming": "<Dial action=\"/after\">+1</Dial>", "/after": ""], dialled: end)
        #expect(played.posts.first { $0.path == "/after" }?.parameters["DialCallStatus"] == status)
        #expect(played.hungUp == (end == .callerHungUp))
        let plain = try await play(["/voice/incoming": "<Dial>+1</Dial><Say>Still there?</Say>"], dialled: end)
        #expect(plain.lines.contains("Twilio: Still there?") == (end != .callerHungUp))
    }

    @Test(arguments: ["", "<Say>unfinished"]) func `a webhook that fails is an application error`(document: String)
        async throws
    {
        let played = try await play(document.isEmpty ? [:] : ["/voice/incoming": document])
        #expect(played.lines.first?.hasPrefix("Twilio: An application error has occurred.") == true)
        #expect(played.paths == ["/voice/incoming", "/voice/status"])
    }

    @Test(arguments: [
        ("", [Try.status(503)], 1, "(The webhook answered 503.)"),
        ("", [.failure(.connection)], 2, nil),
        ("", [.failure(.connection), .failure(.connection)], 2, "(The webhook was not reached.)"),
        ("", [.failure(.silence)], 1, "(The webhook did not answer in 15 s.)"),
        ("#rc=2&rp=ct,5xx", [.status(503), .failure(.connection)], 3, nil),
        ("#rc=2&rp=ct,5xx", [.status(503), .status(502), .status(500)], 3, "(The webhook answered 500.)"),
        ("#rc=2&rp=ct,5xx", [.status(404)], 1, "(The webhook answered 404.)"),
        ("#rc=0", [.failure(.connection)], 1, "(The webhook was not reached.)"),
        ("#rc=1&rp=all", [.failure(.silence)], 2, nil), ("#rc=9&rp=5xx", [.status(500)], 2, nil),
    ])
    private func `a webhook is repeated as its fragment says`(
        fragment: String, tries: [Try], count: Int, reason: String?
    ) async throws {
        for (documents, path, webhook) in [
            (["/voice/incoming": "<Say>Hello.</Say>"], "/voice/incoming", "/voice/incoming\(fragment)"),
            (
                [
                    "/voice/incoming":
                        "<Redirect>https://x.example/next\(fragment.replacing("&", with: "&amp;"))</Redirect>",
                    "/next": "<Say>Hello.</Say>",
                ], "/next", "/voice/incoming"
            ),
        ] {
            let played = try await play(documents, tries: [path: tries], webhook: webhook)
            #expect(played.paths.count { $0 == path } == count)
            let sentence = reason.map { "Twilio: An application error has occurred. Goodbye. \($0)" }
            #expect(played.lines == [sentence ?? "Twilio: Hello."])
        }
    }

    @Test func `an account on trial does not record`() async throws {
        var circumstances = TwilioCall.Circumstances()
        circumstances.isTrial = true
        let played = try await play(
            ["/voice/incoming": "<Record action=\"/said\"/><Say>More.</Say>"], circumstances: circumstances)
        #expect(played.paths == ["/voice/incoming", "/voice/status"] && played.recordings.isEmpty)
        #expect(played.lines.last?.contains("trial account") == true)
    }
}
