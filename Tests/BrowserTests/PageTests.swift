import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

/// The page as a whole: its names, its widths, its speed, and who may use it.
@Suite(.serialized) struct PageTests {
    private static let regions = [
        "Timeline", "Phone", "Echo", "Agent", "Inbox", "CRM", "Functions", "Board", "Faults",
    ]

    @Test(arguments: [(1280, "light"), (1280, "dark"), (400, "light"), (400, "dark")])
    func `each region fits, and has its name`(width: Int, scheme: String) async throws {
        let page = try BrowserPage(try await RunningConsole.shared.url, width: width, scheme: scheme)
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
            try page.keepPicture("\(name.lowercased())-\(width)-\(scheme)")
        }
        let colour = try page.evaluate("getComputedStyle(document.body).backgroundColor").string ?? ""
        let light = colour.matches(of: #/\d+/#).compactMap { Int($0.output) }.reduce(0, +) > 380
        #expect(light == (scheme == "light"))
        #expect(try page.faults == [])
        try page.close()
    }

    @Test func `a page of another origin in the same browser can do nothing`() async throws {
        let console = try await RunningConsole.shared
        let evil = """
            <!doctype html><title>evil</title><script>
            async function attack(target) {
                const seen = [];
                const json = { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"isOn":true}' };
                for (const [path, options] of [["api/status", {}], ["api/functions", { mode: "no-cors" }],
                    ["api/faults/salesforce-down", json],
                    ["api/faults/salesforce-down", { method: "POST", mode: "no-cors", body: '{"isOn":true}' }],
                    ["api/timeline/clear", { method: "POST", mode: "no-cors" }]]) {
                    try {
                        const response = await fetch(target + path, options);
                        const text = await response.text();
                        if (text) seen.push(text);
                    } catch {}
                }
                await new Promise((resolve) => {
                    const stream = new EventSource(target + "api/events");
                    stream.onmessage = (message) => { seen.push(message.data); resolve(); };
                    stream.onopen = () => { seen.push("stream"); resolve(); };
                    stream.onerror = () => { stream.close(); resolve(); };
                });
                const frame = document.createElement("iframe");
                frame.src = target;
                document.body.append(frame);
                await new Promise((resolve) => setTimeout(resolve, 500));
                try { if (frame.contentDocument?.title.includes("Switchboard")) seen.push("frame"); } catch {}
                return seen;
            }
            </script><body></body>
            """
        let server = try await LoopbackServer { connection in
            var connection = connection
            while true {
                _ = try await connection.readMessage(limit: 1 << 16)
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(evil.utf8.count)\r\n\r\n"
                try await connection.write(Array((head + evil).utf8))
            }
        }
        let page = try BrowserPage(console.url)
        for host in ["127.0.0.1", "localhost"] {
            try page.take("goto", nil, .string("http://\(host):\(server.port)/"))
            let seen = try page.evaluate("attack('\(console.url)')")
            #expect(seen.array == [], "\(host)")
        }
        let faults = try await console.api("GET", "faults")
        #expect(faults["faults"]?.array?.allSatisfy { $0["isOn"]?.bool == false } == true)
        try page.close()
        await server.stop()
    }

    @Test func `the page is usable within two seconds of the command`() async throws {
        let start = ContinuousClock.now
        let console = try await RunningConsole()
        let page = try BrowserPage(console.url)
        try page.show("phone")
        try page.wait(.button("Call", in: "Phone"))
        try page.wait(.css(".block"))
        let took = ContinuousClock.now - start
        // The command's own: a browser's window takes some of it, and a debug build more than what is released.
        #expect(took < .seconds(4), "\(took)")
        try page.wait(.css("#state[data-state=open]"))
        try page.close()
        console.stop()
    }

    @Test func `a key press leads to its bubble at once`() async throws {
        let page = try BrowserPage(try await RunningConsole.shared.url)
        try page.show("phone/voice-auth-contact")
        try page.wait(.css(".block"))
        try page.click(.button("Call", in: "Phone"))
        try page.wait(.css(".listening[data-state=waiting]"))
        let milliseconds = try page.evaluate(
            """
            (async () => {
                const bubbles = document.querySelector(".phone .bubbles");
                const seen = new Promise((resolve) => new MutationObserver(() => {
                    if (bubbles.querySelector(".caller")) resolve(performance.now());
                }).observe(bubbles, { childList: true }));
                const keys = [...document.querySelectorAll(".phone label")].find((label) => label.textContent === "Keys").control;
                keys.value = "1";
                const start = performance.now();
                [...document.querySelectorAll(".phone button")].find((one) => one.textContent === "Send keys").click();
                return Math.round(await seen - start);
            })()
            """)
        #expect((milliseconds.int ?? .max) < 150)
        try page.click(.button("Hang up", in: "Phone"))
        try page.wait(.css(".listening[data-state=over]"))
        try page.close()
    }

    @Test func `an idle console takes no processor time`() async throws {
        let console = try await RunningConsole.shared
        let page = try BrowserPage(console.url)
        try page.show("timeline")
        try await Task.sleep(for: .seconds(2))
        let before = console.processorTime
        try await Task.sleep(for: .seconds(5))
        let used = console.processorTime - before
        #expect(used < 0.1, "\(used) s of 5")
        try page.close()
    }
}
