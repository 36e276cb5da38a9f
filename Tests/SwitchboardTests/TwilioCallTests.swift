import Foundation
import Synchronization
import Testing

@testable import switchboard

@Suite struct TwilioCallTests {
    private struct Post: Equatable {
        let path: String
        let parameters: [String: String]
    }

    /// Plays a call whose webhook answers these documents by path, and returns what was posted and shown.
    private func play(
        _ documents: [String: String], typed: [String?] = [], digits: String = ""
    ) async throws -> (posts: [Post], lines: [String], hungUp: Bool) {
        let state = Mutex((posts: [Post](), lines: [String](), typed: typed[...]))
        let world = TwilioCall.World(
            say: { line in state.withLock { $0.lines.append(line) } },
            ask: { state.withLock { $0.typed.popFirst() ?? nil } },
            post: { path, parameters in
                state.withLock { $0.posts.append(Post(path: path, parameters: parameters)) }
                let document = documents[path].map { "<?xml version=\"1.0\"?><Response>\($0)</Response>" }
                return (document == nil ? 404 : 200, Array((document ?? "").utf8))
            },
            record: { ["RecordingSid": "RE1", "said": $0] }, dial: { _ in false })
        var call = TwilioCall(account: "AC1", from: "+12065550142", to: "+12065550111", digits: digits, world: world)
        let hungUp = try await call.play()
        return state.withLock { ($0.posts, $0.lines, hungUp) }
    }

    @Test func `digits that come with the call are gathered first`() async throws {
        let played = try await play(
            [
                "/voice/incoming": "<Gather action=\"/code\" numDigits=\"3\"><Say>Code?</Say></Gather><Hangup/>",
                "/code": "<Hangup/>",
            ], digits: ",,123")
        #expect(played.posts.map(\.path) == ["/voice/incoming", "/code", "/voice/status"])
        #expect(played.posts[1].parameters["Digits"] == "123")
        #expect(played.posts[0].parameters["CallStatus"] == "ringing")
        #expect(played.posts[2].parameters["CallStatus"] == "completed")
        #expect(Set(played.posts.map { $0.parameters["CallSid"] }).count == 1)
        #expect(!played.hungUp)
    }

    @Test func `nothing typed goes on behind a Gather, and nothing said behind a Record`() async throws {
        let played = try await play(
            [
                "/voice/incoming":
                    "<Gather action=\"/code\"/><Record action=\"/said\"/><Say>Nothing.</Say><Redirect>again</Redirect>",
                "/voice/again": "<Record action=\"said?x=1\"/>", "/voice/said?x=1": "<Say>Thanks &amp; bye.</Say>",
            ], typed: ["", "", "hello"])
        #expect(played.posts.map(\.path) == ["/voice/incoming", "/voice/again", "/voice/said?x=1", "/voice/status"])
        #expect(played.posts[2].parameters["said"] == "hello")
        #expect(played.lines == ["Twilio: Nothing.", "Twilio: Thanks & bye."])
    }

    @Test func `a caller who hangs up ends the call, also right behind a recording`() async throws {
        let documents = ["/voice/incoming": "<Record action=\"/said\"/>", "/said": "<Say>Heard.</Say>"]
        let gone = try await play(documents, typed: [nil])
        #expect(gone.posts.map(\.path) == ["/voice/incoming", "/voice/status"])
        #expect(gone.hungUp)
        let recorded = try await play(documents, typed: ["hello (hang up)"])
        #expect(recorded.posts.map(\.path) == ["/voice/incoming", "/said", "/voice/status"])
        #expect(recorded.posts[1].parameters["said"] == "hello")
        #expect(recorded.lines.isEmpty && recorded.hungUp)
    }

    @Test(arguments: ["", "<Say>unfinished"]) func `a webhook that fails is an application error`(document: String)
        async throws
    {
        let played = try await play(document.isEmpty ? [:] : ["/voice/incoming": document])
        #expect(played.lines.first?.hasPrefix("Twilio: An application error has occurred.") == true)
    }
}
