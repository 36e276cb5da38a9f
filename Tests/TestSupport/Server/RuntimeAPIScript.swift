/// A Runtime API for `ScriptedServer`: returns events in order and responds to posts.
///
/// It closes the connection when no event is left, which ends a loop.
package final class RuntimeAPIScript: Sendable {
    /// One event, with the headers of `GET /runtime/invocation/next`.
    package struct Event: Sendable {
        package var id: String
        package var body: String
        package var headers: [(name: String, value: String)]

        package init(_ id: String, _ body: String = "{}", headers: [(name: String, value: String)] = []) {
            self.id = id
            self.body = body
            self.headers = headers
        }

        /// The response, with a Content-Length.
        package var answer: ScriptedServer.Response {
            ScriptedServer.Response(
                headers: [("Lambda-Runtime-Aws-Request-Id", id), ("Lambda-Runtime-Deadline-Ms", "4102444800000")]
                    + headers,
                body)
        }
    }

    private let events: [Event]
    private let status: @Sendable (ScriptedServer.Request) -> Int
    private let next = Counter()

    /// - Parameter status: Returns the status of the response to a post.
    package init(_ events: [Event], status: @escaping @Sendable (ScriptedServer.Request) -> Int = { _ in 202 }) {
        self.events = events
        self.status = status
    }

    /// Returns the next event; nil when none is left.
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
                try connection.answer(ScriptedServer.Response(status: status(request), #"{"status":"OK"}"#))
            }
        }
    }
}
