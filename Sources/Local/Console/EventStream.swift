import JSON
import LocalServices
import Timeline

/// One page's stream of what happens, as server-sent events: the timeline, and the names of what else has changed.
///
/// "Server-sent events" in the HTML standard. Ids are the run's and the event's, `<run>-<id>`: a page that reconnects gets
/// what it has missed, and everything of another run.
struct EventStream: Sendable {
    /// The interval of comments, which show that a page has gone.
    static let heartbeat = Duration.seconds(15)

    let timeline: Timeline
    let signals: ConsoleSignals
    /// The run's own number.
    let run: Int

    /// Writes until the page has gone, or the task is cancelled.
    func serve(_ connection: HTTPConnection, lastEventID: String?, fields: [String: String]) async throws {
        let writer = SerialWriter(connection)
        var lines = ["HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Connection: close"]
        lines += fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        try await writer.write("\(lines.joined(separator: "\r\n"))\r\n\r\n")
        try await writer.write("event: run\ndata: \(run)\n\n")
        let parts = lastEventID?.split(separator: "-").compactMap { Int($0) } ?? []
        let last = parts.count == 2 && parts[0] == run ? parts[1] : 0
        let events = timeline.subscribe(after: last)
        let changes = signals.changes()
        let known = signals.versions
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await event in events {
                    let id = event.id > 0 ? "id: \(run)-\(event.id)\n" : ""
                    try await writer.write("\(id)data: \(String(decoding: event.json, as: UTF8.self))\n\n")
                }
            }
            group.addTask {
                var told = known
                for await _ in changes {
                    let versions = signals.versions
                    let news = versions.filter { told[$0.key] != $0.value }
                    told = versions
                    if news["cleared"] != nil { try await writer.write("event: cleared\ndata: {}\n\n") }
                    let data = JSONValue.object(news.mapValues { .number($0) }).text
                    try await writer.write("event: changed\ndata: \(data)\n\n")
                }
            }
            group.addTask {
                while true {
                    try await Task.sleep(for: Self.heartbeat)
                    try await writer.write(": \n\n")
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

/// A connection that several tasks write to, one message after the other.
private actor SerialWriter {
    private let connection: HTTPConnection
    private var isWriting = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ connection: HTTPConnection) {
        self.connection = connection
    }

    func write(_ text: String) async throws {
        if isWriting { await withCheckedContinuation { waiting.append($0) } }
        isWriting = true
        defer {
            if waiting.isEmpty { isWriting = false } else { waiting.removeFirst().resume() }
        }
        try Task.checkCancellation()
        try await connection.write(Array(text.utf8))
    }
}
