import LambdaRuntime
import Settings
import TestSupport
import Testing

@testable import ConnectRecording

struct ShapeTests {
    static let id = RecordingFixture.id

    static func kind(_ text: String) throws -> String {
        switch try RecordingEvent(parsing: Array(text.utf8)) {
        case .flow: "flow"
        case .objects: "objects"
        case .queue: "queue"
        case .http: "http"
        }
    }

    @Test(arguments: [
        (Events.flow(id, from: nil), "flow"), (#"{"Name":"ContactFlowEvent"}"#, "flow"), (#"{"Details":{}}"#, "flow"),
        (Events.notification(["k"]), "objects"), (Events.bridge("k"), "objects"), (Events.testEvent, "objects"),
        (Events.queue(["x"]), "queue"), (Events.click(id, signature: nil), "http"),
        (#"{"httpMethod":"GET","path":"/","requestContext":{"elb":{}}}"#, "http"),
        (#"{"httpMethod":"GET","path":"/","requestContext":{"stage":"prod"},"Name":"ContactFlowEvent"}"#, "http"),
    ])
    func `an event is told by its own shape`(_ event: String, _ kind: String) throws {
        #expect(try Self.kind(event) == kind)
    }

    @Test(arguments: [
        ("{}", "no members"), ("[]", "a list"), ("null", "null"), ("7", "a number"), (#""text""#, "a string"),
        (#"{"a":1,"b-c":2}"#, "a, b-c"), (#"{"Records":[]}"#, "Records"),
        (#"{"Records":[{"EventSource":"aws:sns","Sns":{}}]}"#, "EventSource, Sns of aws:sns"),
        (#"{"source":"aws.connect","detail-type":"Amazon Connect Contact Event","detail":{}}"#, "detail, detail-type"),
        (#"{"source":"aws.connect","detail-type":"Amazon Connect Contact Event","detail":{}}"#, " of aws.connect"),
        (#"{"Records":[{"eventSource":"aws:s3"},{"eventSource":"aws:sqs"}]}"#, "eventSource"),
    ])
    func `an unknown shape is an error that names what was seen`(_ event: String, _ seen: String) throws {
        let error = #expect(throws: FunctionError.self) { try Self.kind(event) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.description.contains(seen) == true)
    }

    @Test func `values, and names that are none, stay out of the error`() throws {
        let error = #expect(throws: FunctionError.self) {
            try Self.kind(
                #"{"source":"aws.maria@example.com","number":"+14155550100","+14155550199":1,"\#(String(repeating: "x", count: 99))":2}"#
            )
        }
        #expect(error?.description.contains("number, source and 2 more") == true)
        #expect(error?.description.contains("1415") == false)
        #expect(error?.description.contains("maria") == false)
        let broken = #expect(throws: FunctionError.self) { try Self.kind(#"{"Details":7,}"#) }
        #expect(broken?.code == .invalidRequest)
    }
}
