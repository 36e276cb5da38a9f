/// The metrics of one queue, of one channel of a queue, or of one agent.
package struct MetricResult: Sendable, Equatable {
    /// The queue's id.
    package internal(set) var queue: String?
    /// The agent's id.
    package internal(set) var agent: String?
    package internal(set) var channel: String?
    /// The interval's beginning in seconds since 1970; nil for the present.
    package internal(set) var start: Int?
    /// The interval's end.
    package internal(set) var end: Int?
    /// The values in the order of the metrics that were asked for; nil where Connect has none.
    package internal(set) var values: [Double?]

    package init(
        queue: String? = nil, agent: String? = nil, channel: String? = nil, start: Int? = nil, end: Int? = nil,
        values: [Double?]
    ) {
        self.queue = queue
        self.agent = agent
        self.channel = channel
        self.start = start
        self.end = end
        self.values = values
    }
}

/// One page of results.
package struct MetricPage: Sendable, Equatable {
    package internal(set) var results: [MetricResult] = []
    /// The time of the data, since 1970; nil for past intervals.
    package internal(set) var snapshot: Duration?
    var nextToken: String?
    /// True when it says the same as the one before of the same queues, but for its time.
    package internal(set) var isKnown = false
}
