import HTTPEvents
import LambdaRuntime
import Settings

/// The opening hours, over HTTP.
struct OpeningHours: LambdaFunction {
    init(environment: Environment) throws {}

    func handle(_ event: HTTPEvent, context: LambdaContext) async throws -> HTTPEventResponse.Encoded {
        guard event.method == "GET", event.path == "/hours" else {
            return HTTPEventResponse.text("Not found. Try GET /hours.", status: 404).encoded(for: event)
        }
        let hours = event.query("day") == "sunday" ? #"{"open":null}"# : #"{"open":"09:00","close":"17:00"}"#
        return HTTPEventResponse.json(Array(hours.utf8)).encoded(for: event)
    }
}
