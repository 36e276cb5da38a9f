import Foundation
import JSON
import LocalServices
import Synchronization
import TestSupport
import Testing
import Timeline

/// The proxy that a watched function's requests go through.
struct OutboundProxyTests {
    /// Sends a request through a proxy, and returns the response; nil when the proxy closes the connection.
    private func send(_ lines: [String], body: String = "", through proxy: OutboundProxy) async throws -> HTTPMessage? {
        var connection = try await HTTPConnection(port: proxy.port)
        defer { connection.close() }
        try await connection.write(Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
        let method = lines[0].split(separator: " ").first.map { String($0) }
        return try? await connection.readMessage(limit: 1 << 20, inResponseTo: method)
    }

    @Test func `a request and its response are passed on unchanged, and kept`() async throws {
        let server = try ScriptedServer.answering { request in
            ScriptedServer.Response(status: 201, body: Array("<\(request.text)>".utf8))
        }
        let proxy = try await OutboundProxy(service: { _, _ in .aws })
        let url = "http://\(server.authority)/a%20b?x=%2F"
        let response = try await send(
            [
                "POST \(url) HTTP/1.1", "Host: \(server.authority)", "X-Amz-Target: T.PutItem", "X-Twice: 1",
                "X-Twice: 2", "Proxy-Connection: keep-alive", "Content-Length: 5",
            ], body: "hello", through: proxy)
        #expect(response?.status == 201)
        #expect(response.map { String(decoding: $0.body, as: UTF8.self) } == "<hello>")
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.target == "/a%20b?x=%2F" && request.text == "hello")
        let kept = proxy.take()
        #expect(kept.map(\.url) == [url] && kept.first?.status == 201 && kept.first?.service == .aws)
        #expect(kept.first?.path == "/a%20b?x=%2F")
        #expect(proxy.take().isEmpty)
        await proxy.stop()
    }

    @Test func `a response to HEAD has no body, and one without a length is read to its end`() async throws {
        let server = try ScriptedServer { connection in
            guard let request = try connection.readRequest() else { return }
            try connection.send(
                request.method == "HEAD"
                    ? "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" : "HTTP/1.1 200 OK\r\n\r\nto the end")
        }
        let proxy = try await OutboundProxy(service: { _, _ in .other })
        let head = try await send(["HEAD http://\(server.authority)/x HTTP/1.1", "Host: h"], through: proxy)
        #expect(head?.status == 200 && head?.fields["Content-Length"] == "1000")
        let get = try await send(["GET http://\(server.authority)/x HTTP/1.1", "Host: h"], through: proxy)
        #expect(get.map { String(decoding: $0.body, as: UTF8.self) } == "to the end")
        await proxy.stop()
    }

    @Test func `a dropped connection is dropped here too, and told as no response`() async throws {
        let server = try ScriptedServer { connection in _ = try connection.readRequest() }
        let proxy = try await OutboundProxy(service: { _, _ in .salesforce })
        for url in ["http://\(server.authority)/x", "http://127.0.0.1:1/nobody"] {
            let response = try await send(["GET \(url) HTTP/1.1", "Host: h"], through: proxy)
            #expect(response == nil)
        }
        let kept = proxy.take()
        #expect(kept.map(\.status) == [nil, nil])
        let outcomes = kept.flatMap { $0.events(function: "F", invocation: 3, source: nil) }.map(\.outcome)
        #expect(outcomes == [.failed, .failed])
        await proxy.stop()
    }

    @Test func `a request that hangs has the time that it has taken so far`() async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            Thread.sleep(forTimeInterval: 1)
        }
        let proxy = try await OutboundProxy(service: { _, _ in .salesforce })
        async let response = send(["GET http://\(server.authority)/x HTTP/1.1", "Host: h"], through: proxy)
        try await Task.sleep(for: .milliseconds(300))
        let kept = proxy.take()
        #expect(kept.count == 1 && kept.first?.status == nil)
        #expect((kept.first?.milliseconds ?? 0) >= 100)
        _ = try await response
        await proxy.stop()
    }

    @Test func `an observer is told the user of the proxy, and requests are marked for other observers`() async throws {
        let server = try ScriptedServer.answering { _ in ScriptedServer.Response(status: 200) }
        let seen = Mutex<[String]>([])
        let proxy = try await OutboundProxy(service: { _, _ in .aws }) { exchange, user in
            seen.withLock { $0.append("\(user ?? "") \(exchange.status ?? 0)") }
        }
        // Basic, "SendSMS:"
        _ = try await send(
            ["GET http://\(server.authority)/ HTTP/1.1", "Host: h", "Proxy-Authorization: Basic U2VuZFNNUzo="],
            through: proxy)
        #expect(seen.withLock { $0 } == ["SendSMS 200"])
        #expect(server.requests.first?[OutboundProxy.mark] == "1")
        #expect(server.requests.first?["Proxy-Authorization"] == nil)
        await proxy.stop()
    }

    @Test(arguments: [
        ("hello", "GSM-7", 1), (String(repeating: "a", count: 160), "GSM-7", 1),
        (String(repeating: "a", count: 161), "GSM-7", 2), (String(repeating: "€", count: 81), "GSM-7", 2),
        (String(repeating: "ä", count: 307), "GSM-7", 3), ("Привет", "UCS-2", 1),
        (String(repeating: "ж", count: 71), "UCS-2", 2), ("😀" + String(repeating: "x", count: 68), "UCS-2", 1),
        ("😀" + String(repeating: "x", count: 69), "UCS-2", 2), ("", "GSM-7", 1),
    ])
    func `a text message has the parts that carriers count`(text: String, encoding: String, parts: Int) {
        let form = TextMessageForm(text)
        #expect(form.encoding == encoding && form.parts == parts)
    }
}
