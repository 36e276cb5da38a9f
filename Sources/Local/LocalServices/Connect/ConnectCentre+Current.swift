import AWS
import Foundation
import JSON

/// Lists, and queues as they are.
extension ConnectCentre {
    /// "ListQueues" and "ListUsers" in the Amazon Connect API Reference: at most 1,000 a page.
    func list(_ operation: String, _ query: String) throws(ConnectRefusal) -> JSONValue {
        let items = URLComponents(string: "?\(query)")?.queryItems ?? []
        let isOfQueues = operation == "ListQueues"
        var members: [String: JSONValue] = [:]
        var types: [String] = []
        for item in items {
            switch item.name {
            case "queueTypes" where isOfQueues:
                guard let type = item.value, ["STANDARD", "AGENT"].contains(type) else {
                    throw .parameter("queueTypes")
                }
                types.append(type)
            case "nextToken": members["NextToken"] = .string(item.value ?? "")
            case "maxResults": members["MaxResults"] = .number(item.value ?? "")
            default: throw .parameter("\(item.name) is no parameter of \(operation)")
            }
        }
        guard types.count <= 2 else { throw .parameter("queueTypes") }
        let size = try size(members, 1_000)
        members["types"] = .array(types.map(JSONValue.string))
        let all = isOfQueues ? queueSummaries(types.isEmpty ? ["STANDARD", "AGENT"] : types) : userSummaries
        let (results, token) = try page(members, size) { () throws(ConnectRefusal) in all }
        return .members([
            isOfQueues ? "QueueSummaryList" : "UserSummaryList": .array(results),
            "NextToken": token.map(JSONValue.string),
        ])
    }

    private func queueSummaries(_ types: [String]) -> [JSONValue] {
        let standard = traffic.queues.map { queue -> JSONValue in
            [
                "Id": .string(queue.id), "Arn": .string("\(instance.arn)/queue/\(queue.id)"),
                "Name": .string(queue.name), "QueueType": "STANDARD", "LastModifiedTime": .number(1_760_000_000),
                "LastModifiedRegion": .string(instance.region),
            ]
        }
        // An agent's own queue has no name.
        let own = traffic.agents.map { agent -> JSONValue in
            [
                "Id": .string(agent.id), "Arn": .string("\(instance.arn)/queue/agent/\(agent.id)"),
                "QueueType": "AGENT",
            ]
        }
        return (types.contains("STANDARD") ? standard : []) + (types.contains("AGENT") ? own : [])
    }

    private var userSummaries: [JSONValue] {
        traffic.agents.map { agent in
            [
                "Id": .string(agent.id), "Arn": .string("\(instance.arn)/agent/\(agent.id)"),
                "Username": .string(agent.username),
            ]
        }
    }

    /// "GetCurrentMetricData" in the Amazon Connect API Reference.
    func current(_ members: [String: JSONValue]) throws(ConnectRefusal) -> JSONValue {
        try check(
            members,
            ["Filters", "Groupings", "CurrentMetrics", "NextToken", "MaxResults", "SortCriteria", "InstanceId"])
        guard let filters = members["Filters"]?.object else { throw .request("Filters is missing") }
        try check(filters, ["Queues", "Channels", "RoutingProfiles"])
        guard filters["Queues"] == nil || filters["RoutingProfiles"] == nil else {
            throw .parameter("queues and routing profiles cannot be filtered by together")
        }
        let ids = try texts(filters["Queues"], "Queues", 1...100)
        guard !ids.isEmpty else { throw .parameter("this local Amazon Connect filters by queues alone") }
        let channels = try texts(filters["Channels"], "Channels", 0...4)
        guard Set(channels).isSubset(of: ConnectMetricRules.channels) else { throw .parameter("Channels") }
        let places = try ids.map { id throws(ConnectRefusal) in try queue(id) }
        let groupings = try texts(members["Groupings"], "Groupings", 0...2)
        guard groupings.isEmpty || groupings.first == "QUEUE", groupings.dropFirst().allSatisfy({ $0 == "CHANNEL" })
        else {
            throw .parameter("this local Amazon Connect groups by QUEUE, and by QUEUE and CHANNEL")
        }
        guard !groupings.contains("CHANNEL") || !channels.isEmpty else {
            throw .request("a grouping by CHANNEL needs a filter by Channels")
        }
        let metrics = members["CurrentMetrics"]?.array ?? []
        guard !metrics.isEmpty else { throw .request("CurrentMetrics is missing") }
        for metric in metrics {
            try check(metric.object ?? [:], ["Name", "Unit"])
            guard let name = metric["Name"]?.string, let unit = ConnectMetricRules.present[name],
                metric["Unit"]?.string == unit
            else { throw .parameter("CurrentMetrics: \(metric.text)") }
        }
        let (results, token) = try page(members, try size(members, 100)) { () throws(ConnectRefusal) in
            present(places, groupings, channels, metrics)
        }
        return .members([
            "NextToken": token.map(JSONValue.string), "MetricResults": .array(results),
            "DataSnapshotTime": .number(now), "ApproximateTotalCount": .number(results.count),
        ])
    }

    private func present(
        _ places: [Int], _ groupings: [String], _ channels: [String], _ metrics: [JSONValue]
    ) -> [JSONValue] {
        let values = places.map { presentMetrics(of: $0) }
        func collections(_ value: (String) -> Double?) -> JSONValue {
            // In another order than they were asked for: nothing promises the same.
            .array(
                metrics.reversed().map { metric in
                    ["Metric": metric, "Value": value(metric["Name"]?.string ?? "").map(Self.number) ?? .null]
                })
        }
        guard !groupings.isEmpty else {
            let known = values.compactMap(\.self)
            return [
                [
                    "Collections": collections { name in
                        let all = known.compactMap { $0[name] ?? nil }
                        // Ungrouped, ages are in milliseconds.
                        return name == "OLDEST_CONTACT_AGE" ? (all.max() ?? 0) * 1_000 : all.reduce(0, +)
                    }
                ]
            ]
        }
        return zip(places, values).reversed().flatMap { place, values -> [JSONValue] in
            guard let values else { return [] }
            let queue = traffic.queues[place]
            let groups: [String?] = groupings.count > 1 ? channels.filter(queue.channels.contains) : [nil]
            return groups.map { channel in
                [
                    "Dimensions": .members([
                        "Queue": [
                            "Id": .string(queue.id), "Arn": .string("\(instance.arn)/queue/\(queue.id)"),
                        ],
                        "Channel": channel.map(JSONValue.string),
                    ]),
                    "Collections": collections { values[$0] ?? nil },
                ]
            }
        }
    }

    /// Returns a queue's present metrics by their names; nil for one that the response leaves out.
    func presentMetrics(of place: Int) -> [String: Double?]? {
        present[traffic.queues[place].id] ?? traffic.present(place, at: now)?.mapValues { .some($0) }
    }

    // MARK: Parameters

    static func number(_ value: Double) -> JSONValue {
        .number(value == value.rounded() ? "\(Int(value)).0" : "\(value)")
    }

    func check(_ members: [String: JSONValue], _ known: Set<String>) throws(ConnectRefusal) {
        if let stray = Set(members.keys).subtracting(known).min() { throw .request("\(stray) is no member") }
    }

    func size(_ members: [String: JSONValue], _ largest: Int) throws(ConnectRefusal) -> Int {
        guard let given = members["MaxResults"] else { return 100 }
        guard let size = given.int, (1...largest).contains(size) else {
            throw .parameter("MaxResults must be 1 to \(largest)")
        }
        return size
    }

    func texts(
        _ value: JSONValue?, _ name: String, _ count: ClosedRange<Int>
    ) throws(ConnectRefusal) -> [String] {
        guard let value else { return [] }
        let texts = value.array?.compactMap(\.string) ?? []
        guard texts.count == value.array?.count, count.contains(texts.count) else {
            throw .parameter("\(name) must have \(count.lowerBound) to \(count.upperBound) strings")
        }
        return texts
    }

    /// Returns the place of a queue by its id or ARN.
    func queue(_ id: String) throws(ConnectRefusal) -> Int {
        guard let place = traffic.queues.firstIndex(where: { id == $0.id || id == "\(instance.arn)/queue/\($0.id)" })
        else { throw .missing("a queue is not there") }
        return place
    }
}
