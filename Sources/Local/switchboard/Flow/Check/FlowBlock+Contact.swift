/// "Contact actions in the Amazon Connect Flow language".
extension FlowBlock {
    static let contact: [FlowBlock] =
        [
            FlowBlock(
                type: "CompleteOutboundCall", parameters: ["CallerId", "VoiceConnector", "ConnectionTimeLimitSeconds"],
                flowTypes: [.outboundWhisper], channel: .voice),
            FlowBlock(
                type: "CreateCase",
                parameters: ["LinkContactToCase", "CaseTemplateId", "CaseRequestFields", "ContactToLink"],
                wanted: ["CaseTemplateId"], wantedErrors: ["NoMatchingError"]),
            FlowBlock(
                type: "CreateTask",
                parameters: [
                    "ContactFlowId", "Attributes", "Name", "Description", "References", "DelaySeconds", "ScheduledTime",
                    "TaskTemplateId",
                ],
                wantedErrors: ["NoMatchingError"]),
            FlowBlock(
                type: "CreateWisdomSession", parameters: ["WisdomAssistantArn"], wanted: ["WisdomAssistantArn"],
                wantedErrors: ["NoMatchingError"]),
            FlowBlock(
                type: "DequeueContactAndTransferToQueue", parameters: ["QueueId", "AgentId"],
                flowTypes: [.customerQueue],
                course: .handsOver, rules: [.error("QueueAtCapacity"), .error("NoMatchingError")]),
            FlowBlock(type: "EndFlowModuleExecution", parameters: [], flowTypes: [.module], course: .ends),
            FlowBlock(
                type: "GetCase",
                parameters: [
                    "LinkContactToCase", "GetLastUpdatedCase", "CustomerId", "CaseRequestFields", "CaseResponseFields",
                ],
                wantedErrors: ["NoMatchingError"]),
            FlowBlock(
                type: "InvokeFlowModule", parameters: ["FlowModuleId"], wanted: ["FlowModuleId"],
                rules: [.error("NoMatchingError")]),
            FlowBlock(type: "ResumeContact", parameters: [], wantedErrors: ["NoMatchingError"], channel: .task),
            FlowBlock(type: "RouteContactToAgent", flowTypes: [.customerQueue]),
            FlowBlock(
                type: "StartOutboundChatContact",
                parameters: [
                    "SourceEndpoint", "DestinationEndpoint", "ContactFlowArn", "ContactSubtype", "InitialSystemMessage",
                    "RelatedContact",
                ],
                wantedErrors: ["NoMatchingError"]),
            FlowBlock(
                type: "TagContact", parameters: ["Tags"], wanted: ["Tags"],
                rules: [.error("NoMatchingError"), .entries("Tags", 0...6)]),
            FlowBlock(
                type: "TransferContactToAgent", parameters: [], flowTypes: [.agentTransfer, .queueTransfer],
                course: .ends),
            FlowBlock(
                type: "TransferContactToQueue", parameters: [], flowTypes: .routing,
                course: .handsOver,
                rules: [.error("QueueAtCapacity"), .error("NoMatchingError")]),
            // The block's page spells it UnTagContact, which is refused.
            FlowBlock(
                type: "UntagContact", parameters: ["TagKeys"],
                rules: [.error("NoMatchingError"), .needs("TagKeys"), .entries("TagKeys", 1...Int.max)]),
            FlowBlock(
                type: "UpdateCase", parameters: ["LinkContactToCase", "CaseId", "CaseRequestFields"],
                wanted: ["CaseId"],
                wantedErrors: ["NoMatchingError"]),
        ] + updates

    /// The blocks that change the contact.
    private static let updates: [FlowBlock] = [
        FlowBlock(
            type: "UpdateContactAttributes", parameters: ["Attributes", "TargetContact"],
            wanted: ["Attributes", "TargetContact"], rules: [.error("NoMatchingError")]),
        FlowBlock(
            type: "UpdateContactCallbackNumber", parameters: ["CallbackNumber"], wanted: ["CallbackNumber"],
            flowTypes: .interactive, channel: .voice,
            rules: [
                .error("InvalidCallbackNumber"), .error("CallbackNumberNotDialable"),
                .errorsOnly(["InvalidCallbackNumber", "CallbackNumberNotDialable"]), .reference("CallbackNumber"),
            ]),
        FlowBlock(
            type: "UpdateContactData",
            parameters: [
                "TargetContact", "LanguageCode", "CustomerId", "Name", "Description", "References",
                "SegmentAttributes", "IsVoiceIdStreamingEnabled", "IsVoiceAuthenticationEnabled",
                "IsFraudDetectionEnabled", "EnableVoiceAuthentication", "EnableFraudDetection", "EnableWatchlist",
                "VoiceAuthenticationThreshold", "VoiceAuthenticationResponseTime", "FraudDetectionThreshold",
                "WatchlistId", "WisdomSessionArn",
            ],
            rules: [.error("NoMatchingError")]),
        FlowBlock(
            type: "UpdateContactEventHooks", parameters: ["EventHooks"],
            rules: [
                .takesNo("EventHooksConfiguration", instead: "keep EventHooks alone"),
                .needs("EventHooks"), .entries("EventHooks", 1...1), .filled("EventHooks"), .error("NoMatchingError"),
            ]),
        FlowBlock(
            type: "UpdateContactMediaProcessing", parameters: ["ChatProcessor"],
            wantedErrors: ["NoMatchingError", "ChannelMismatch"], channel: .chat),
        FlowBlock(
            type: "UpdateContactMediaStreamingBehavior",
            parameters: ["MediaStreamingState", "Participants", "MediaStreamType"], wantedErrors: ["NoMatchingError"],
            flowTypes: .allButHolds, channel: .voice),
        FlowBlock(
            type: "UpdateContactRecordingAndAnalyticsBehavior",
            parameters: ["VoiceBehavior", "ChatBehavior", "ScreenRecordingBehavior"],
            rules: [
                .needsOneOf(["VoiceBehavior", "ChatBehavior", "ScreenRecordingBehavior"]), .error("NoMatchingError"),
                .error("ChannelMismatch"),
                .when("ChatBehavior", [.error("InFlightRedactionConfigurationFailed")]),
            ]),
        FlowBlock(
            type: "UpdateContactRecordingBehavior", parameters: ["RecordingBehavior", "AnalyticsBehavior"],
            wanted: ["RecordingBehavior"],
            flowTypes: [.contactFlow, .agentTransfer, .queueTransfer, .customerQueue, .outboundWhisper],
            rules: [.errorsOnly([])]),
        FlowBlock(
            type: "UpdateContactRoutingBehavior", parameters: ["QueuePriority", "QueueTimeAdjustmentSeconds"],
            flowTypes: .interactive),
        FlowBlock(
            type: "UpdateContactTargetQueue", parameters: ["QueueId", "AgentId"],
            flowTypes: .routing, rules: [.error("NoMatchingError")]),
        FlowBlock(
            type: "UpdateContactTextToSpeechVoice",
            parameters: [
                "TextToSpeechVoice", "TextToSpeechEngine", "TextToSpeechStyle", "ExternalCredentialSecretARN",
            ],
            wanted: ["TextToSpeechVoice"]),
        FlowBlock(
            type: "UpdatePreviousContactParticipantState", parameters: ["PreviousContactParticipantState"],
            wanted: ["PreviousContactParticipantState"], wantedErrors: ["NoMatchingError"],
            flowTypes: [.contactFlow, .agentTransfer, .queueTransfer, .outboundWhisper], channel: .voice),
    ]
}
