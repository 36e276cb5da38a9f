import JSON
import Testing

@testable import switchboard

/// Blocks that CreateContactFlow accepts and refuses, a change a line: seen in autumn 2026, or from Amazon's pages.
@Suite struct FlowBlockTests {
    /// A change to a valid block, and the word that the fault mentions.
    struct Case: CustomTestStringConvertible {
        let type: String
        let changes: [BlockChange]
        let name: String

        init(_ type: String, _ changes: BlockChange..., names name: String = "") {
            (self.type, self.changes, self.name) = (type, changes, name)
        }

        var testDescription: String { "\(type) \(changes)" }
    }

    private static let stored: [BlockChange] = [
        .with("StoreInput", "True"), .with("InputValidation", ["CustomValidation": ["MaximumLength": "8"]]),
        .noCondition("1"), .noError("InputTimeLimitExceeded"), .noError("NoMatchingCondition"),
    ]
    private static let phone = BlockChange.with(
        "InputValidation", ["PhoneNumberValidation": ["NumberFormat": "Local", "CountryCode": "DE"]])
    private static let voice = BlockChange.with(
        "VoiceBehavior", ["VoiceRecordingBehavior": ["RecordedParticipants": []]])

    @Test(arguments: BlockDraft.valid.keys.sorted())
    func `a block with all that it needs has no faults, and nothing that its page has otherwise`(type: String) throws {
        let check = try BlockDraft(type).check
        #expect(check.faults == [])
        #expect(check.notes.filter { $0.contains("unknown here") || $0.contains("page asks for") } == [])
    }

    /// Branches that must be there, by type.
    @Test(arguments: [
        Case("AuthenticateParticipant", .noError("TimeLimitExceeded"), names: "TimeLimitExceeded"),
        Case("CheckHoursOfOperation", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("CheckMetricData", .noError("NoMatchingCondition"), names: "NoMatchingCondition"),
        Case("CheckMetricData", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("Compare", .noError("NoMatchingCondition"), names: "NoMatchingCondition"),
        Case("CreateCallbackContact", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("CreateCustomerProfile", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("GetCustomerProfile", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("DequeueContactAndTransferToQueue", .noError("QueueAtCapacity"), names: "QueueAtCapacity"),
        Case("DequeueContactAndTransferToQueue", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("DistributeByPercentage", .noError("NoMatchingCondition"), names: "NoMatchingCondition"),
        Case("GetMetricData", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("GetParticipantInput", .noError("InputTimeLimitExceeded"), names: "InputTimeLimitExceeded"),
        Case("GetParticipantInput", .noError("NoMatchingCondition"), names: "NoMatchingCondition"),
        Case("GetParticipantInput", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("InvokeFlowModule", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("InvokeLambdaFunction", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("ShowView", .noError("NoMatchingCondition"), names: "NoMatchingCondition"),
        Case("ShowView", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("ShowView", .noError("TimeLimitExceeded"), names: "TimeLimitExceeded"),
        Case("TagContact", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("TransferContactToQueue", .noError("QueueAtCapacity"), names: "QueueAtCapacity"),
        Case("TransferContactToQueue", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("TransferParticipantToThirdParty", .noError("CallFailed"), names: "CallFailed"),
        Case(
            "TransferParticipantToThirdParty", .noError("ConnectionTimeLimitExceeded"),
            names: "ConnectionTimeLimitExceeded"),
        Case("TransferParticipantToThirdParty", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("TransferToFlow", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("UntagContact", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("UpdateContactAttributes", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("UpdateContactCallbackNumber", .noError("InvalidCallbackNumber"), names: "InvalidCallbackNumber"),
        Case(
            "UpdateContactCallbackNumber", .noError("CallbackNumberNotDialable"), names: "CallbackNumberNotDialable"),
        Case("UpdateContactData", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("UpdateContactEventHooks", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("UpdateContactRecordingAndAnalyticsBehavior", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("UpdateContactRecordingAndAnalyticsBehavior", .noError("ChannelMismatch"), names: "ChannelMismatch"),
        Case(
            "UpdateContactRecordingAndAnalyticsBehavior", .no("ScreenRecordingBehavior"), .with("ChatBehavior", [:]),
            names: "InFlightRedactionConfigurationFailed"),
        Case("UpdateContactTargetQueue", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("UpdateFlowAttributes", .noError("NoMatchingError"), names: "NoMatchingError"),
        Case("Wait", .noError("NoMatchingError"), names: "NoMatchingError"),
    ])
    func `a branch that is missing is refused`(refused: Case) throws {
        let faults = try BlockDraft(refused.type, refused.changes).check.faults
        #expect(
            faults == ["\"it\" (\(refused.type)) has no branch for \(refused.name): add one to its Errors."])
    }

    /// Everything else that is refused.
    @Test(arguments: [
        Case("AuthenticateParticipant", .no("CognitoConfiguration"), names: "CognitoConfiguration"),
        Case("AuthenticateParticipant", .no("CustomerProfilesConfiguration"), names: "CustomerProfilesConfiguration"),
        Case("AuthenticateParticipant", .no("TimeLimitMinutes"), names: "TimeLimitMinutes"),
        Case("CheckHoursOfOperation", .noCondition("True"), names: "True"),
        Case("CheckHoursOfOperation", .noCondition("False"), names: "False"),
        Case("CheckHoursOfOperation", .condition("Maybe"), names: "Maybe"),
        Case("CheckHoursOfOperation", .condition("True"), names: "two conditions"),
        Case("CheckMetricData", .noCondition("0"), names: "condition"),
        Case("Compare", .error("NoMatchingError"), names: "NoMatchingError"),
        Case("DistributeByPercentage", .error("NoMatchingError"), names: "NoMatchingError"),
        Case("GetParticipantInput", .no("StoreInput"), names: "StoreInput"),
        Case("GetParticipantInput", .no("InputTimeLimitSeconds"), names: "InputTimeLimitSeconds"),
        Case("InvokeLambdaFunction", .no("LambdaFunctionARN"), names: "LambdaFunctionARN"),
        Case("InvokeLambdaFunction", .with("LambdaFunctionARN", ""), names: "LambdaFunctionARN"),
        Case(
            "GetParticipantInput", .with("StoreInput", "perhaps"), .noError("NoMatchingCondition"),
            names: "NoMatchingCondition"),
        Case("InvokeLambdaFunction", .no("InvocationTimeLimitSeconds"), names: "InvocationTimeLimitSeconds"),
        Case("InvokeLambdaFunction", .with("InvocationTimeLimitSeconds", "9"), names: "1 to 8"),
        Case("InvokeLambdaFunction", .with("InvocationTimeLimitSeconds", 0), names: "1 to 8"),
        Case("InvokeLambdaFunction", .with("InvocationTimeLimitSeconds", "eight"), names: "1 to 8"),
        Case("InvokeLambdaFunction", .with("InvocationTimeLimitSeconds", "$.Attributes.limit"), names: "1 to 8"),
        Case("InvokeLambdaFunction", .condition("sent"), names: "$.External"),
        Case("Loop", .noCondition("ContinueLooping"), names: "ContinueLooping"),
        Case("Loop", .noCondition("DoneLooping"), names: "DoneLooping"),
        Case("Loop", .with("LoopCount", "101"), names: "0 to 100"),
        Case("MessageParticipant", .no("Text"), names: "exactly one"),
        Case("MessageParticipant", .with("SSML", "<speak>Hello.</speak>"), names: "exactly one"),
        Case("MessageParticipant", .with("Text", ""), names: "exactly one"),
        Case(
            "MessageParticipantIteratively", .with("InterruptFrequencySeconds", "30"), names: "MessagesInterrupted"),
        Case("ShowView", .no("InvocationTimeLimitSeconds"), names: "InvocationTimeLimitSeconds"),
        Case(
            "TagContact", .with("Tags", ["a": "1", "b": "2", "c": "3", "d": "4", "e": "5", "f": "6", "g": "7"]),
            names: "7 entries"),
        Case("UntagContact", .with("TagKeys", []), names: "TagKeys"),
        Case("UntagContact", .no("TagKeys"), names: "TagKeys"),
        Case("UntagContact", .of("UnTagContact"), names: "write it UntagContact"),
        Case(
            "TransferParticipantToThirdParty", .no("ThirdPartyConnectionTimeLimitSeconds"),
            names: "ThirdPartyConnectionTimeLimitSeconds"),
        Case("UpdateContactCallbackNumber", .error("NoMatchingError"), names: "NoMatchingError"),
        Case("UpdateContactCallbackNumber", .with("CallbackNumber", "+4930901820"), names: "reference"),
        Case("UpdateContactEventHooks", .with("EventHooks", [:]), names: "EventHooks"),
        Case(
            "UpdateContactEventHooks", .with("EventHooks", ["AgentHold": "${GuideFlowId}", "AgentWhisper": "1"]),
            names: "2 entries"),
        Case("UpdateContactEventHooks", .no("EventHooks"), names: "EventHooks"),
        Case("UpdateContactEventHooks", .with("EventHooks", ["AgentHold": ""]), names: "empty EventHooks.AgentHold"),
        Case(
            "UpdateContactEventHooks", .with("EventHooksConfiguration", [:]), names: "EventHooksConfiguration"),
        Case("UpdateContactRecordingAndAnalyticsBehavior", .no("ScreenRecordingBehavior"), names: "exactly one"),
        Case("UpdateContactRecordingAndAnalyticsBehavior", voice, names: "exactly one"),
        Case("UpdateContactRecordingBehavior", .error("NoMatchingError"), names: "NoMatchingError"),
        Case("UpdateContactRecordingBehavior", .error("ChannelMismatch"), names: "ChannelMismatch"),
        Case("UpdateFlowAttributes", .with("FlowAttributes", ["step": "one"]), names: "step"),
        Case("Wait", .no("TimeLimitSeconds"), names: "TimeLimitSeconds"),
        Case("Wait", .with("TimeoutSeconds", "45"), names: "TimeoutSeconds"),
        Case("MessageParticipant", .of("PlayPrompt"), names: "does not have: write it MessageParticipant."),
        Case("MessageParticipant", .of("messageParticipant"), names: "does not have: write it MessageParticipant."),
        Case("MessageParticipant", .of("Set working queue"), names: "write it UpdateContactTargetQueue."),
        Case("MessageParticipant", .of("Dance"), names: "does not have: look it up"),
        Case("MessageParticipant", .next(""), .error("NoMatchingError"), names: "NextAction"),
    ])
    func `what a block lacks or does not take is refused`(refused: Case) throws {
        let faults = try BlockDraft(refused.type, refused.changes).check.faults
        #expect(faults.count == 1)
        #expect(
            faults.first?.hasPrefix("\"it\" (") == true && faults.first?.contains(refused.name) == true, "\(faults)")
    }

    @Test(
        arguments: [
            Case("GetParticipantInput", .error("InputTimeLimitExceeded"), names: "InputTimeLimitExceeded"),
            Case("GetParticipantInput", .error("NoMatchingCondition"), names: "NoMatchingCondition"),
            Case("GetParticipantInput", .error("InvalidPhoneNumber"), names: "InvalidPhoneNumber"),
            Case("GetParticipantInput", .condition("1"), names: "$.StoredCustomerInput"),
            Case("GetParticipantInput", .no("InputValidation"), names: "InputValidation"),
            Case("GetParticipantInput", .noError("NoMatchingError"), names: "NoMatchingError"),
        ])
    func `input that is stored has a validation and one branch`(refused: Case) throws {
        #expect(try BlockDraft("GetParticipantInput", Self.stored).check.faults == [])
        let faults = try BlockDraft("GetParticipantInput", Self.stored + refused.changes).check.faults
        #expect(faults.count == 1 && faults.first?.contains(refused.name) == true, "\(faults)")
    }

    @Test func `a phone number that is stored may have a branch of its own`() throws {
        let stored = Self.stored + [Self.phone]
        #expect(try BlockDraft("GetParticipantInput", stored).check.faults == [])
        #expect(try BlockDraft("GetParticipantInput", stored + [.error("InvalidPhoneNumber")]).check.faults == [])
    }

    /// Blocks that stricter checks than Amazon Connect's would refuse.
    @Test(arguments: [
        Case("Compare", .noCondition("VOICE")),
        Case("GetParticipantInput", .noCondition("1")),
        Case(
            "GetParticipantInput", .with("EnableDTMFBuffer", "True"), .no("Text"), .no("StoreInput"),
            .no("InputTimeLimitSeconds"), .noCondition("1"), .noError("InputTimeLimitExceeded"),
            .noError("NoMatchingCondition")),
        Case("GetParticipantInput", .with("StoreInput", "false"), .with("InputTimeLimitSeconds", 5)),
        Case("InvokeLambdaFunction", .with("InvocationTimeLimitSeconds", 8)),
        Case("InvokeLambdaFunction", .with("InvocationTimeLimitSeconds", "1")),
        Case("Loop", .with("LoopCount", 3)), Case("Loop", .with("LoopCount", "0")),
        Case("Loop", .with("LoopCount", "$.Attributes.tries")), Case("Loop", .error("NoMatchingError")),
        Case("MessageParticipant", .error("NoMatchingError")),
        Case("MessageParticipant", .no("Text"), .with("PromptId", "$.Attributes.prompt")),
        Case("MessageParticipant", .with("Volume", "11")),
        Case("MessageParticipant", .with("SSML", "")),
        Case("MessageParticipantIteratively", .error("NoMatchingError")),
        Case("MessageParticipantIteratively", .next("end")),
        Case(
            "MessageParticipantIteratively", .with("InterruptFrequencySeconds", "30"),
            .condition("MessagesInterrupted")),
        Case("ShowView", .with("ViewResource", ["Id": "cards", "Version": "Latest"])),
        Case("ShowView", .condition("ActionSelected")),
        Case("TagContact", .with("Tags", ["a": "1", "b": "2", "c": "3", "d": "4", "e": "5", "f": "6"])),
        Case(
            "TransferParticipantToThirdParty", .with("ContinueFlowExecution", "False"), .noError("CallFailed"),
            .noError("ConnectionTimeLimitExceeded")),
        Case("UpdateContactCallbackNumber", .with("CallbackNumber", "$.StoredCustomerInput")),
        Case("UpdateContactRecordingAndAnalyticsBehavior", .no("ScreenRecordingBehavior"), voice),
        Case(
            "UpdateContactRecordingAndAnalyticsBehavior", .no("ScreenRecordingBehavior"), .with("ChatBehavior", [:]),
            .error("InFlightRedactionConfigurationFailed")),
        Case("UpdateContactTextToSpeechVoice", .error("NoMatchingError")),
        Case("Wait", .condition("WaitCompleted")),
    ])
    func `what Amazon Connect takes has no faults`(taken: Case) throws {
        #expect(try BlockDraft(taken.type, taken.changes).check.faults == [])
    }

    @Test(arguments: BlockDraft.valid.values.filter { $0.next != nil }.map(\.type).sorted())
    func `a block that does not end the flow has a NextAction`(type: String) throws {
        let block = try BlockDraft(type, [.next(nil), .error("Elsewhere")])
        let faults = try block.check.faults.filter { !$0.contains("Elsewhere") }
        #expect(faults == ["\"it\" (\(type)) has no NextAction: add one to its Transitions."])
    }

    @Test(
        arguments: [
            "DisconnectParticipant", "EndFlowExecution", "EndFlowModuleExecution", "TransferContactToAgent",
        ], [BlockChange.next("end"), .error("NoMatchingError"), .condition("True")])
    func `a block that ends the flow takes no transitions`(type: String, change: BlockChange) throws {
        #expect(
            try BlockDraft(type, [change]).check.faults
                == ["\"it\" (\(type)) ends the flow and takes no Transitions: leave them empty."])
    }

    /// The types on the pages of the Flow language and of the Administrator Guide's blocks.
    @Test(arguments: [
        "AssociateContactToCustomerProfile", "CheckOutboundCallStatus", "ConnectParticipantWithAgenticCX",
        "CreateContact", "CreatePersistentContactAssociation", "EvaluateDataTableValues", "ListDataTableValues",
        "RenderMessageTemplate", "StartOutboundEmailContact", "UpdateContactRoutingCriteria", "UpsertDataTableValues",
        "CheckSegmentMembership", "CheckVoiceId",
        "CompleteOutboundCall", "ConnectParticipantWithLexBot", "CreateCase", "CreateTask", "CreateWisdomSession",
        "GetCalculatedAttributesForCustomerProfile", "GetCase", "GetCustomerProfileObject", "LoadContactContent",
        "ResumeContact", "RouteContactToAgent", "StartOutboundChatContact", "StartVoiceIdStream", "UpdateCase",
        "UpdateContactMediaProcessing", "UpdateContactMediaStreamingBehavior", "UpdateContactRoutingBehavior",
        "UpdateCustomerProfile", "UpdateFlowLoggingBehavior", "UpdatePreviousContactParticipantState",
        "UpdateRoutingCriteria",
    ])
    func `every type of the documentation is known`(type: String) throws {
        #expect(try BlockDraft("MessageParticipant", [.no("Text"), .of(type)]).check.faults == [])
    }
}
