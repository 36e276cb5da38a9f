import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

/// Who may use the page, and what others can make of it.
@Suite(.serialized) struct SafetyTests {
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
                // A form needs no permission; what it sends is no JSON, and comes from here.
                for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
                    const held = document.createElement("iframe");
                    held.name = `held ${type}`;
                    const form = document.createElement("form");
                    Object.assign(form, { method: "POST", action: target + "api/faults/salesforce-down", enctype: type, target: held.name });
                    const input = document.createElement("input");
                    [input.name, input.value] = ['{"isOn":true,"x":"', '"}'];
                    form.append(input);
                    document.body.append(held, form);
                    form.submit();
                }
                const frame = document.createElement("iframe");
                frame.src = target;
                document.body.append(frame);
                for (const path of ["api/status", "app.js"]) {
                    const script = document.createElement("script");
                    script.src = target + path;
                    script.onload = () => seen.push(`script ${path}`);
                    document.body.append(script);
                }
                const image = new Image();
                image.onload = () => seen.push("image");
                image.src = target + "icon.svg";
                await new Promise((resolve) => {
                    const socket = new WebSocket(target.replace("http", "ws") + "api/events");
                    socket.onopen = () => { seen.push("socket"); resolve(); };
                    socket.onerror = resolve;
                });
                await new Promise((resolve) => setTimeout(resolve, 500));
                try { if (frame.contentDocument?.title.includes("Switchboard")) seen.push("frame"); } catch {}
                if (frame.contentWindow.length || frame.contentDocument?.body?.textContent.includes("Switchboard")) seen.push("frame");
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
        for host in ["127.0.0.1", "localhost", "rebound.example"] {
            try page.take("goto", nil, .string("http://\(host):\(server.port)/"))
            let seen = try page.evaluate("attack('\(console.url)')")
            #expect(seen.array == [], "\(host)")
        }
        // The evil site's name leads to the console itself.
        let rebound = "http://rebound.example:\(try console.port)/"
        #expect(try page.take("download", nil, .string(rebound)).int == 421)
        #expect(try page.evaluate("fetch('/api/status').then((answer) => answer.status)").int == 421)
        let faults = try await console.api("GET", "faults")
        #expect(faults["faults"]?.array?.allSatisfy { $0["isOn"]?.bool == false } == true)
        try page.close()
        await server.stop()
    }

    @Test func `the page can load nothing from elsewhere, and nothing can put a script into it`() async throws {
        let page = try BrowserPage(try await RunningConsole.shared.url)
        try page.show("timeline")
        try page.wait(.role("region", "Timeline"))
        let seen = try page.evaluate(
            """
            (async () => {
                const refused = [];
                document.addEventListener("securitypolicyviolation", (violation) => refused.push(violation.effectiveDirective));
                const inline = document.createElement("script");
                inline.textContent = "window.wasRun = true";
                document.body.append(inline);
                const handler = document.createElement("b");
                handler.setAttribute("onclick", "window.wasRun = true");
                document.body.append(handler);
                handler.click();
                await fetch("https://example.com/").catch(() => {});
                await new Promise((resolve) => setTimeout(resolve, 200));
                return [String(window.wasRun), ...refused];
            })()
            """)
        #expect(
            seen.array?.compactMap(\.string) == ["undefined", "script-src-elem", "script-src-attr", "connect-src"])
        let elsewhere = try page.evaluate(
            "performance.getEntriesByType('resource').map((one) => one.name).filter((name) => !name.startsWith(location.origin))"
        )
        #expect(elsewhere.array?.count { $0.string != "https://example.com/" } == 0)
        try page.close()
    }
}
