import Crypto
import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

/// The regions Phone and Agent, used as a person does.
@Suite(.serialized) struct PhoneTests {
    private static let phrase = "never forget tomorrow is a new day"

    @Test func `a caller is enrolled by voice, the picture shows the way, and the saved call is replayed`() async throws
    {
        let console = try await RunningConsole.free
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
        try page.click(.role("option", "Begin: AWS Lambda function"))
        #expect(try page.texts(.role("group", "Parameters")).contains { $0.contains("LambdaFunctionARN") })
        try page.keepPicture("phone")

        try page.click(.button("Save as test", in: "Phone"))
        try page.wait(.text("Saved: integrations/connect/calls/voice-auth-contact-console-1.call"))
        let replay = try console.command([
            "call", "voice-auth-contact", "--script", "integrations/connect/calls/voice-auth-contact-console-1.call",
        ])
        #expect(replay.status == 0, "\(replay.said)")

        // The webhooks are signed: what plays them again is the call, with its caller.
        try page.show("timeline")
        for kind in ["TwilioVoice → ", "Twilio: POST ", "Begin (InvokeLambdaFunction)"] {
            try page.fill(.label("Filter"), kind)
            try page.click(.css(".event").having(kind).nth(0))
            let command = try page.texts(.role("group", "Command")).first ?? ""
            #expect(command.hasSuffix(" call voice-auth-contact --from +12065550171"), "\(kind): \(command)")
        }
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `a caller hangs up, and a number that is none is refused in words`() async throws {
        let page = try BrowserPage(try await RunningConsole.free.url)
        try page.show("phone/voice-auth-contact")
        try page.wait(.css(".block"))
        try page.fill(.label(Self.number), "555")
        try page.click(.button("Call", in: "Phone"))
        try page.wait(.text("must be in E.164", in: "Phone"))
        try page.fill(.label(Self.number), "+12065550172")
        try page.click(.button("Call", in: "Phone"))
        try page.wait(.css(".listening[data-state=waiting]"))
        try page.click(.button("Hang up", in: "Phone"))
        try page.wait(.text("(Hung up.)", in: "Phone"))
        try page.wait(.css(".listening[data-state=over]"))
        // In the middle of what is said, and of what a function does.
        try page.click(.button("Call", in: "Phone"))
        try page.click(.button("Hang up", in: "Phone"))
        try page.wait(.css(".phone .bubble").having("(Hung up.)"))
        try page.wait(.css(".listening[data-state=over]"))
        #expect(try page.count(.css(".phone .bubble.caller")) == 0)
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `a withheld number leaves a message by keys to Amazon Connect, and waits`() async throws {
        let console = try await RunningConsole.free
        let page = try BrowserPage(console.url)
        try page.show("phone/voicemail")
        try page.wait(.css(".block"))
        try page.fill(.label(Self.number), "withheld")
        try page.click(.button("Call", in: "Phone"))
        try page.wait(.css(".listening[data-state=waiting]"))
        for key in ["Key 1", "Key star", "Key hash"] { try page.click(.button(key, in: "Phone")) }
        #expect(try page.take("value", .label("Keys", in: "Phone")) == "1*#")
        // Nothing is no key, and letters are none.
        for (keys, refusal) in [("", "press Wait to press none"), ("abc", "0 to 9, * and #")] {
            try page.fill(.label("Keys", in: "Phone"), keys)
            try page.click(.button("Send keys", in: "Phone"))
            try page.wait(.css(".phone .fault").having(refusal))
        }
        try page.fill(.label("Keys", in: "Phone"), "1")
        try page.click(.button("Send keys", in: "Phone"))
        try page.wait(.text("Please speak now", in: "Phone"))
        try page.wait(.css(".listening[data-state=waiting]"))
        try page.click(.button("Wait", in: "Phone"))
        try page.wait(.text("Thank you for your message", in: "Phone"))
        try page.wait(.css(".listening[data-state=over]"))
        try page.click(.button("Save as test", in: "Phone"))
        try page.wait(.text("Saved: integrations/connect/calls/voicemail-console-1.call"))
        let replay = try console.command([
            "call", "voicemail", "--script", "integrations/connect/calls/voicemail-console-1.call",
        ])
        #expect(replay.status == 0, "\(replay.said)")
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `ten quick presses are one, and a second call waits for the end of the first`() async throws {
        let page = try BrowserPage(try await RunningConsole.free.url)
        try page.show("phone/voicemail")
        try page.wait(.css(".block"))
        let press = """
            (name) => {
                const one = [...document.querySelectorAll(".phone button")].find((one) => one.textContent === name);
                for (let count = 0; count < 10; count += 1) one.click();
            }
            """
        _ = try page.evaluate("(\(press))('Call')")
        try page.wait(.css(".listening[data-state=waiting]"))
        _ = try page.evaluate("(\(press))('1')")
        #expect(try page.take("value", .label("Keys", in: "Phone")) == "1111111111")
        try page.fill(.label("Keys", in: "Phone"), "1")
        _ = try page.evaluate("(\(press))('Send keys')")
        try page.wait(.text("Please speak now", in: "Phone"))
        try page.wait(.css(".listening[data-state=waiting]"))
        #expect(try page.count(.css(".phone .bubble.caller")) == 1)
        #expect(try page.count(.css(".phone .bubble").having("We cannot take your call")) == 1)
        #expect(try page.take("evaluate", nil, "document.querySelector('.phone button.main').disabled").bool == true)
        let other = try BrowserPage(beside: page)
        try other.show("agent")
        try other.click(.button("Open the guide", in: "Agent"))
        try other.wait(.text("A call is under way: hang up first.", in: "Agent"))
        try other.expectNoFaults()
        _ = try page.evaluate("(\(press))('Hang up')")
        try page.wait(.css(".listening[data-state=over]"))
        #expect(try page.count(.css(".phone .bubble").having("(Hung up.)")) == 1)
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `a call is made by keyboard alone, and so is the picture read`() async throws {
        let page = try BrowserPage(try await RunningConsole.free.url)
        try page.show("phone/voice-auth-contact")
        try page.wait(.css(".block"))
        #expect(try page.tab(to: "input \(Self.number)"))
        try page.press("Control+A", "+", "1", "2", "0", "6", "5", "5", "5", "0", "1", "7", "6", "Enter")
        try page.wait(.text("(Twilio listens for 1 key.)", in: "Phone"))
        try page.wait(.css(".listening[data-state=waiting]"))
        // The focus has gone to the keys.
        #expect(try page.focused == "input Keys")
        try page.press("1", "Enter")
        try page.wait(.text("(Records for 5 s: say the phrase.)", in: "Phone"))
        try page.wait(.css(".listening[data-state=waiting]"))
        #expect(try page.tab(to: "input Words"))
        _ = try page.take("insert", nil, .string(Self.phrase))
        try page.press("Enter")
        try page.wait(.css(".phone .bubble").having("(Recorded: 5.0 s.)"))
        try page.wait(.css(".listening[data-state=waiting]"))
        #expect(try page.focused == "input Words")
        #expect(try page.tab(to: "button Hang up"))
        try page.press("Space")
        try page.wait(.css(".listening[data-state=over]"))
        // What has no use any more does not keep the focus.
        #expect(try page.focused == "button Call")

        #expect(try page.tab(to: "div Contact flow voice-auth-contact"))
        let place = "(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop])(document.querySelector('.picture'))"
        let before = try page.evaluate(place)
        try page.press("ArrowRight", "ArrowDown")
        #expect(try page.evaluate(place) != before)
        try page.press("Tab")
        let first = try page.focused
        #expect(first.hasPrefix("g "))
        try page.press("ArrowRight")
        let second = try page.focused
        #expect(second.hasPrefix("g ") && second != first)
        let isInSight = try page.evaluate(
            """
            (() => {
                const one = document.activeElement.getBoundingClientRect();
                const frame = document.querySelector(".picture").getBoundingClientRect();
                return one.left >= frame.left && one.right <= frame.right && one.top >= frame.top && one.bottom <= frame.bottom;
            })()
            """)
        #expect(isInSight.bool == true)
        for key in ["Enter", "Space"] {
            try page.press(key)
            try page.wait(.css(".block.chosen"))
            #expect(try page.count(.role("group", "Parameters")) == 1)
            try page.press("ArrowLeft")
        }
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `a saved call brings along what the number's earlier calls have left behind`() async throws {
        let console = try await RunningConsole.free
        let page = try BrowserPage(console.url)
        try page.show("phone/voice-auth-contact")
        try page.wait(.css(".block"))
        try page.fill(.label(Self.number), "+12065550177")
        // The first call is left after one recording; the second goes on from there.
        try page.click(.button("Call", in: "Phone"))
        try page.wait(.text("(Twilio listens for 1 key.)", in: "Phone"))
        try page.fill(.label("Keys", in: "Phone"), "1")
        try page.click(.button("Send keys", in: "Phone"))
        try page.wait(.text("(Records for 5 s: say the phrase.)", in: "Phone"))
        try page.fill(.label("Words", in: "Phone"), "\(Self.phrase) (hang up)")
        try page.click(.button("Say", in: "Phone"))
        try page.wait(.css(".listening[data-state=over]"))
        try page.click(.button("Call", in: "Phone"))
        try page.wait(.text("(Records for 5 s: say the phrase.)", in: "Phone"))
        try page.click(.button("Hang up", in: "Phone"))
        try page.wait(.css(".listening[data-state=over]"))
        try page.click(.button("Save as test", in: "Phone"))
        try page.wait(.css(".phone .about").having("Saved: integrations/connect/calls/voice-auth-contact-console-"))
        let path = try #require(
            page.texts(.css(".phone .about")).first { $0.hasPrefix("Saved: ") }?.dropFirst("Saved: ".count))
        let text = try String(contentsOf: console.root.appending(path: String(path)), encoding: .utf8)
        #expect(text.matches(of: #/> call from \+12065550177/#).count == 2, "\(text)")
        let replay = try console.command(["call", "voice-auth-contact", "--script", String(path)])
        #expect(replay.status == 0, "\(replay.said)")
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `a WAV file that is said reaches VoiceIt as it is, and is saved with its call`() async throws {
        let console = try await RunningConsole.free
        let page = try BrowserPage(console.url)
        try page.show("phone/voice-auth-contact")
        try page.wait(.css(".block"))
        try page.fill(.label(Self.number), "+12065550178")
        try page.click(.button("Call", in: "Phone"))
        try page.wait(.text("(Twilio listens for 1 key.)", in: "Phone"))
        try page.fill(.label("Keys", in: "Phone"), "1")
        try page.click(.button("Send keys", in: "Phone"))
        var digests: [String] = []
        for take in 1...4 {
            try page.wait(.css(".phone .bubble").having("(Records for 5 s: say the phrase.)").nth(take - 1))
            try page.wait(.css(".listening[data-state=waiting]"))
            let audio = Self.wave(take)
            digests.append(SHA256.hexadecimal(SHA256.digest(audio)))
            let file = console.root.appending(path: "my voice \(take).wav")
            try Data(audio).write(to: file)
            try page.take("upload", .label("or a WAV file"), .string(file.path))
            try page.click(.button("Say", in: "Phone"))
            try page.wait(.css(".phone .bubble.caller").having("myvoice\(take).wav"))
        }
        try page.wait(.css(".phone .bubble").having("Thank you, I have recognized your voice."))
        try page.wait(.css(".listening[data-state=over]"))
        #expect(try page.count(.css(".phone .bubble").having("(Recorded: 3.0 s.)")) == 4)
        let state = try await console.voiceIt(page)
        let came = state["calls"]?.array?.compactMap { $0["sha256"]?.string } ?? []
        #expect(digests.allSatisfy(came.contains), "\(came)")

        try page.click(.button("Save as test", in: "Phone"))
        try page.wait(.css(".phone .about").having("Saved: "))
        let path = try #require(
            page.texts(.css(".phone .about")).first { $0.hasPrefix("Saved: ") }?.dropFirst("Saved: ".count))
        let replay = try console.command(["call", "voice-auth-contact", "--script", String(path)])
        #expect(replay.status == 0, "\(replay.said)")
        let kept = console.root.appending(path: String(path.dropLast(".call".count)) + "-1.wav")
        #expect(try [UInt8](Data(contentsOf: kept)) == Self.wave(1))
        try page.expectNoFaults()
        try page.close()
    }

    private static let number = "Caller's number (E.164, or: withheld)"

    /// Returns three seconds of a voice without marks, in telephone quality; each take is another file.
    private static func wave(_ take: Int) -> [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> ($0 * 8) & 255) } }
        var samples = SynthesizedSpeech.samples(of: phrase).prefix(24_000).map { $0 &+ Int16(take) }
        samples += [Int16](repeating: 0, count: 24_000 - samples.count)
        let data = samples.flatMap { little(Int(UInt16(bitPattern: $0)), 2) }
        let format = little(1, 2) + little(1, 2) + little(8000, 4) + little(16_000, 4) + little(2, 2) + little(16, 2)
        let body =
            Array("WAVEfmt ".utf8) + little(format.count, 4) + format + Array("data".utf8) + little(data.count, 4)
            + data
        return Array("RIFF".utf8) + little(body.count, 4) + body
    }

    @Test func `an agent's guide sends both messages, and the inbox shows them`() async throws {
        let console = try await RunningConsole.free
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
        try page.expectNoFaults()
        try page.close()
    }
}
