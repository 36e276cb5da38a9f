/// "Participant actions in the Amazon Connect Flow language", and such blocks as only the Administrator Guide has.
extension FlowBlock {
    private static let prompts: Set = ["PromptId", "Text", "SSML", "Media"]

    static let participant: [FlowBlock] = [
        FlowBlock(
            type: "AuthenticateParticipant",
            parameters: ["CognitoConfiguration", "CustomerProfilesConfiguration", "TimeLimitMinutes"],
            wantedErrors: ["NoMatchingError"], flowTypes: [.contactFlow], channel: .chat,
            rules: [
                .needs("CognitoConfiguration"), .needs("CustomerProfilesConfiguration"), .needs("TimeLimitMinutes"),
                .error("TimeLimitExceeded"),
            ]),
        // Of the console's block "Agentic CX", which no page of the Flow language has.
        FlowBlock(
            type: "ConnectParticipantWithAgenticCX",
            wantedErrors: ["InputTimeLimitExceeded", "NoMatchingCondition", "NoMatchingError"]),
        FlowBlock(
            type: "ConnectParticipantWithLexBot",
            parameters: prompts.union([
                "LexV2Bot", "LexBot", "LexSessionAttributes", "LexInitializationData", "LexTimeoutSeconds",
                "DeepDiveAnalytics",
            ]),
            wantedErrors: ["NoMatchingError", "NoMatchingCondition"],
            flowTypes: .interactive),
        FlowBlock(
            type: "DisconnectParticipant", parameters: [], flowTypes: .interactive,
            course: .ends),
        FlowBlock(
            type: "GetParticipantInput",
            parameters: prompts.union([
                "InputTimeLimitSeconds", "StoreInput", "InputValidation", "InputEncryption", "DTMFConfiguration",
                "EnableDTMFBuffer",
            ]),
            flowTypes: .interactive, channel: .voice,
            rules: [
                .error("NoMatchingError"),
                // "Set Touchtone Buffer Behavior": it neither plays nor asks.
                .when("EnableDTMFBuffer", [], otherwise: asked),
            ]),
        FlowBlock(
            type: "MessageParticipant", parameters: prompts.union(["SkipWhenDTMFBufferEnabled"]),
            flowTypes: .allButHolds,
            rules: [.needsOneOf(["Text", "SSML", "PromptId", "Media"])]),
        FlowBlock(
            type: "MessageParticipantIteratively", parameters: ["Messages", "InterruptFrequencySeconds"],
            wanted: ["Messages"], flowTypes: [.customerQueue, .customerHold, .agentHold], course: .loops,
            rules: [.when("InterruptFrequencySeconds", [.conditions(["MessagesInterrupted"])])]),
        FlowBlock(
            type: "ShowView",
            parameters: ["ViewResource", "InvocationTimeLimitSeconds", "ViewData", "SensitiveDataConfiguration"],
            wanted: ["ViewResource"], flowTypes: [.contactFlow, .customerQueue], channel: .chat,
            rules: [
                .needs("InvocationTimeLimitSeconds"), .error("NoMatchingError"), .error("NoMatchingCondition"),
                .error("TimeLimitExceeded"),
            ]),
        FlowBlock(
            type: "TransferParticipantToThirdParty",
            parameters: [
                "ThirdPartyPhoneNumber", "ThirdPartyConnectionTimeLimitSeconds", "ContinueFlowExecution",
                "ThirdPartyDTMFDigits", "CallerId",
            ],
            wanted: ["ThirdPartyPhoneNumber"], flowTypes: .interactive, channel: .voice,
            rules: [
                .needs("ThirdPartyConnectionTimeLimitSeconds"), .error("NoMatchingError"),
                .when(
                    "ContinueFlowExecution", is: "True",
                    [.error("CallFailed"), .error("ConnectionTimeLimitExceeded")]),
            ]),
    ]

    private static let asked: [BlockRule] = [
        .needs("StoreInput"), .needs("InputTimeLimitSeconds"),
        .when(
            "StoreInput", is: "True", stored,
            otherwise: [.error("NoMatchingCondition"), .error("InputTimeLimitExceeded")]
        ),
    ]

    /// Stored input has one branch, and one more where it must be a phone number.
    private static let stored: [BlockRule] = [
        .needs("InputValidation"),
        .noConditions(
            instead: "with StoreInput it stores what is keyed in; branch with Compare on $.StoredCustomerInput"),
        .when(
            "InputValidation.PhoneNumberValidation", [.errorsOnly(["NoMatchingError", "InvalidPhoneNumber"])],
            otherwise: [.errorsOnly(["NoMatchingError"])]),
    ]
}
