import JSON
import Testing

@testable import ConnectRecording

/// The lines of conversations.
struct TranscriptTests {
    private func transcript(_ items: [JSONValue], participants: JSONValue = []) throws -> String? {
        let json: JSONValue = ["Participants": participants, "Transcript": .array(items)]
        return try ContactAnalysis(parsing: json.bytes, hasTranscript: true).transcript
    }

    @Test func `a line's role is its own, else that of the participants, else its id`() throws {
        let participants: JSONValue = [
            ["ParticipantId": "p", "ParticipantRole": "SYSTEM"],
            ["ParticipantId": "q", "ParticipantRole": "SUPERVISOR"],
            ["ParticipantId": 7, "ParticipantRole": "AGENT"], "x",
        ]
        let items: [JSONValue] = [
            ["ParticipantRole": "CUSTOM_BOT", "ParticipantId": "p", "Content": "a"],
            ["ParticipantId": "p", "Content": "b"], ["ParticipantId": "q", "Content": "c"],
            ["ParticipantId": "AGENT", "Content": "d"], ["ParticipantId": "CUSTOMER", "Content": "e"],
            ["ParticipantId": "Someone", "Content": "f"], ["Content": "g"],
        ]
        #expect(
            try transcript(items, participants: participants)
                == "Bot: a\nSystem: b\nSUPERVISOR: c\nAgent: d\nCustomer: e\nSomeone: f\ng")
    }

    @Test func `participants may follow the conversation`() throws {
        let text =
            #"{"Transcript":[{"ParticipantId":"p","Content":"a"}],"#
            + #""Participants":[{"ParticipantId":"p","ParticipantRole":"AGENT"}]}"#
        #expect(try ContactAnalysis(parsing: Array(text.utf8), hasTranscript: true).transcript == "Agent: a")
    }

    @Test(arguments: ["a\nb", "a\r\nb", "a\rb", "a\u{2028}b", "a\u{2029}b", "a\u{85}b", "a\u{0B}b", "a\u{0C}b"])
    func `a line break becomes a space`(content: String) throws {
        #expect(try transcript([["ParticipantRole": "AGENT", "Content": .string(content)]]) == "Agent: a b")
        #expect(try transcript([["Content": .string(content + "\n\n")]]) == "a b  ")
    }

    @Test(
        arguments: [
            (nil, nil, true), ("MESSAGE", nil, true), ("MESSAGE", "text/plain", true), (nil, "text/markdown", true),
            ("EVENT", nil, false), ("ATTACHMENT", "text/plain", false), ("message", nil, false),
            ("MESSAGE", "application/json", false), ("MESSAGE", "text/html", false),
        ] as [(String?, String?, Bool)])
    func `messages for people count`(_ type: String?, _ contentType: String?, _ counts: Bool) throws {
        let item = JSONValue.members([
            "Type": type.map(JSONValue.string), "ContentType": contentType.map(JSONValue.string), "Content": "a",
        ])
        #expect(try transcript([item]) == (counts ? "a" : nil))
    }

    @Test func `a transcript is cut, never within a pair`() throws {
        let most = ContactAnalysis.longestTranscript
        let pairs = String(repeating: "🎉", count: most / 2)
        #expect(try transcript([["Content": .string(pairs)], ["Content": "x"]]) == pairs)
        let odd = try transcript([["Content": .string("x" + pairs)]])
        #expect(odd?.utf16.count == most - 1 && odd?.hasSuffix("🎉") == true)
        let lines = try transcript(Array(repeating: ["ParticipantRole": "AGENT", "Content": "0123"], count: 20_000))
        #expect(lines?.utf16.count == most && lines?.hasPrefix("Agent: 0123\nAgent: 0123\n") == true)
    }
}
