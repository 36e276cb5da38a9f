import JSON
import Testing

@testable import switchboard

/// Notes on flows that Amazon Connect accepts.
@Suite struct FlowNotesTests {
    private static let hold: JSONValue = ["type": "customerHold"]

    private func notes(
        _ type: String, _ changes: BlockChange..., metadata: JSONValue = [:], others: [String] = []
    ) throws -> [String] {
        var block = try BlockDraft(type, changes)
        block.metadata = metadata
        for other in others {
            var draft = try BlockDraft(other)
            draft.identifier = other
            block.others.append(draft.action)
            block.next = other
        }
        let check = try block.check
        #expect(check.faults == [])
        return check.notes
    }

    @Test func `a parameter or a branch that the page has otherwise`() throws {
        #expect(try notes("MessageParticipant") == [])
        #expect(
            try notes("MessageParticipant", .with("Txt", "a"))
                == ["\"it\" (MessageParticipant) has a parameter that is unknown here: Txt. Is it spelled so?"])
        #expect(
            try notes("Compare", .no("ComparisonValue"))
                == ["\"it\" (Compare) has no ComparisonValue, which the block's page asks for."])
        #expect(
            try notes("MessageParticipant", .no("Text"), .of("ResumeContact"))
                == ["\"it\" (ResumeContact) has no branch for NoMatchingError, which the block's page asks for."])
    }

    @Test func `an operator, a message and a name that Amazon Connect does not have`() throws {
        var block = try BlockDraft("Compare").action
        #expect(try FlowCheck([block, end]).notes == [])
        for (name, isKnown) in [("KeyExists", true), ("TextContains", true), ("Equal", false), ("", false)] {
            var transitions = block["Transitions"]?.object ?? [:]
            transitions["Conditions"] = [
                ["NextAction": "end", "Condition": ["Operator": .string(name), "Operands": ["a"]]]
            ]
            var members = block.object ?? [:]
            members["Transitions"] = .object(transitions)
            block = .object(members)
            let notes = try FlowCheck([block, end]).notes
            #expect(
                notes.contains { $0.contains("an operator that is unknown here: \(name).") } == !isKnown, "\(notes)")
        }
        let both: JSONValue = [["Text": "a", "PromptId": "b"], ["Text": "a"]]
        #expect(
            try notes("MessageParticipantIteratively", .with("Messages", both)) == [
                "\"it\" (MessageParticipantIteratively) has a message that is not exactly one of Text, SSML, PromptId, "
                    + "Media."
            ])
        #expect(
            try notes("GetParticipantInput", .with("SSML", "<speak/>")) == [
                "\"it\" (GetParticipantInput) has more than one of Text, SSML, PromptId, Media: one of them is played."
            ])
        let page = BlockChange.of("UpdateRoutingCriteria")
        #expect(
            try notes("UpdateContactData", .no("Name"), .with("RoutingCriteria", [:]), page) == [
                "\"it\" (UpdateRoutingCriteria) is refused under the name on its page, as others report: "
                    + "write UpdateContactRoutingCriteria."
            ])
    }

    private let end: JSONValue = ["Identifier": "end", "Type": "DisconnectParticipant"]

    @Test func `a number or domain that is reserved for examples`() throws {
        let number = BlockChange.with("ThirdPartyPhoneNumber", "+12065550142")
        #expect(
            try notes("TransferParticipantToThirdParty", number) == [
                "\"it\" (TransferParticipantToThirdParty) has +12065550142, which is reserved for examples: "
                    + "nobody is reached there."
            ])
        #expect(try notes("TransferParticipantToThirdParty", .with("ThirdPartyPhoneNumber", "+12065551142")) == [])
    }

    @Test(arguments: ["customerHold", "CUSTOMER_HOLD"])
    func `a block that is not for the flow's type, which the metadata or the template says`(type: String) throws {
        let expected = ["\"it\" (MessageParticipant)", "\"end\" (DisconnectParticipant)"].map {
            "\($0) is not for flows of the type CUSTOMER_HOLD, by its page: use a block that is."
        }
        #expect(try notes("MessageParticipant", metadata: ["type": .string(type)]) == expected)
        var check = try BlockDraft("MessageParticipant").check
        check.type = FlowType(named: type)
        #expect(check.notes == expected)
        #expect(try notes("MessageParticipantIteratively", metadata: Self.hold) == [])
        #expect(try notes("MessageParticipant", metadata: ["type": "contactFlow"]) == [])
    }

    @Test func `a block of chats alone where calls may come`() throws {
        let note = "works in chats alone: in a call it takes its error branch."
        #expect(try notes("Wait") == ["\"it\" (Wait) \(note)"])
        #expect(try notes("ShowView") == [])
        #expect(try notes("ShowView", others: ["GetParticipantInput"]) == ["\"it\" (ShowView) \(note)"])
        #expect(try notes("Compare", others: ["Wait"]) == [])
    }

    @Test func `ViewData of more than 8192 bytes as the file has them`() throws {
        // {"Text":"…"} takes eleven bytes around the text.
        let data = { (size: Int) -> BlockChange in
            .with("ViewData", ["Text": .string(String(repeating: "a", count: size - 11))])
        }
        #expect(try notes("ShowView", data(8192)) == [])
        #expect(
            try notes("ShowView", data(8193))
                == ["\"it\" (ShowView) has ViewData of 8193 bytes, and views take 8192: shorten it."])
        let spaced = try ContactFlow(
            Array(
                """
                {"Version":"2019-10-30","StartAction":"it","Actions":[{"Identifier":"it","Type":"ShowView",
                "Parameters":{"ViewData":{\(String(repeating: " ", count: 8191))}}}]}
                """.utf8), named: "test")
        #expect(FlowCheck(flow: spaced, answers: [:]).notes.contains { $0.contains("ViewData of 8193 bytes") })
    }

    @Test func `a prompt of more than 3000 characters`() throws {
        let prompt = { (size: Int) in JSONValue.string(String(repeating: "é", count: size)) }
        #expect(try notes("MessageParticipant", .with("Text", prompt(3000))) == [])
        let note = "has a prompt of 3001 characters, and 3000 are read at most: split it."
        #expect(try notes("MessageParticipant", .with("Text", prompt(3001))) == ["\"it\" (MessageParticipant) \(note)"])
        #expect(
            try notes("MessageParticipantIteratively", .with("Messages", [["Text": prompt(3001)]]))
                == ["\"it\" (MessageParticipantIteratively) \(note)"])
    }

    @Test func `a recording that starts before anything is said`() throws {
        let recording = BlockChange.with("RecordingBehavior", ["RecordedParticipants": ["Agent", "Customer"]])
        let analytics: JSONValue = ["VoiceRecordingBehavior": ["RecordedParticipants": ["Agent"]]]
        let note = "records before anything is said: tell callers first that you record."
        #expect(
            try notes("UpdateContactRecordingBehavior", recording) == [
                "\"it\" (UpdateContactRecordingBehavior) \(note)"
            ])
        #expect(
            try notes(
                "UpdateContactRecordingAndAnalyticsBehavior", .no("ScreenRecordingBehavior"),
                .with("VoiceBehavior", analytics)) == ["\"it\" (UpdateContactRecordingAndAnalyticsBehavior) \(note)"])
        #expect(try notes("UpdateContactRecordingBehavior") == [])
        var told = try BlockDraft("MessageParticipant", [.next("record")])
        var record = try BlockDraft("UpdateContactRecordingBehavior", [recording])
        record.identifier = "record"
        told.others = [record.action]
        #expect(try told.check.notes == [])
        // A way around the words.
        told.errors = ["NoMatchingError"]
        told.type = "GetMetricData"
        told.parameters = [:]
        #expect(try told.check.notes == ["\"record\" (UpdateContactRecordingBehavior) \(note)"])
    }

    @Test(arguments: ["$.Attributes.desk", "$.Attributes['desk']", "$.Attributes.['desk']", "$['Attributes']['desk']"])
    func `an attribute that no checked flow sets`(reference: String) throws {
        let reading = BlockChange.with("Text", .string("Hello \(reference)."))
        let read = try BlockDraft("MessageParticipant", [reading])
        #expect(
            try read.check.notes
                == ["\"it\" (MessageParticipant) reads $.Attributes.desk, which no flow checked here sets."])
        var check = try read.check
        check.attributesOfOthers = FlowAttributes([try BlockDraft("UpdateContactAttributes").check.flow])
        #expect(check.notes == [])
        // A name that is known only during the call may be any.
        let open = BlockChange.with("Attributes", ["$.External.name": "north"])
        check.attributesOfOthers = FlowAttributes([try BlockDraft("UpdateContactAttributes", [open]).check.flow])
        #expect(check.notes == [])
    }

    @Test func `a flow that no action ends`() throws {
        let note = "No action ends the flow: a contact stays in it until it hangs up."
        let endless = try BlockDraft("MessageParticipant", [.next("it")]).action
        #expect(try FlowCheck([endless]).notes == [note])
        #expect(try FlowCheck([endless], ["type": "customerWhisper"]).notes == [])
        #expect(try FlowCheck([try BlockDraft("MessageParticipantIteratively").action]).notes == [])
    }

    @Test func `a view that is named as the preview did`() throws {
        #expect(
            try notes("ShowView", .with("ViewResource", ["Id": "cards", "Version": "Latest"])) == [
                "\"it\" (ShowView) names its view as the preview did: write "
                    + "arn:aws:connect:<region>:aws:view/cards:1, with your partition and region."
            ])
        let managed = "arn:${AWS::Partition}:connect:${AWS::Region}:aws:view/cards:1"
        let view = { (id: String) in BlockChange.with("ViewResource", ["Id": .string(id)]) }
        #expect(try BlockDraft("ShowView", [view(managed)]).check.notes == [])
        #expect(try notes("ShowView", view("arn:aws:connect:eu-central-1:aws:cards")).count == 1)
        let own = "arn:aws-cn:connect:cn-north-1:210987654321:instance/1/view/2:$LATEST"
        #expect(try notes("ShowView", view(own)) == [])
        #expect(try notes("ShowView", view("$.FlowAttributes.view")) == [])
    }
}
