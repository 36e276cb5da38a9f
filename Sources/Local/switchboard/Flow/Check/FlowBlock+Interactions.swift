/// "Interactions in the Amazon Connect Flow language", and the blocks of the console that no page of it has.
extension FlowBlock {
    static let interactions: [FlowBlock] = [
        FlowBlock(
            type: "AssociateContactToCustomerProfile", parameters: profile, wantedErrors: ["NoMatchingError"]),
        FlowBlock(type: "CheckSegmentMembership", wantedErrors: ["NoMatchingError"]),
        FlowBlock(
            type: "CreateCallbackContact",
            parameters: [
                "QueueId", "AgentId", "InitialCallDelaySeconds", "MaximumConnectionAttempts", "RetryDelaySeconds",
                "ContactFlowId", "CallerId",
            ],
            wanted: ["InitialCallDelaySeconds", "MaximumConnectionAttempts", "RetryDelaySeconds"],
            flowTypes: .interactive, channel: .voice, rules: [.error("NoMatchingError")]),
        FlowBlock(type: "CreateContact", wantedErrors: ["NoMatchingError"]),
        FlowBlock(type: "CreateCustomerProfile", parameters: profile, rules: [.error("NoMatchingError")]),
        FlowBlock(type: "CreatePersistentContactAssociation", wantedErrors: ["NoMatchingError"], channel: .chat),
        FlowBlock(type: "EvaluateDataTableValues", wantedErrors: ["NoMatchingError"]),
        FlowBlock(
            type: "GetCalculatedAttributesForCustomerProfile", parameters: profile,
            wantedErrors: ["NoneFoundError", "NoMatchingError"]),
        FlowBlock(
            type: "GetCustomerProfile", parameters: profile, wanted: ["ProfileRequestData"],
            wantedErrors: ["MultipleFoundError", "NoneFoundError"], rules: [.error("NoMatchingError")]),
        FlowBlock(
            type: "GetCustomerProfileObject", parameters: profile,
            wantedErrors: ["NoneFoundError", "NoMatchingError"]),
        FlowBlock(
            type: "InvokeLambdaFunction",
            parameters: [
                "LambdaFunctionARN", "InvocationTimeLimitSeconds", "InvocationType", "LambdaInvocationAttributes",
                "ResponseValidation",
            ],
            rules: [
                .needs("LambdaFunctionARN"), .needs("InvocationTimeLimitSeconds"),
                .number("InvocationTimeLimitSeconds", 1...8, orReference: false),
                .noConditions(instead: "branch with Compare on $.External"), .error("NoMatchingError"),
            ]),
        FlowBlock(type: "ListDataTableValues", wantedErrors: ["NoMatchingError"]),
        FlowBlock(
            type: "LoadContactContent", parameters: ["ContentType"], wantedErrors: ["NoMatchingError"],
            channel: .email),
        FlowBlock(type: "RenderMessageTemplate", wantedErrors: ["NoMatchingError"]),
        FlowBlock(type: "StartOutboundEmailContact", wantedErrors: ["NoMatchingError"]),
        FlowBlock(type: "UpdateCustomerProfile", parameters: profile, wantedErrors: ["NoMatchingError"]),
        FlowBlock(type: "UpsertDataTableValues", wantedErrors: ["NoMatchingError"]),
    ]

    private static let profile: Set = ["ProfileRequestData", "ProfileResponseData"]
}
