/// A Runtime API for `ScriptedServer`: gives out events in order and answers what is posted.
///
/// When no event is left it closes the connection, which ends a loop.
package final class RuntimeAPIScript: Sendable {
    /// One event, as `GET /runtime/invocation/next` answers it.
    package struct Event: Sendable {
        package var id: String
        package var body: String
        package var headers: [(name: String, value: String)]

        package init(_ id: String, _ body: String = "{}", headers: [(name: String, value: String)] = []) {
            self.id = id
            self.body = body
            self.headers = headers
        }

        /// The answer, with a Content-Length.
        package var answer: ScriptedServer.Answer {
            ScriptedServer.Answer(
                headers: [("Lambda-Runtime-Aws-Request-Id", id), ("Lambda-Runtime-Deadline-Ms", "4102444800000")]
                    + headers,
                body)
        }
    }

    private let events: [Event]
    private let status: @Sendable (ScriptedServer.Request) -> Int
    private let next = Counter()

    /// - Parameter status: what a post is answered with.
    package init(_ events: [Event], status: @escaping @Sendable (ScriptedServer.Request) -> Int = { _ in 202 }) {
        self.events = events
        self.status = status
    }

    /// The next event; nil when none is left.
    package func nextEvent() -> Event? {
        let index = next.increment() - 1
        return index < events.count ? events[index] : nil
    }

    /// Serves one connection.
    package func serve(_ connection: ScriptedServer.Connection) throws {
        while let request = try connection.readRequest() {
            if request.method == "GET" {
                guard let event = nextEvent() else { return }
                try connection.answer(event.answer)
            } else {
                try connection.answer(ScriptedServer.Answer(status: status(request), #"{"status":"OK"}"#))
            }
        }
    }
}
