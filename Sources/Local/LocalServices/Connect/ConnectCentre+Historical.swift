import AWS
import JSON

/// Past intervals: "GetMetricDataV2" in the Amazon Connect API Reference.
extension ConnectCentre {
    /// A request that was checked.
    private struct Query {
        let start: Int
        let end: Int
        /// The interval's name and seconds.
        let interval: (name: String, seconds: Int)
        let queues: [Int]?
        let agents: [Int]?
        let channels: [String]?
        let groupings: [String]
        let metrics: [JSONValue]
    }

    func historical(_ members: [String: JSONValue]) throws(ConnectRefusal) -> JSONValue {
        try check(
            members,
            [
                "ResourceArn", "StartTime", "EndTime", "Interval", "Filters", "Groupings", "Metrics", "NextToken",
                "MaxResults",
            ])
        guard members["ResourceArn"]?.string == instance.arn else { throw .missing("the instance is not there") }
        let query = try query(members)
        let size = try size(members, 100)
        let (results, token) = try page(members, size) { () throws(ConnectRefusal) in found(query) }
        return .members(["NextToken": token.map(JSONValue.string), "MetricResults": .array(results)])
    }

    private func query(_ members: [String: JSONValue]) throws(ConnectRefusal) -> Query {
        guard let start = members["StartTime"]?.int, let end = members["EndTime"]?.int else {
            throw .request("StartTime and EndTime are epoch seconds")
        }
        guard start < end else { throw .parameter("StartTime must be before EndTime") }
        guard end <= now else { throw .parameter("EndTime cannot be later than the present") }
        guard start >= now - 93 * 86_400 else { throw .parameter("metrics are there for three months") }
        let interval = members["Interval"]?.object ?? [:]
        try check(interval, ["TimeZone", "IntervalPeriod"])
        let name = interval["IntervalPeriod"]?.string ?? "TOTAL"
        guard let (seconds, days) = ConnectMetricRules.intervals[name] else { throw .parameter("IntervalPeriod") }
        guard ["UTC", nil].contains(interval["TimeZone"]?.string) else {
            throw .parameter("this local Amazon Connect knows the time zone UTC alone")
        }
        guard end - start < days * 86_400 else { throw .parameter("the span must be less than \(days) days") }
        let step = seconds ?? end - start
        // Not documented: the stricter reading.
        guard start % (seconds ?? 900) == 0, end % (seconds ?? 900) == 0 else {
            throw .parameter("StartTime and EndTime must lie on the interval's limits")
        }
        let groupings = try texts(members["Groupings"], "Groupings", 0...4)
        guard groupings.allSatisfy({ ["QUEUE", "CHANNEL", "AGENT"].contains($0) }) else {
            throw .parameter("this local Amazon Connect groups by QUEUE, CHANNEL and AGENT")
        }
        let filters = try filters(members)
        let metrics = try metrics(members, Set(groupings).union(filters.keys))
        let queues = try filters["QUEUE"]?.map { id throws(ConnectRefusal) in try queue(id) }
        let agents = try filters["AGENT"]?.map { id throws(ConnectRefusal) in try agent(id) }
        return Query(
            start: start, end: end, interval: (name, step), queues: queues, agents: agents,
            channels: filters["CHANNEL"],
            groupings: groupings, metrics: metrics)
    }

    private func filters(_ members: [String: JSONValue]) throws(ConnectRefusal) -> [String: [String]] {
        guard let list = members["Filters"]?.array, (1...5).contains(list.count) else {
            throw .parameter("Filters must have 1 to 5 members")
        }
        var filters: [String: [String]] = [:]
        for filter in list {
            try check(filter.object ?? [:], ["FilterKey", "FilterValues"])
            guard let key = filter["FilterKey"]?.string,
                ConnectMetricRules.resourceFilters.union(ConnectMetricRules.otherFilters).contains(key),
                filters[key] == nil
            else { throw .parameter("FilterKey") }
            filters[key] = try texts(filter["FilterValues"] ?? [], "FilterValues", 1...100)
        }
        guard !ConnectMetricRules.resourceFilters.isDisjoint(with: filters.keys) else {
            throw .parameter("a filter by a resource is needed")
        }
        let counted = filters.filter { $0.key != "CHANNEL" }.reduce(0) { $0 + $1.value.count }
        guard counted <= 100 else { throw .parameter("at most 100 filter values in all") }
        guard Set(filters["CHANNEL"] ?? []).isSubset(of: ConnectMetricRules.channels) else {
            throw .parameter("FilterValues of CHANNEL")
        }
        return filters
    }

    private func metrics(
        _ members: [String: JSONValue], _ dimensions: Set<String>
    ) throws(ConnectRefusal) -> [JSONValue] {
        let metrics = members["Metrics"]?.array ?? []
        guard !metrics.isEmpty else { throw .request("Metrics is missing") }
        for metric in metrics {
            try check(metric.object ?? [:], ["Name", "Threshold", "MetricFilters"])
            guard let name = metric["Name"]?.string, let allowed = ConnectMetricRules.dimensions[name] else {
                throw .parameter("there is no metric \(metric["Name"]?.text ?? "")")
            }
            if let other = dimensions.subtracting(allowed).min() {
                throw .parameter("\(name) takes no grouping or filter by \(other)")
            }
            let thresholds = metric["Threshold"]?.array ?? []
            guard thresholds.count == (ConnectMetricRules.withThreshold.contains(name) ? 1 : 0) else {
                throw .parameter("Threshold of \(name)")
            }
            for threshold in thresholds {
                guard ["LT", "LTE"].contains(threshold["Comparison"]?.string),
                    (1...604_800).contains(threshold["ThresholdValue"]?.int ?? 0)
                else { throw .parameter("Threshold of \(name)") }
            }
        }
        guard metrics.count(where: { $0["Name"] == "SERVICE_LEVEL" }) <= 20 else {
            throw .parameter("at most 20 SERVICE_LEVEL metrics")
        }
        return metrics
    }

    private func agent(_ id: String) throws(ConnectRefusal) -> Int {
        guard let place = traffic.agents.firstIndex(where: { id == $0.id || id == "\(instance.arn)/agent/\($0.id)" })
        else { throw .missing("an agent is not there") }
        return place
    }

    // MARK: Results

    private func found(_ query: Query) -> [JSONValue] {
        var all: [JSONValue] = []
        for start in stride(from: query.start, to: query.end, by: query.interval.seconds) {
            let end = min(start + query.interval.seconds, query.end)
            for (group, figures) in groups(query, start..<end) where figures.hasData {
                all.append([
                    "Dimensions": dimensions(of: group),
                    "MetricInterval": [
                        "Interval": .string(query.interval.name), "StartTime": .number(start), "EndTime": .number(end),
                    ],
                    "Collections": .array(
                        query.metrics.reversed().map { metric in
                            ["Metric": metric, "Value": figures.value(metric).map(Self.number) ?? .null]
                        }),
                ])
            }
        }
        return all
    }

    /// The dimensions of a result, by their places.
    private struct Group: Hashable {
        var queue: Int?
        var channel: String?
        var agent: Int?
    }

    private func groups(_ query: Query, _ times: Range<Int>) -> [(Group, ConnectFigures)] {
        var groups: [Group: ConnectFigures] = [:]
        var order: [Group] = []
        func add(_ group: Group, _ change: (inout ConnectFigures) -> Void) {
            if groups[group] == nil { order.append(group) }
            change(&groups[group, default: ConnectFigures()])
        }
        for start in stride(from: times.lowerBound, to: times.upperBound, by: ContactTraffic.quarter) {
            let quarter = quarter(at: start)
            if let agents = query.agents {
                for place in agents {
                    add(Group(agent: query.groupings.contains("AGENT") ? place : nil)) {
                        $0.add(quarter.agents[place])
                    }
                }
                continue
            }
            for place in query.queues ?? Array(traffic.queues.indices) {
                for channel in traffic.queues[place].channels where query.channels?.contains(channel) ?? true {
                    let contacts = quarter.streams[.init(queue: place, channel: channel)] ?? []
                    let group = Group(
                        queue: query.groupings.contains("QUEUE") ? place : nil,
                        channel: query.groupings.contains("CHANNEL") ? channel : nil)
                    add(group) { $0.contacts += contacts }
                }
            }
        }
        return order.map { ($0, groups[$0] ?? ConnectFigures()) }
    }

    private func dimensions(of group: Group) -> JSONValue {
        var dimensions: [String: JSONValue] = [:]
        if let agent = group.agent {
            let id = traffic.agents[agent].id
            dimensions = ["AGENT": .string(id), "AGENT_ARN": .string("\(instance.arn)/agent/\(id)")]
        }
        if let queue = group.queue {
            let id = traffic.queues[queue].id
            dimensions = ["QUEUE": .string(id), "QUEUE_ARN": .string("\(instance.arn)/queue/\(id)")]
        }
        if let channel = group.channel { dimensions["CHANNEL"] = .string(channel) }
        return .object(dimensions)
    }
}
