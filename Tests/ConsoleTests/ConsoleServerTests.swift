import Console
import Foundation
import JSON
import LocalServices
import TestSupport
import Testing
import Timeline

/// The console's server: files, the API, and the stream of what happens.
@Suite(.serialized) struct ConsoleServerTests {
    private let timeline = Timeline()
    private let signals = ConsoleSignals()

    private func server() async throws -> ConsoleServer {
        let page = ConsolePage(TestProcess.root.appending(path: "Sources/Local/Console/web"))
        return try await ConsoleServer(port: 0, page: page, timeline: timeline, signals: signals) { request in
            LocalResponse(
                200,
                [
                    "path": .array(request.path.map(JSONValue.string)), "body": request.body,
                    "query": .object(request.query.mapValues(JSONValue.string)),
                ])
        }
    }

    private func get(_ path: String, _ server: ConsoleServer, fields: [String] = []) async throws -> HTTPMessage {
        var connection = try await HTTPConnection(port: server.port)
        defer { connection.close() }
        try await connection.write(Self.request(path, server, fields))
        return try await connection.readMessage(limit: 1 << 20)
    }

    private static func request(_ path: String, _ server: ConsoleServer, _ fields: [String] = []) -> [UInt8] {
        let lines = ["GET \(path) HTTP/1.1", "Host: 127.0.0.1:\(server.port)"] + fields
        return Array("\(lines.joined(separator: "\r\n"))\r\n\r\n".utf8)
    }

    @Test func `every file of the page is served with a policy, and nothing else of the disk is`() async throws {
        let server = try await server()
        let page = try await get("/", server)
        #expect(page.status == 200)
        #expect(page.fields["Content-Security-Policy"]?.contains("default-src 'none'") == true)
        #expect(page.fields["Content-Security-Policy"]?.contains("unsafe") == false)
        #expect(page.fields["X-Content-Type-Options"] == "nosniff")
        let files = try FileManager.default.subpathsOfDirectory(
            atPath: TestProcess.root.appending(path: "Sources/Local/Console/web").path)
        for file in files where file.contains(".") {
            let status = try await get("/\(file)", server).status
            #expect(status == 200, "\(file)")
        }
        for path in [
            "/../ConsoleServer.swift", "/%2e%2e/ConsoleServer.swift", "/regions/../../ConsoleServer.swift",
            "//etc/passwd",
            "/regions", "/index.html/", "/.", "/Index.html",
        ] {
            let status = try await get(path, server).status
            #expect(status == 404, "\(path)")
        }
        await server.stop()
    }

    @Test func `nothing on the page comes from elsewhere, and no script stands in its HTML`() throws {
        let folder = TestProcess.root.appending(path: "Sources/Local/Console/web")
        for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where file.contains(".") {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            let foreign = text.matches(of: #/https?:\/\/[a-z0-9.\/]+/#).map { String($0.output) }
                .filter { $0 != "http://www.w3.org/2000/svg" }
            #expect(foreign == [], "\(file)")
            for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "style="] {
                #expect(!text.contains(word), "\(file) has \(word)")
            }
        }
    }

    @Test func `the API gets what was sent, decoded`() async throws {
        let server = try await server()
        let answer = try await get("/api/a%2Fb/c?d=%C3%A9&e=1", server)
        let value = try JSONValue(parsing: answer.body)
        #expect(value["path"] == ["a/b", "c"])
        #expect(value["query"] == ["d": "é", "e": "1"])
        let broken = try await get("/api/%ff", server)
        #expect(broken.status == 400)
        await server.stop()
    }

    @Test func `ten pages at once get every event, and those who come late get those before`() async throws {
        let server = try await server()
        for number in 1...5 { timeline.report(TimelineEvent(.lambda, "invocation", "before \(number)")) }
        let readers = (0..<10).map { _ in Task { try await Self.read(1_005, of: server) } }
        while signals.readerCount < 10 { try await Task.sleep(for: .milliseconds(10)) }
        for number in 1...1_000 {
            timeline.report(TimelineEvent(.lambda, "invocation", "event \(number)"))
            if number % 100 == 0 { try await Task.sleep(for: .milliseconds(10)) }
        }
        for reader in readers {
            let titles = try await reader.value
            #expect(titles.count == 1_005)
            #expect(titles.first == "before 1")
            #expect(titles.last == "event 1000")
        }
        await server.stop()
        #expect(signals.readerCount == 0)
    }

    @Test func `10,000 events and more stay within the bound, for a page that comes and one that never reads`()
        async throws
    {
        let server = try await server()
        // A page that opens the stream and reads nothing.
        let idle = try await HTTPConnection(port: server.port)
        try await idle.write(Self.request("/api/events", server))
        while signals.readerCount < 1 { try await Task.sleep(for: .milliseconds(10)) }
        let text = String(repeating: "x", count: 500)
        for number in 1...10_000 {
            timeline.report(TimelineEvent(.aws, "request", "\(number)", detail: ["text": .string(text)]))
        }
        let before = try Self.memory()
        for number in 1...30_000 {
            timeline.report(TimelineEvent(.aws, "request", "\(number)", detail: ["text": .string(text)]))
        }
        #expect(timeline.events().count == 10_000)
        #expect(try Self.memory() - before < 24 << 20)
        let titles = try await Self.read(10_001, of: server)
        // The notice of those that were dropped comes first.
        #expect(titles.first == "30000 events were left out")
        #expect(titles.last == "30000")
        idle.close()
        await server.stop()
    }

    @Test func `a page that reconnects goes on after the last event that it has`() async throws {
        let server = try await server()
        for number in 1...3 { timeline.report(TimelineEvent(.lambda, "invocation", "\(number)")) }
        let (titles, id) = try await Self.read(3, of: server, after: nil)
        #expect(titles == ["1", "2", "3"])
        for number in 4...5 { timeline.report(TimelineEvent(.lambda, "invocation", "\(number)")) }
        let more = try await Self.read(2, of: server, after: id)
        #expect(more.titles == ["4", "5"])
        // An id of another run.
        let all = try await Self.read(5, of: server, after: "1-4")
        #expect(all.titles == ["1", "2", "3", "4", "5"])
        await server.stop()
    }

    @Test func `changes are told by their names, many of them as one`() async throws {
        let server = try await server()
        let (signals, port, request) = (signals, server.port, Self.request("/api/events", server))
        let seen: [String] = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let lines = try SocketLines(port, request)
                        while signals.readerCount < 1 { Thread.sleep(forTimeInterval: 0.01) }
                        for _ in 1...1_000 { signals.changed("phone") }
                        var seen: [String] = []
                        while let line = lines.next() {
                            seen.append(line)
                            if line.contains(#"{"phone":1000}"#) { break }
                        }
                        return seen
                    })
            }
        }
        #expect(seen.last == #"data: {"phone":1000}"#)
        #expect(seen.count < 1_000)
        await server.stop()
    }

    @Test func `a port that another program has is an error`() async throws {
        let server = try await server()
        let page = ConsolePage(TestProcess.root)
        await #expect(throws: (any Error).self) {
            _ = try await ConsoleServer(port: server.port, page: page, timeline: timeline, signals: signals) { _ in
                LocalResponse(200, [:])
            }
        }
        await server.stop()
    }

    private static func read(_ count: Int, of server: ConsoleServer) async throws -> [String] {
        try await read(count, of: server, after: nil).titles
    }

    private static func read(
        _ count: Int, of server: ConsoleServer, after id: String?
    ) async throws -> (titles: [String], id: String?) {
        let fields = id.map { ["Last-Event-ID: \($0)"] } ?? []
        return try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: the server needs the others.
            Thread.detachNewThread {
                continuation.resume(
                    with: Result { try titles(count, SocketLines(server.port, request("/api/events", server, fields))) }
                )
            }
        }
    }

    private static func titles(_ count: Int, _ lines: SocketLines) throws -> (titles: [String], id: String?) {
        var (titles, last) = ([String](), String?.none)
        var isEvent = false
        while titles.count < count, let line = lines.next() {
            if line.hasPrefix("event: ") { isEvent = false }
            if line.isEmpty { isEvent = true }
            if line.hasPrefix("id: ") { last = String(line.dropFirst(4)) }
            guard isEvent, line.hasPrefix("data: ") else { continue }
            titles.append(try JSONValue(parsing: Array(line.dropFirst(6).utf8))["title"]?.string ?? "")
        }
        return (titles, last)
    }

    private static func memory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) * 1024
    }
}
