import Foundation
import JSON
import TestSupport
import Testing

/// The other regions, used as a person does.
@Suite(.serialized) struct RegionTests {
    @Test func `a conversation in German has cards, requests and responses, and is replayed`() async throws {
        let console = try await RunningConsole.shared
        let page = try BrowserPage(console.url)
        try page.show("echo")
        try page.select(.label("Skill", in: "Echo"), "AlexaCRM")
        try page.select(.label("Locale", in: "Echo"), "de-DE")
        try page.click(.button("Start", in: "Echo"))
        try page.click(.css(".phrase").having("öffne").nth(0))
        try page.wait(.css(".turn .bubble.connect"))
        try page.fill(.label("You say"), "wer ist mein bester Lead")
        try page.click(.button("Say", in: "Echo"))
        try page.wait(.css(".alexa-card").having("Testing C"))
        #expect(
            try page.texts(.css(".turn .bubble.connect")).last?.contains("Dein wichtigster Lead ist Testing C") == true)
        try page.click(.css("summary").having("Request and response").nth(1))
        #expect(try page.texts(.role("group", "Request")).contains { $0.contains("de-DE") })
        try page.keepPicture("echo")
        try page.click(.button("Save as test", in: "Echo"))
        try page.wait(.text("Saved: integrations/alexa/crm/conversations/de-DE-console-1.talk"))
        let replay = try console.command([
            "talk", "AlexaCRM", "--locale", "de-DE", "--linked", "--replay",
            "integrations/alexa/crm/conversations/de-DE-console-1.talk",
        ])
        #expect(replay.status == 0, "\(replay.said)")
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `two silences end the session`() async throws {
        let page = try BrowserPage(try await RunningConsole.shared.url)
        try page.show("echo/AlexaCRM")
        try page.select(.label("Locale", in: "Echo"), "en-US")
        try page.click(.button("Start", in: "Echo"))
        // The phrases of the conversation before may still be there.
        try page.click(.css(".phrase").having("open my assistant").nth(0))
        try page.wait(.css(".turn .bubble.connect"))
        for _ in 1...2 { try page.click(.button("Silence", in: "Echo")) }
        try page.wait(.css(".turn").having("the session has ended"))
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `a stream plays with real sound, and its bar moves it`() async throws {
        let page = try BrowserPage(try await RunningConsole.shared.url)
        try page.show("echo/AlexaJokebox")
        try page.click(.button("Start", in: "Echo"))
        try page.click(.css(".phrase").having("jokebox").nth(0))
        try page.wait(.role("slider", "Position"))
        try page.click(.text("sound", in: "Echo"))
        try page.take("evaluate", nil, .string("new Promise((resolve) => setTimeout(resolve, 600))"))
        let audio = try page.evaluate(
            "(() => { const audio = document.querySelector('.player audio'); return [audio.duration, audio.error?.code ?? 0]; })()"
        )
        #expect(Double(audio.array?.first?.scalarText ?? "") ?? 0 > 1)
        #expect(audio.array?.last?.int == 0)
        _ = try page.evaluate(
            "(() => { const bar = document.querySelector('.player input[type=range]'); bar.value = 7000; bar.dispatchEvent(new Event('change')); })()"
        )
        try page.wait(.css(".place").having("7."))
        try page.click(.button("Pause", in: "Echo"))
        try page.wait(.css(".playing").having("stopped"))
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `a conversation with a stream that plays is replayed in the terminal`() async throws {
        let console = try await RunningConsole.shared
        let page = try BrowserPage(console.url)
        try page.show("echo/AlexaJokebox")
        try page.click(.button("Start", in: "Echo"))
        #expect(try page.evaluate("document.querySelector('.check input').closest('label').hidden") == true)
        try page.click(.css(".phrase").having("jokebox").nth(0))
        try page.wait(.role("slider", "Position"))
        // Time passes, a button is pressed, the stream is moved, and words are said meanwhile.
        try page.take("evaluate", nil, .string("new Promise((resolve) => setTimeout(resolve, 1300))"))
        try page.click(.button("Next", in: "Echo"))
        try page.wait(.css(".turn").nth(1))
        _ = try page.evaluate(
            "(() => { const bar = document.querySelector('.player input[type=range]'); bar.value = 5000; bar.dispatchEvent(new Event('change')); })()"
        )
        try page.wait(.css(".place").having("5."))
        try page.fill(.label("You say"), "stop")
        try page.click(.button("Say", in: "Echo"))
        try page.wait(.css(".playing").having("stopped"))
        try page.click(.button("Save as test", in: "Echo"))
        try page.wait(.text("Saved: integrations/alexa/jokebox/conversations/en-US-console-1.talk"))
        let replay = try console.command([
            "talk", "AlexaJokebox", "--replay", "integrations/alexa/jokebox/conversations/en-US-console-1.talk",
        ])
        #expect(replay.status == 0, "\(replay.said)")
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `records are added, edited and asked for, and text in them stays text`() async throws {
        let page = try BrowserPage(try await RunningConsole.shared.url)
        try page.show("crm/Lead")
        try page.click(.button("New Lead", in: "CRM"))
        let name = "Silva <img src=x onerror=alert(1)>"
        try page.fill(.label("LastName *"), name)
        try page.click(.button("Save", in: "CRM"))
        // Salesforce's own words.
        try page.wait(.text("REQUIRED_FIELD_MISSING", in: "CRM"))
        try page.fill(.label("Company *"), "Example & Co")
        try page.click(.button("Save", in: "CRM"))
        try page.wait(.css("td").having(name))
        try page.click(.css("tr:has-text('Example & Co') button"))
        try page.fill(.label("Company *"), "Example AG")
        try page.click(.button("Save", in: "CRM"))
        try page.wait(.css("td").having("Example AG"))
        try page.fill(.label("Query"), "SELECT LastName FROM Lead WHERE Company = 'Example AG'")
        try page.click(.button("Run query", in: "CRM"))
        try page.wait(.role("group", "Result of the query"))
        #expect(try page.texts(.role("group", "Result of the query")).contains { $0.contains(name) })
        #expect(try page.count(.css("main img")) == 0)
        try page.keepPicture("crm")
        // Columns stand as the query names them, those of a parent among them.
        try page.fill(.label("Query"), "SELECT Title, Owner.Name, Company, Id FROM Lead WHERE Company = 'Example AG'")
        try page.click(.button("Run query", in: "CRM"))
        try page.wait(.role("group", "Result of the query").having("Owner.Name"))
        let columns = try page.texts(.css("main [aria-label='Result of the query'] th"))
        #expect(columns == ["Title", "Owner.Name", "Company", "Id"])
        try page.fill(.label("Query"), "SELECT Nothing FROM Lead")
        try page.click(.button("Run query", in: "CRM"))
        try page.wait(.text("INVALID_FIELD", in: "CRM"))
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `a call's recording plays through its stable link`() async throws {
        let console = try await RunningConsole.shared
        let page = try BrowserPage(console.url)
        try page.show("functions/ConnectRecording")
        try page.wait(.css("[data-event]"))
        // A call is registered, and its recording arrives: it is in the local bucket.
        for event in ["01-voice-us-number", "10-recording-by-s3-copy"] {
            try page.click(.css("[data-event='\(event)']"))
            try page.wait(.css("[data-event='\(event)'][aria-pressed=true]"))
            try page.click(.button("Run", in: "Functions"))
            try page.wait(.css(".verdict").having("As expected"))
        }
        try page.show("crm/Call_Recording_Info__c")
        try page.wait(.css("td"))
        try page.click(.button("Play", in: "CRM").nth(0))
        try page.wait(.css("audio[controls]"))
        let duration = try page.evaluate(
            """
            new Promise((resolve) => {
                const audio = document.querySelector("audio[controls]");
                const done = () => resolve([audio.duration, audio.error?.code ?? 0]);
                audio.readyState > 0 ? done() : (audio.onloadedmetadata = done, audio.onerror = done);
            })
            """)
        #expect(Double(duration.array?.first?.scalarText ?? "") ?? 0 > 0)
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `a link that leads nowhere is told in a sentence, and the keyboard keeps its place`() async throws {
        let console = try await RunningConsole.shared
        let page = try BrowserPage(console.url)
        try page.show("crm/Account")
        try page.click(.button("New Account", in: "CRM"))
        let link = "https://nobody.example.com/a.wav"
        try page.fill(.label("Name *"), link)
        try page.take("press", nil, "Enter")
        try page.wait(.css("td").having(link))
        // What opened the form has the focus again.
        #expect(try page.evaluate("document.activeElement.textContent").string == "New Account")
        try page.click(.css("tr:has-text('nobody.example.com') button:has-text('Edit')"))
        try page.wait(.label("Name *"))
        try page.take("press", nil, "Escape")
        #expect(try page.evaluate("document.querySelector('.crm form').closest('[hidden]') !== null").bool == true)
        let focused = try page.evaluate("document.activeElement.getAttribute('aria-label')").string ?? ""
        #expect(focused.hasPrefix("Edit "))
        try page.click(.css("tr:has-text('nobody.example.com') button:has-text('Play')"))
        try page.wait(.css("td [role=alert]").having("The link does not lead to a recording"))
        // What happens in the org meanwhile draws the table anew, and takes nothing away that was asked for.
        _ = try await console.api("POST", "crm/Account", ["fields": ["Name": "Meanwhile"]])
        try page.wait(.css("td").having("Meanwhile"))
        #expect(try page.count(.css("td [role=alert]")) == 1)
        try page.close()
    }

    @Test func `the board's buttons read the queues and the past, and their rows are seen at once`() async throws {
        let console = try await RunningConsole.shared
        let page = try BrowserPage(console.url)
        try page.show("board")
        try page.wait(.role("group", "Queues now"))
        try page.click(.label("Busy at every hour", in: "Board"))
        try page.click(.button("Read the queues now", in: "Board"))
        try page.wait(.role("status", "").having("6 queues read"))
        let now = try page.texts(.role("group", "Queues as they are")).first ?? ""
        for column in ["Contacts in Queue", "Longest Wait (Seconds)", "As Of", "Contacts_In_Queue__c"] {
            #expect(now.contains(column), "\(now)")
        }
        #expect(try page.count(.css("[aria-label='Queues as they are'] tbody tr")) == 6)
        // The other one by keyboard.
        try page.take("focus", .button("Read the last 24 hours", in: "Board"))
        try page.take("press", nil, "Enter")
        // Some two thousand rows, which an org in a debug build takes its time for.
        try page.waitLong(.role("status", "").having("of past intervals read"))
        for (table, column) in [("Queues by interval", "Service Level"), ("Agents by interval", "Occupancy")] {
            try page.wait(.role("group", table))
            let rows = try page.count(.css("[aria-label='\(table)'] tbody tr"))
            #expect(rows == 100, "\(table): \(rows)")
            #expect(try page.texts(.role("group", table)).first?.contains(column) == true)
        }
        #expect(try page.evaluate("document.activeElement.textContent").string == "Read the last 24 hours")
        try page.keepPicture("board")
        try page.show("timeline")
        try page.fill(.label("Filter"), "ConnectMetrics")
        try page.wait(.css(".event").having("ConnectMetrics → ok"))
        #expect(try page.count(.css(".event").having("ConnectMetrics → ok")) == 2)
        try page.fill(.label("Filter"), "")
        try page.show("faults")
        try page.click(.role("switch", "Amazon Connect is throttled"))
        try page.wait(.css("[role=switch][aria-checked=true]"))
        try page.show("board")
        try page.click(.button("Read the queues now", in: "Board"))
        // The function repeats what is throttled as long as its time allows.
        try page.waitLong(.css(".board [role=alert]").having("ConnectMetrics failed: Function.ServiceUnavailable"))
        try page.show("faults")
        try page.click(.role("switch", "Amazon Connect is throttled"))
        try page.take("wait", .css("[role=switch][aria-checked=true]"), "hidden")
        try page.show("board")
        try page.click(.button("Read the queues now", in: "Board"))
        try page.wait(.role("status", "").having("6 queues read"))
        #expect(try page.faults == [])
        try page.close()
    }

    @Test func `the board has its own words for a task that there is not, and is the same on each page`() async throws {
        let console = try await RunningConsole.shared
        let refused = try await console.api("POST", "board/read", ["task": "hourly"])
        #expect(refused["error"]?.string?.contains("realtime or historical") == true)
        let board = try await console.api("GET", "board")
        let queue = board["queues"]?.array?.first
        for name in ["inQueue", "oldestSeconds", "agentsOnline", "agentsAvailable", "agentsStaffed", "slotsAvailable"] {
            #expect(queue?[name]?.int != nil, "\(name)")
        }
        #expect(board["queues"]?.array?.count == 6 && board["agents"]?.array?.count == 12)
    }

    @Test func `an inbox that has grown is searched, and says when, from whom and how large`() async throws {
        let console = try await RunningConsole.shared
        let source = try String(
            contentsOf: console.root.appending(path: "events/SendEmail/05-sender-from-environment.json"),
            encoding: .utf8)
        let text = try String(
            contentsOf: console.root.appending(path: "events/SendSMS/10-direct-invoke.json"), encoding: .utf8)
        let name = try #require(source.firstMatch(of: #/"[^"]*Email"\s*:\s*"([^"@]+)@/#)).1
        for number in 1...9 {
            // Other people, so that none is sent twice.
            let event = source.replacing("\(name)@", with: "reader-\(number)@")
            _ = try await console.api("POST", "functions/SendEmail/run", ["event": .string(event)])
        }
        _ = try await console.api("POST", "functions/SendSMS/run", ["event": .string(text)])
        let page = try BrowserPage(console.url, width: 400)
        try page.show("inbox")
        try page.wait(.label("Search", in: "Inbox"))
        try page.fill(.label("Search", in: "Inbox"), "READER-7@")
        try page.wait(.css(".finder [role=status]").having("1 of "))
        #expect(try page.count(.css(".mail-row")) == 1)
        try page.click(.css(".mail-row"))
        let facts = try page.texts(.css(".mail dl")).first ?? ""
        for word in ["When", "From", "reader-7@", "Size", "KB of text and HTML"] { #expect(facts.contains(word)) }
        try page.fill(.label("Search", in: "Inbox"), "nobody has written this")
        try page.wait(.css(".finder [role=status]").having("0 of "))
        try page.fill(.label("Search", in: "Inbox"), "")
        #expect(try page.count(.css(".mail-row time")) == page.count(.css(".mail-row")))
        #expect(try page.count(.css(".sms time")) == page.count(.css(".sms")))
        let overflow = try page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        #expect(overflow.int == 0)
        #expect(try page.faults == [])
        try page.close()
    }

    @Test func `what differs from what is expected is listed, and what is secret is masked`() async throws {
        let page = try BrowserPage(try await RunningConsole.shared.url)
        try page.show("functions/SendSMS/13-number-not-e164")
        try page.wait(.css("[data-event='13-number-not-e164'][aria-pressed=true]"))
        try page.click(.button("Run", in: "Functions"))
        try page.wait(.text("As expected", in: "Functions"))
        #expect(try page.count(.role("group", "Differences")) == 0)
        // Another event under this one's name: its expectation stays.
        try page.fill(.label("Event", in: "Functions"), "{\"another\": 1}")
        // The second time it is no better.
        for _ in 1...2 {
            try page.click(.button("Run", in: "Functions"))
            try page.wait(.text("Not as expected", in: "Functions"))
        }
        let differences = try page.texts(.role("group", "Differences")).first ?? ""
        for word in ["Member", "Expected", "Came", "errorType", "Function.InvalidPhoneNumber"] {
            #expect(differences.contains(word), "\(differences)")
        }
        #expect(
            try page.texts(.css("[aria-current=true] .about")).contains { $0.contains("zip") && $0.contains("cold") })
        try page.show("functions/VoiceAuthCheck")
        try page.wait(.css("h2").having("VoiceAuthCheck"))
        try page.click(.css("summary").having("Variables"))
        let variables = try page.texts(.role("group", "Variables")).first ?? ""
        #expect(variables.contains("VOICE_HASH_SECRET") && variables.contains("(secret)"))
        #expect(!variables.contains("a long random text"))
        try page.close()
    }

    @Test func `a function runs, is compared with what is expected, and an event is saved`() async throws {
        let console = try await RunningConsole.shared
        let page = try BrowserPage(console.url)
        try page.show("functions/SendSMS")
        try page.wait(.css("[data-event][aria-pressed=true]"))
        try page.click(.button("Run", in: "Functions"))
        try page.wait(.text("As expected", in: "Functions"))
        try page.keepPicture("functions")
        try page.fill(.label("Event", in: "Functions"), "{\"nothing\": 1")
        try page.click(.button("Run", in: "Functions"))
        try page.wait(.text("The event is not JSON", in: "Functions"))
        try page.fill(.label("Event", in: "Functions"), "{\"nothing\": 1}")
        try page.click(.button("Run", in: "Functions"))
        try page.wait(.text("Not as expected", in: "Functions"))
        try page.click(.css("summary").having("Save as test"))
        try page.fill(.label("Name of the event"), "99-nothing")
        try page.click(.button("Save as test", in: "Functions"))
        try page.wait(.text("Saved: events/SendSMS/99-nothing.json"))
        let run = try console.command(["demo", "SendSMS", "-v"])
        #expect(run.status == 0, "\(run.said)")
        // Variables are there, secrets are not.
        let functions = try await console.api("GET", "functions").text
        for secret in ["local-secret", "pass:word"] { #expect(!functions.contains(secret)) }
        try page.expectNoFaults()
        try page.close()
    }

    @Test func `a refused event changes no file, and an edited event's command is its own`() async throws {
        let console = try await RunningConsole.free
        let expected = console.root.appending(path: "events/Echo/expected.json")
        let before = try Data(contentsOf: expected)
        for name in ["expected", String(repeating: "9", count: 300), "01-object"] {
            let body: JSONValue = ["kind": "event", "function": "Echo", "name": .string(name), "event": "1"]
            #expect(try await console.api("POST", "save", body)["error"] != nil, "\(name)")
        }
        #expect(try Data(contentsOf: expected) == before)
        let edited = try await console.api(
            "POST", "functions/Echo/run", ["event": #"{"a":2}"#, "name": "01-object"])
        #expect(edited["command"]?.string?.contains(#"'{"a":2}'"#) == true)
        let event = try String(contentsOf: console.root.appending(path: "events/Echo/01-object.json"), encoding: .utf8)
        let whole = try await console.api(
            "POST", "functions/Echo/run", ["event": .string(event), "name": "01-object"])
        #expect(whole["command"]?.string?.hasSuffix("--event events/Echo/01-object.json") == true)
    }

    @Test func `a view is answered once, and nobody listens to keys meanwhile`() async throws {
        let console = try await RunningConsole.free
        _ = try await console.api("POST", "phone", ["flow": "guide", "from": "+12065550142", "profile": true])
        func view() async throws -> Int {
            for _ in 0..<300 {
                if let number = try await console.api("GET", "phone")["view"]?["number"]?.int { return number }
                try await Task.sleep(for: .milliseconds(50))
            }
            return 0
        }
        let number = try await view()
        #expect(try await console.api("POST", "phone/type", ["text": "1"])["error"] != nil)
        // As many clicks in one moment.
        let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 1...8 {
                group.addTask {
                    let body: JSONValue = ["choice": 0, "view": .number(number)]
                    return try await console.api("POST", "phone/view", body)["error"] == nil
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 1)
        #expect(try await view() == number + 1)
        _ = try await console.api("POST", "phone/hangup", [:])
        for _ in 0..<300 where try await console.api("GET", "phone")["state"] != "over" {
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    @Test func `a fault that is switched on is heard in a call and seen in the timeline, until it is switched off`()
        async throws
    {
        let console = try await RunningConsole.free
        let page = try BrowserPage(console.url)
        for isDown in [true, false] {
            try page.show("faults")
            try page.click(.role("switch", "Salesforce is down"))
            try page.wait(.css("[data-fault=salesforce-down][aria-checked=\(isDown)]"))
            if isDown { try page.keepPicture("faults") }
            try page.show("phone/data-dip")
            try page.wait(.css(".block"))
            // ConnectCRM answers "unavailable" then, and the flow greets nobody by name; a loaded machine does it once, too.
            var said = try Self.greeting(page)
            if !isDown, said.contains("Connect\nHello.") { said = try Self.greeting(page) }
            #expect(said.contains("Connect\nHello.") == isDown, "\(said)")
            guard isDown else { break }
            // What the fault did is no test of a fresh start.
            try page.click(.button("Save as test", in: "Phone"))
            try page.wait(.css(".phone .fault").having("does not replay from a fresh start"))
            try page.show("timeline")
            try page.fill(.label("Filter"), "503")
            try page.wait(.css(".event[data-outcome=failed]").nth(0))
        }
        try page.show("timeline")
        try page.fill(.label("Filter"), "salesforce is down")
        try page.wait(.css(".event").having("Salesforce is down: off"))
        #expect(try page.count(.css(".event")) == 2)
        try page.expectNoFaults()
        try page.close()
    }

    /// Calls the flow that is shown, and returns what Amazon Connect says until it listens.
    private static func greeting(_ page: BrowserPage) throws -> [String] {
        try page.click(.button("Call", in: "Phone"))
        try page.wait(.css(".phone .bubble.connect").nth(0))
        try page.wait(.css(".listening:is([data-state=waiting], [data-state=over])"))
        let said = try page.texts(.css(".phone .bubble.connect"))
        if try page.count(.css(".listening[data-state=waiting]")) > 0 {
            try page.click(.button("Hang up", in: "Phone"))
            try page.wait(.css(".listening[data-state=over]"))
        }
        return said
    }

    @Test func `AWS that is throttled makes a message fail`() async throws {
        let console = try await RunningConsole.shared
        let event = try String(
            contentsOf: console.root.appending(path: "events/SendEmail/05-sender-from-environment.json"),
            encoding: .utf8)
        _ = try await console.api("POST", "faults/aws-throttled", ["isOn": true])
        let down = try await console.api("POST", "functions/SendEmail/run", ["event": .string(event)])
        #expect(down["isError"]?.bool == true, "\(down.text)")
        _ = try await console.api("POST", "faults/aws-throttled", ["isOn": false])
        let up = try await console.api("POST", "functions/SendEmail/run", ["event": .string(event)])
        #expect(up["isError"]?.bool == false, "\(up.text)")
    }

    @Test func `the timeline is filtered, read by keyboard, and cleared`() async throws {
        let console = try await RunningConsole.shared
        let page = try BrowserPage(console.url)
        try page.show("functions/Echo")
        try page.wait(.css("[data-event][aria-pressed=true]"))
        try page.click(.button("Run", in: "Functions"))
        try page.wait(.css(".verdict"))
        try page.click(.button("Run", in: "Functions"))
        try page.show("timeline")
        try page.wait(.css(".event").nth(1))
        try page.fill(.label("Filter"), "Echo")
        try page.click(.css(".event").having("Echo → ").nth(0))
        try page.wait(.text("MB at most", in: "Timeline"))
        #expect(try page.texts(.role("group", "Command")).first?.contains("invoke Echo --event") == true)
        #expect(try page.count(.role("group", "Event")) == 1)
        #expect(try page.texts(.role("group", "Log")).first?.contains("REPORT RequestId") == true)
        try page.keepPicture("timeline")
        try page.fill(.label("Filter"), "")
        try page.take("press", nil, "Tab")
        try page.click(.css(".event").nth(0))
        let first = try page.texts(.css(".detail"))
        try page.take("press", nil, "ArrowDown")
        #expect(try page.texts(.css(".detail")) != first)
        try page.click(.button("Clear", in: "Timeline"))
        try page.wait(.text("Nothing has happened yet", in: "Timeline"))
        #expect(try page.count(.css(".event")) == 0)
        try page.expectNoFaults()
        try page.close()
    }
}
