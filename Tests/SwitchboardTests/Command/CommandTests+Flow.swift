import TestSupport
import Testing

extension CommandTests {
    @Test func `flow check tells faults from notes, and only faults fail it`() throws {
        let flow = { (parameters: String, errors: String) in
            #"{"Version":"2019-10-30","StartAction":"a","Actions":[{"Identifier":"a","Type":"Wait","Parameters":"#
                + "{\(parameters)}" + #","Transitions":{"NextAction":"b","Errors":["# + errors + "]}},"
                + #"{"Identifier":"b","Type":"DisconnectParticipant"}]}"#
        }
        let branch = #"{"ErrorType":"NoMatchingError","NextAction":"b"}"#
        try project.add("good.json", flow(#""TimeLimitSeconds":"5""#, branch))
        try project.add("bad.json", flow(#""TimeLimitSeconds":"5""#, ""))
        let note = "  note: \"a\" (Wait) works in chats alone: in a call it takes its error branch.\n"
        let good = try run("flow", "check", "good.json")
        #expect(good.status == 0)
        #expect(good.output == "good.json: ok, 2 actions, 1 note\n" + note)
        let both = try run("flow", "check", "good.json", "bad.json")
        #expect(both.status == 1)
        let fault = "  fault: \"a\" (Wait) has no branch for NoMatchingError: add one to its Errors.\n"
        #expect(both.output == good.output + "bad.json: 1 fault, 1 note\n" + fault + note)
    }

    @Test func `flow check knows what the other flows set`() throws {
        let flow = { (type: String, parameters: String) in
            #"{"Version":"2019-10-30","StartAction":"a","Actions":[{"Identifier":"a","Type":""# + type
                + #"","Parameters":"# + parameters + #","Transitions":{"NextAction":"b","Errors":"#
                + #"[{"ErrorType":"NoMatchingError","NextAction":"b"}]}},"#
                + #"{"Identifier":"b","Type":"DisconnectParticipant"}]}"#
        }
        try project.add("reads.json", flow("MessageParticipant", #"{"Text":"$.Attributes.desk"}"#))
        try project.add(
            "sets.json",
            flow("UpdateContactAttributes", #"{"Attributes":{"desk":"north"},"TargetContact":"Current"}"#))
        #expect(try run("flow", "check", "reads.json").output.contains("reads $.Attributes.desk, which no flow"))
        #expect(
            try run("flow", "check", "reads.json", "sets.json").output
                == "reads.json: ok, 2 actions\nsets.json: ok, 2 actions\n")
    }
}
