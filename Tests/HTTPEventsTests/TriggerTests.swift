import HTTPEvents
import LambdaRuntime
import Testing

@Suite struct TriggerTests {
    private struct Envelope: Decodable, Sendable {
        let request: Request

        struct Request: Decodable, Sendable {
            let type: String
        }
    }

    private func trigger(_ text: String) throws -> Trigger<Envelope> {
        try JSONText.decode(Trigger<Envelope>.self, from: Array(text.utf8))
    }

    @Test(arguments: Forms.all.indices)
    func `every form of HTTP event is told from a direct one`(index: Int) throws {
        guard case .http(let event) = try trigger(Forms.all[index].text) else {
            Issue.record("It was taken for a direct event.")
            return
        }
        #expect(event.form == Forms.all[index].form)
    }

    @Test(arguments: [
        #"{"request":{"type":"x"}}"#, #"{"request":{"type":"x"},"context":{},"version":"1.0","headers":{},"body":""}"#,
        #"{"request":{"type":"x"},"requestContext":{}}"#, #"{"request":{"type":"x"},"requestContext":null}"#,
        #"{"request":{"type":"x"},"requestContext":{"http":"no"},"path":"/"}"#,
    ])
    func `what has no HTTP event's shape is direct`(text: String) throws {
        guard case .direct(let envelope) = try trigger(text) else {
            Issue.record("It was taken for an HTTP event.")
            return
        }
        #expect(envelope.request.type == "x")
    }

    @Test(arguments: ["null", "[]", "1", #""x""#, "{}"])
    func `what is neither is an invalid request`(text: String) {
        #expect(throws: FunctionError.self) { try trigger(text) }
    }
}
