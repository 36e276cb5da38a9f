/// A metric of queues as they are: `CurrentMetricName` in the Amazon Connect API Reference.
package struct CurrentMetric: Sendable, Hashable {
    package enum Unit: String, Sendable {
        case count = "COUNT"
        case seconds = "SECONDS"
    }

    package let name: String
    package let unit: Unit

    package init(_ name: String, _ unit: Unit = .count) {
        self.name = name
        self.unit = unit
    }
}

/// A metric of past intervals: `MetricV2` in the Amazon Connect API Reference.
package struct HistoricalMetric: Sendable, Hashable {
    package let name: String
    /// The seconds within which a contact must be answered (`LT`), for the metrics that have such a threshold.
    package let secondsBelow: Int?

    package init(_ name: String, secondsBelow: Int? = nil) {
        self.name = name
        self.secondsBelow = secondsBelow
    }
}

/// The length of the intervals that metrics are asked for by.
package enum MetricInterval: String, Sendable, CaseIterable {
    case quarter = "FIFTEEN_MIN"
    case half = "THIRTY_MIN"
    case hour = "HOUR"

    package var seconds: Int {
        switch self {
        case .quarter: 900
        case .half: 1800
        case .hour: 3600
        }
    }
}

/// A dimension that metrics are filtered and grouped by.
package enum MetricDimension: String, Sendable {
    case queue = "QUEUE"
    case channel = "CHANNEL"
    case agent = "AGENT"
}
