/// The contact centre as people look at it.
extension ConnectCentre {
    /// A queue as it is now.
    package struct QueueNow: Sendable, Equatable {
        package let id: String
        package let name: String
        package let channels: [String]
        /// The present metrics by Amazon Connect's names; nil where it has none, since nobody waits and nobody works.
        package let metrics: [String: Double]?
    }

    /// An agent, and the queues that are in the agent's routing profile.
    package struct AgentNow: Sendable, Equatable {
        package let username: String
        package let isOnShift: Bool
        package let queues: [String]
    }

    /// The queues as they are, the same within a minute.
    package var queuesNow: [QueueNow] {
        traffic.queues.enumerated().map { place, queue in
            QueueNow(
                id: queue.id, name: queue.name, channels: queue.channels,
                metrics: presentMetrics(of: place)?.compactMapValues(\.self))
        }
    }

    package var agentsNow: [AgentNow] {
        traffic.agents.indices.map { agent in
            AgentNow(
                username: traffic.agents[agent].username, isOnShift: traffic.isOnShift(agent, at: now),
                queues: traffic.queues.indices.filter { traffic.serves(agent, $0) }.map { traffic.queues[$0].name })
        }
    }

    /// True when every quarter of an hour is busy, whatever the time of day.
    package var isAlwaysBusy: Bool { traffic.isAlwaysBusy }
}
