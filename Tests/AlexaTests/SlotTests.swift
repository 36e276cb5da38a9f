import JSON
import Settings
import Testing

@testable import Alexa

@Suite struct SlotTests {
    private func slot(_ json: String) throws -> Slot {
        try #require(
            Samples.envelope("IntentRequest", #""intent":{"name":"A","slots":{"s":\#(json)}}"#).request.intent?.slots[
                "s"])
    }

    @Test(arguments: ["\"?\"", "\"\"", "\"  \"", "null"])
    func `a value that was not understood is none`(_ value: String) throws {
        #expect(try slot(#"{"name":"s","value":\#(value)}"#).spokenValue == nil)
    }

    @Test func `the first authority that matched wins, and those without values are passed over`() throws {
        let slot = try slot(
            #"{"value":"ada","confirmationStatus":"DENIED","source":"USER","resolutions":{"resolutionsPerAuthority":["#
                + #"{"authority":"1","status":{"code":"ER_ERROR_TIMEOUT"}},"#
                + #"{"authority":"2","status":{"code":"ER_SUCCESS_NO_MATCH"}},"#
                + #"{"authority":"3","status":{"code":"ER_SUCCESS_MATCH"},"values":[{"value":{"name":"Ada","id":"7"}}]},"#
                + #"{"authority":"4","status":{"code":"ER_LATER"},"values":[{"value":{"name":"B"}}]}]}}"#)
        #expect(slot.spokenValue == "ada" && slot.confirmationStatus == .denied)
        #expect(slot.resolutions.map(\.status.rawValue).count == 4)
        #expect(slot.match == ResolvedValue(name: "Ada", id: "7"))
    }

    @Test func `several values come as a list`() throws {
        let slot = try slot(
            #"{"name":"s","slotValue":{"type":"List","values":[{"type":"Simple","value":"a"},{"type":"Simple","value":"b"}]}}"#
        )
        #expect(slot.slotValue?.values.map(\.value) == ["a", "b"])
        #expect(slot.spokenValue == "a")
    }

    @Test func `an updated intent has the slots' names, values and confirmations`() {
        var intent = Intent(name: "A", confirmationStatus: .confirmed)
        intent.slots["s"] = Slot(name: "s", value: "v")
        intent.slots["t"] = Slot(name: "t")
        #expect(
            intent.json == [
                "name": "A", "confirmationStatus": "CONFIRMED",
                "slots": [
                    "s": ["name": "s", "value": "v", "confirmationStatus": "NONE"],
                    "t": ["name": "t", "confirmationStatus": "NONE"],
                ],
            ])
    }
}
