/// The metrics that the local Amazon Connect knows, and what each may be grouped and filtered by.
///
/// "GetMetricDataV2" and "GetCurrentMetricData" in the Amazon Connect API Reference, whose pages are botocore's model too: a
/// test compares the names.
enum ConnectMetricRules {
    private static let resources: Set = [
        "ROUTING_PROFILE", "AGENT", "AGENT_HIERARCHY_LEVEL_ONE", "AGENT_HIERARCHY_LEVEL_TWO",
        "AGENT_HIERARCHY_LEVEL_THREE", "AGENT_HIERARCHY_LEVEL_FOUR", "AGENT_HIERARCHY_LEVEL_FIVE",
    ]
    /// Queue, channel, routing profile, agent and agent hierarchy.
    private static let any = resources.union(["QUEUE", "CHANNEL"])
    private static let ofQueues: Set = ["QUEUE", "CHANNEL", "ROUTING_PROFILE"]

    /// The dimensions of each historical metric.
    static let dimensions: [String: Set<String>] = [
        "CONTACTS_QUEUED": any, "CONTACTS_HANDLED": any, "CONTACTS_ABANDONED": any, "CONTACTS_TRANSFERRED_OUT": any,
        "SUM_CONTACTS_ANSWERED_IN_X": ofQueues, "SERVICE_LEVEL": ofQueues, "ABANDONMENT_RATE": any,
        "AVG_QUEUE_ANSWER_TIME": ofQueues, "AVG_ABANDON_TIME": any, "AVG_HANDLE_TIME": any, "AVG_HOLD_TIME": any,
        "AVG_AFTER_CONTACT_WORK_TIME": any, "MAX_QUEUED_TIME": any, "SUM_HANDLE_TIME": any,
        "SUM_AFTER_CONTACT_WORK_TIME": any, "AGENT_NON_RESPONSE": any, "AGENT_ANSWER_RATE": any,
        "AGENT_OCCUPANCY": resources, "SUM_ONLINE_TIME_AGENT": resources, "SUM_IDLE_TIME_AGENT": resources,
        "SUM_NON_PRODUCTIVE_TIME_AGENT": resources,
    ]

    /// The metrics that take a threshold, and need one.
    static let withThreshold: Set = ["SERVICE_LEVEL", "SUM_CONTACTS_ANSWERED_IN_X"]

    /// The present metrics, with their units.
    static let present: [String: String] = [
        "AGENTS_ONLINE": "COUNT", "AGENTS_AVAILABLE": "COUNT", "AGENTS_ON_CALL": "COUNT",
        "AGENTS_NON_PRODUCTIVE": "COUNT", "AGENTS_AFTER_CONTACT_WORK": "COUNT", "AGENTS_ERROR": "COUNT",
        "AGENTS_STAFFED": "COUNT", "CONTACTS_IN_QUEUE": "COUNT", "OLDEST_CONTACT_AGE": "SECONDS",
        "CONTACTS_SCHEDULED": "COUNT", "AGENTS_ON_CONTACT": "COUNT", "SLOTS_ACTIVE": "COUNT",
        "SLOTS_AVAILABLE": "COUNT", "ESTIMATED_WAIT_TIME": "SECONDS",
    ]

    static let channels: Set = ["VOICE", "CHAT", "TASK", "EMAIL"]

    /// The intervals with their seconds, and the span that a request must be shorter than, in days; a total has none.
    static let intervals: [String: (seconds: Int?, days: Int)] = [
        "FIFTEEN_MIN": (900, 3), "THIRTY_MIN": (1_800, 3), "HOUR": (3_600, 3), "DAY": (86_400, 35),
        "WEEK": (604_800, 35), "TOTAL": (nil, 35),
    ]

    /// The filters of which a request must have one.
    static let resourceFilters = resources.union(["QUEUE", "CAMPAIGN", "EVALUATION_FORM", "EVALUATOR_ID"])
    /// Further filters that a request may have.
    static let otherFilters: Set = ["CHANNEL", "FEATURE", "contact/segmentAttributes/connect:Subtype"]
}
