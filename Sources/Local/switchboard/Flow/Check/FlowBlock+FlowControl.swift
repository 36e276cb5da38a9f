/// "Flow control actions in the Amazon Connect Flow language".
extension FlowBlock {
    static let flowControl: [FlowBlock] = [
        FlowBlock(
            type: "CheckHoursOfOperation", parameters: ["HoursOfOperationId"],
            flowTypes: .interactive,
            rules: [.conditionsOnly(["True", "False"]), .error("NoMatchingError")]),
        FlowBlock(
            type: "CheckMetricData", parameters: ["MetricType", "QueueId", "AgentId"], wanted: ["MetricType"],
            flowTypes: .interactive,
            rules: [.anyCondition, .error("NoMatchingCondition"), .error("NoMatchingError")]),
        FlowBlock(
            type: "CheckOutboundCallStatus", parameters: [], wantedErrors: ["NoMatchingError"], channel: .voice),
        FlowBlock(
            type: "CheckVoiceId", parameters: ["CheckVoiceIdOption"], wanted: ["CheckVoiceIdOption"],
            wantedErrors: ["NoMatchingError"], channel: .voice),
        FlowBlock(
            type: "Compare", parameters: ["ComparisonValue"], wanted: ["ComparisonValue"],
            rules: [.error("NoMatchingCondition"), .noError("NoMatchingError")]),
        FlowBlock(
            type: "DistributeByPercentage", parameters: [], flowTypes: .interactive,
            rules: [.error("NoMatchingCondition"), .noError("NoMatchingError")]),
        FlowBlock(
            type: "EndFlowExecution", parameters: [],
            flowTypes: [.customerWhisper, .agentWhisper, .outboundWhisper, .customerQueue], course: .ends),
        FlowBlock(
            type: "GetMetricData", parameters: ["QueueId", "AgentId", "QueueChannel"],
            rules: [.error("NoMatchingError")]),
        // A loop over an array has other parameters, which no page names.
        FlowBlock(
            type: "Loop", parameters: nil,
            rules: [
                .number("LoopCount", 0...100, orReference: true), .conditions(["ContinueLooping", "DoneLooping"]),
            ]),
        FlowBlock(
            type: "StartVoiceIdStream", parameters: [], wantedErrors: ["NoMatchingError"],
            flowTypes: .allButHolds, channel: .voice),
        FlowBlock(
            type: "TransferToFlow", parameters: ["ContactFlowId"], wanted: ["ContactFlowId"],
            flowTypes: .routing, course: .handsOver, rules: [.error("NoMatchingError")]),
        FlowBlock(
            type: "UpdateFlowAttributes", parameters: ["FlowAttributes"], wanted: ["FlowAttributes"],
            rules: [.error("NoMatchingError"), .values("FlowAttributes", member: "Value")]),
        FlowBlock(
            type: "UpdateFlowLoggingBehavior", parameters: ["FlowLoggingBehavior"], wanted: ["FlowLoggingBehavior"]),
        FlowBlock(
            type: "UpdateRoutingCriteria", parameters: ["RoutingCriteria"], wanted: ["RoutingCriteria"],
            wantedErrors: ["NoMatchingError"], flowTypes: .interactive, takenAs: "UpdateContactRoutingCriteria"),
        FlowBlock(
            type: "UpdateContactRoutingCriteria", parameters: ["RoutingCriteria"],
            wantedErrors: ["NoMatchingError"], flowTypes: .interactive),
        // The block's page has TimeoutSeconds, which is refused.
        FlowBlock(
            type: "Wait", parameters: nil, channel: .chat,
            rules: [
                .needs("TimeLimitSeconds"), .takesNo("TimeoutSeconds", instead: "its name is TimeLimitSeconds"),
                .error("NoMatchingError"),
            ]),
    ]
}
