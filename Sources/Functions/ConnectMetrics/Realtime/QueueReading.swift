import AWS

/// The queues, and Connect's pages about them.
struct QueueReading: Sendable {
    let queues: [ConnectSummary]
    let pages: [MetricPage]

    /// The time of the data; nil when Connect gave none.
    var snapshot: Duration? { pages.compactMap(\.snapshot).max() }

    /// True when every page says what the one before it said.
    var isKnown: Bool { pages.allSatisfy(\.isKnown) }

    /// The queues as they are; one that is missing from the pages counts as zeros.
    var statuses: [QueueStatus] {
        var values: [String: [Double?]] = [:]
        values.reserveCapacity(queues.count)
        for page in pages {
            for result in page.results {
                if let id = result.queue { values[id] = result.values }
            }
        }
        return queues.map { QueueStatus($0, values[$0.id]) }
    }
}
