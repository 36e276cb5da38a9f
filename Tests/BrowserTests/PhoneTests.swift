import Foundation
import JSON
import TestSupport
import Testing

/// The regions Phone and Agent, used as a person does.
@Suite(.serialized) struct PhoneTests {
    private static let phrase = "never forget tomorrow is a new day"

    @Test func `a caller is enrolled by voice, the picture shows the way, and the saved call is replayed`() async throws
    {
        let console = try await RunningConsole.shared
        let page = try BrowserPage(console.url)
        try page.show("phone/voice-auth-contact")
        try page.wait(.css(".block"))
        try page.fill(.label("Caller's number (E.164, or: withheld)"), "+12065550171")
        try page.click(.button("Call", in: "Phone"))
        try page.wait(.text("(Twilio listens for 1 key.)", in: "Phone"))
        try page.fill(.label("Keys", in: "Phone"), "1")
        try page.click(.button("Send keys", in: "Phone"))
        for recording in 1...4 {
            try page.wait(.css(".phone .bubble").having("(Records for 5 s: say the phrase.)").nth(recording - 1))
            try page.wait(.css(".listening[data-state=waiting]"))
            try page.fill(.label("Words", in: "Phone"), Self.phrase)
            try page.click(.button("Say", in: "Phone"))
        }
        try page.wait(.text("(Waits in the queue for an agent.)", in: "Phone"))
        try page.wait(.css(".listening[data-state=over]"))
        let said = try page.texts(.css(".phone .bubble"))
        #expect(said.contains { $0.hasPrefix("Connect") })
        #expect(said.contains { $0.hasPrefix("Twilio") && $0.contains("Thank you, I have recognized your voice.") })
        #expect(said.contains { $0.hasPrefix("Caller") && $0.contains(Self.phrase) })
        // The path: the blocks that were taken, and the way between them.
        #expect(try page.count(.css(".block.taken")) >= 8)
        #expect(try page.count(.css(".edge.taken")) >= 7)
        #expect(try page.count(.css(".block.now")) == 1)
        #expect(try page.texts(.role("group", "Attributes")).contains { $0.contains("enrolled") })
        try page.click(.role("button", "Begin: AWS Lambda function"))
        #expect(try page.texts(.role("group", "Parameters")).contains { $0.contains("LambdaFunctionARN") })
        try page.keepPicture("phone")

        try page.click(.button("Save as test", in: "Phone"))
        try page.wait(.text("Saved: integrations/connect/calls/voice-auth-contact-console-1.call"))
        let replay = try console.command([
            "call", "voice-auth-contact", "--script", "integrations/connect/calls/voice-auth-contact-console-1.call",
        ])
        #expect(replay.status == 0, "\(replay.said)")
        #expect(try page.faults == [])
        try page.close()
    }

    @Test func `a caller hangs up, and a number that is none is refused in words`() async throws {
        let page = try BrowserPage(try await RunningConsole.shared.url)
        try page.show("phone/voice-auth-contact")
        try page.wait(.css(".block"))
        try page.fill(.label("Caller's number (E.164, or: withheld)"), "555")
        try page.click(.button("Call", in: "Phone"))
        try page.wait(.text("must be in E.164", in: "Phone"))
        try page.fill(.label("Caller's number (E.164, or: withheld)"), "+12065550172")
        try page.click(.button("Call", in: "Phone"))
        try page.wait(.css(".listening[data-state=waiting]"))
        try page.click(.button("Hang up", in: "Phone"))
        try page.wait(.text("(Hung up.)", in: "Phone"))
        try page.wait(.css(".listening[data-state=over]"))
        // The refused number is an answer with 400, which a browser notes by itself.
        #expect(try page.faults.allSatisfy { $0.contains("400") })
        try page.close()
    }

    @Test func `a call is made by keyboard alone`() async throws {
        let page = try BrowserPage(try await RunningConsole.shared.url)
        try page.show("phone/voice-auth-contact")
        try page.wait(.css(".block"))
        try page.take("focus", .button("Call", in: "Phone"))
        try page.take("press", nil, "Enter")
        try page.wait(.css(".listening[data-state=waiting]"))
        // The focus has gone to the keys.
        try page.take("press", nil, "2")
        try page.take("press", nil, "Enter")
        try page.wait(.css(".phone .bubble.caller"))
        try page.take("focus", .button("Hang up", in: "Phone"))
        try page.take("press", nil, "Space")
        try page.wait(.css(".listening[data-state=over]"))
        try page.take("focus", .css(".block").nth(0))
        try page.take("press", nil, "Enter")
        try page.wait(.css(".block.chosen"))
        #expect(try page.faults == [])
        try page.close()
    }

    @Test func `an agent's guide sends both messages, and the inbox shows them`() async throws {
        let console = try await RunningConsole.shared
        let page = try BrowserPage(console.url)
        try page.show("agent")
        try page.click(.button("Open the guide", in: "Agent"))
        try page.click(.button("Send the cancellation notice", in: "Agent"))
        try page.fill(.label("Day *"), "Tuesday, 24 November")
        try page.fill(.label("Time *"), "10:30")
        try page.fill(.label("Details *"), "Dr. Okafor <b>is away</b> that day.")
        try page.keepPicture("agent")
        try page.click(.button("Send", in: "Agent"))
        try page.wait(.text("Both messages were sent", in: "Agent"))
        try page.click(.button("Close", in: "Agent"))

        try page.show("inbox")
        try page.wait(.css(".mail-row"))
        try page.wait(.css("iframe.wide"))
        let mail = try page.take("frame", .css("iframe")).string ?? ""
        // The template escapes what the agent typed; it is text in the e-mail, too.
        #expect(mail.contains("Tuesday, 24 November") && mail.contains("Dr. Okafor <b>is away</b> that day."))
        try page.keepPicture("inbox")
        try page.click(.button("320 px", in: "Inbox"))
        try page.wait(.css("iframe.narrow"))
        #expect(try page.texts(.css(".sms")).contains { $0.contains("10:30") && $0.contains("GSM-7") })
        #expect(try page.faults == [])
        try page.close()
    }

    @Test func `a picture of 300 blocks is drawn within a second, and moves at 30 frames a second`() async throws {
        let console = try await RunningConsole.shared
        let blocks = (0..<300).map { index -> JSONValue in
            [
                "Identifier": .string("Block \(index)"), "Type": .string(["MessageParticipant", "Compare"][index % 2]),
                "Parameters": ["Text": "Hello"],
                "Transitions": .object([
                    "NextAction": .string("Block \(min(299, index + 1))"),
                    "Conditions": [
                        [
                            "NextAction": .string("Block \(index * 7 % 300)"),
                            "Condition": ["Operator": "Equals", "Operands": ["1"]],
                        ]
                    ],
                    "Errors": [["NextAction": .string("Block \(index * 13 % 300)"), "ErrorType": "NoMatchingError"]],
                ]),
            ]
        }
        let flow: JSONValue = [
            "Version": "2019-10-30", "StartAction": "Block 0", "Metadata": [:], "Actions": .array(blocks),
        ]
        let file = console.root.appending(path: "integrations/connect/large.json")
        try Data(flow.text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let page = try BrowserPage(console.url)
        try page.show("phone/guide")
        try page.wait(.css(".block"))
        let milliseconds = try page.evaluate(
            """
            (async () => {
                const start = performance.now();
                location.hash = "phone/large";
                while (document.querySelectorAll(".block").length < 300) await new Promise(requestAnimationFrame);
                await new Promise(requestAnimationFrame);
                return Math.round(performance.now() - start);
            })()
            """)
        #expect((milliseconds.int ?? .max) < 1000)
        _ = try page.evaluate(
            """
            (() => {
                window.frames_seen = [];
                const note = (time) => { window.frames_seen.push(time); requestAnimationFrame(note); };
                requestAnimationFrame(note);
            })()
            """)
        try page.take("drag", .css(".picture"))
        let rate = try page.evaluate(
            "Math.round((frames_seen.length - 1) * 1000 / (frames_seen.at(-1) - frames_seen[0]))")
        #expect((rate.int ?? 0) >= 30)
        // No two of the blocks that had no position lie on each other.
        let overlaps = try page.evaluate(
            """
            (() => {
                const places = [...document.querySelectorAll(".block")].map((block) => block.getAttribute("transform"));
                return places.length - new Set(places).size;
            })()
            """)
        #expect(overlaps.int == 0)
        try page.close()
    }
}
