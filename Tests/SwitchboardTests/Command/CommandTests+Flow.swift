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

    @Test func `flow check names what cannot be read, and checks the others all the same`() throws {
        let good =
            #"{"Version":"2019-10-30","StartAction":"a","Actions":[{"Identifier":"a","Type":"DisconnectParticipant"}]}"#
        try project.add("good.json", good)
        try project.add("broken.json", "{\n  \"Actions\": [,]\n}")
        try project.add("marked.json", "\u{FEFF}" + good)
        try project.add("wrapped.json", #"{"Name":"a","Type":"CONTACT_FLOW","Content":"{}"}"#)
        try project.add("folder/good.json", good)
        let run = try run(
            "flow", "check", "broken.json", "good.json", "nowhere.json", "folder", "wrapped.json", "marked.json")
        #expect(run.status == 1)
        let lines = run.output.split(separator: "\n").map(String.init)
        #expect(lines.count == 11, "\(lines)")
        #expect(
            lines.prefix(2) == [
                "broken.json: cannot be checked", "  fault: broken.json is not JSON (line 2, column 15).",
            ])
        #expect(lines.contains("good.json: ok, 1 action"))
        #expect(lines.contains("nowhere.json: cannot be checked"))
        #expect(lines.contains("  fault: The contact flow nowhere.json cannot be read: it does not exist."))
        #expect(lines.contains { $0.hasPrefix("  fault: The contact flow ") && $0.hasSuffix("it is a folder.") })
        #expect(lines.contains { $0.hasPrefix("  fault: wrapped.json is a wrapper with Name, Type and Content") })
        #expect(lines.contains("marked.json: ok, 1 action, 1 note"))
        #expect(try self.run("flow", "check", "marked.json", "good.json").status == 0)
        #expect(try self.run("flow", "check", "nowhere").output.contains("  fault: There is no flow nowhere."))
        #expect(try self.run("flow", "check", "/dev/zero").output.contains("it has more than 16 MB."))
    }

    @Test func `flow check tells two files of one name apart`() throws {
        let good =
            #"{"Version":"2019-10-30","StartAction":"a","Actions":[{"Identifier":"a","Type":"DisconnectParticipant"}]}"#
        try project.add("one/flow.json", good)
        try project.add("two/flow.json", good)
        #expect(
            try run("flow", "check", "one/flow.json", "two/flow.json").output
                == "one/flow.json: ok, 1 action\ntwo/flow.json: ok, 1 action\n")
    }
}
