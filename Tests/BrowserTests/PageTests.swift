import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

/// The page as a whole: its names, its widths, and its keyboard.
@Suite(.serialized) struct PageTests {
    private static let regions = [
        "Timeline", "Phone", "Echo", "Agent", "Inbox", "CRM", "Functions", "Board", "Faults",
    ]

    /// A console in which something has happened everywhere.
    private static let busy = Task {
        let console = try await RunningConsole()
        _ = try await console.api("POST", "phone", ["flow": "guide", "from": "+12065550142", "profile": true])
        for (function, name) in [("SendEmail", "03-html-in-fields"), ("SendSMS", "01-guide-form")] {
            let event = try String(
                contentsOf: console.root.appending(path: "events/\(function)/\(name).json"), encoding: .utf8)
            _ = try await console.api("POST", "functions/\(function)/run", ["event": .string(event)])
        }
        _ = try await console.api("POST", "echo", ["skill": "AlexaJokebox", "locale": "en-US", "linked": true])
        _ = try await console.api("POST", "echo/say", ["text": "open jokebox"])
        return console
    }

    @Test(arguments: [(1280, "light"), (1280, "dark"), (400, "light"), (400, "dark")])
    func `each region fits, and has its name`(width: Int, scheme: String) async throws {
        let page = try BrowserPage(try await Self.busy.value.url, width: width, scheme: scheme)
        for name in Self.regions {
            try page.show(name.lowercased())
            try page.wait(.role("region", name))
            #expect(try page.count(.css("section.region:not([hidden])")) == 1)
            let overflow = try page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth")
            #expect(overflow.int == 0, "\(name) at \(width)")
            // Every control has a name, for screen readers.
            let nameless = try page.evaluate(
                """
                [...document.querySelectorAll("section:not([hidden]) button, section:not([hidden]) input, \
                section:not([hidden]) select, section:not([hidden]) textarea")]
                    .filter((one) => !one.textContent.trim() && !one.getAttribute("aria-label") && !one.labels?.length)
                    .map((one) => one.outerHTML)
                """)
            #expect(nameless.array == [], "\(name)")
            try page.expectNoViolations(name)
            try page.keepPicture("\(name.lowercased())-\(width)-\(scheme)")
        }
        let colour = try page.evaluate("getComputedStyle(document.body).backgroundColor").string ?? ""
        let light = colour.matches(of: #/\d+/#).compactMap { Int($0.output) }.reduce(0, +) > 380
        #expect(light == (scheme == "light"))
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `the Tab key leads through the page, and the focus is always seen`() async throws {
        let page = try BrowserPage(try await RunningConsole.shared.url)
        try page.show("phone/voice-auth-contact")
        try page.wait(.css(".block"))
        try page.press("Tab")
        #expect(try page.focused == "a Skip to the region")
        var stops: [String] = []
        for _ in 0..<60 {
            let isSeen = try page.evaluate(
                """
                (() => {
                    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
                    const card = one.querySelector?.(".card");
                    const isMarked = style.outlineStyle !== "none" || (card && getComputedStyle(card).strokeWidth !== "1px");
                    return isMarked && box.width > 0 && box.bottom > 0 && box.right > 0 && box.left < innerWidth;
                })()
                """)
            let name = try page.focused
            #expect(isSeen.bool == true, "\(name)")
            stops.append(name)
            try page.press("Tab")
            if try page.focused.isEmpty { break }
        }
        // In the order in which one telephones; the blocks of the picture are one stop.
        let wanted = ["input Caller's number (E.164, or: withheld)", "button Call", "input Keys", "input Words"]
        #expect(wanted.compactMap { stops.firstIndex(of: $0) }.count == wanted.count, "\(stops)")
        let places = wanted.compactMap { stops.firstIndex(of: $0) }
        #expect(places == places.sorted(), "\(stops)")
        #expect(stops.count { $0.hasPrefix("g ") } == 1, "\(stops)")
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `a page says that the command has ended, and shows the next run as if it were new`() async throws {
        // A port that is given is free again at once.
        let port = UInt16.random(in: 20_000...30_000)
        let first = try await RunningConsole(port: port)
        let page = try BrowserPage(first.url)
        try page.show("phone/voicemail")
        try page.wait(.css(".block"))
        try page.click(.button("Call", in: "Phone"))
        try page.wait(.css(".listening[data-state=waiting]"))
        first.stop()
        try page.wait(.text("The command has ended, or cannot be reached."))
        let second = try await RunningConsole(port: port)
        try page.wait(.css("#state[data-state=open]"))
        try page.wait(.text("No call."))
        #expect(try page.count(.css(".phone .bubble")) == 0)
        try page.close()
        second.stop()
    }

    @Test func `the focus stays where it is when lists are made anew`() async throws {
        let console = try await RunningConsole.shared
        let page = try BrowserPage(console.url)
        try await console.flood(2)
        try page.show("timeline")
        try page.wait(.css(".event"))
        try page.take("focus", .css(".event").nth(0))
        let place = "document.activeElement.dataset.id"
        let first = try page.evaluate(place)
        let chip = try page.texts(.css(".chip")).first ?? ""
        try await console.flood(4)
        try page.wait(.css(".event[data-id='\(first.string ?? "")'] >> xpath=../preceding-sibling::li[4]"))
        #expect(try page.evaluate(place) == first)
        try page.take("focus", .css(".chip").nth(0))
        try await console.flood(2)
        try page.take("evaluate", nil, .string("new Promise((resolve) => setTimeout(resolve, 500))"))
        #expect(try page.focused == "button \(chip)")
        try page.show("faults")
        try page.wait(.role("switch", "VoiceIt is busy"))
        try page.take("focus", .role("switch", "VoiceIt is busy"))
        try await console.flood(2)
        try page.take("evaluate", nil, .string("new Promise((resolve) => setTimeout(resolve, 500))"))
        #expect(try page.focused == "button VoiceIt is busy")
        try page.expectNoFaults()
        try page.close()
    }
}
