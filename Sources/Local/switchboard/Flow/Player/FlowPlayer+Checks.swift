import JSON

/// Blocks that decide by what a call here does not have, such as the time of day and the agents at work.
extension FlowPlayer {
    /// The metrics of a contact centre that is open and has an agent for everybody.
    private static let metrics: [String: String] = [
        "NumberOfAgentsAvailable": "1", "NumberOfAgentsStaffed": "1", "NumberOfAgentsOnline": "1",
        "OldestContactInQueueAgeSeconds": "0", "NumberOfContactsInQueue": "0",
    ]

    mutating func check(_ action: ContactFlow.Action) -> Way {
        switch action.type {
        case "CheckHoursOfOperation":
            world.say("(Within the hours of operation, as assumed.)")
            sayChoices(action)
            return .to(branch(action, on: "True"))
        case "CheckMetricData":
            let metric = contact.text(action.parameters["MetricType"])
            let value = Self.metrics[metric] ?? "0"
            world.say("(\(metric) is \(value), as assumed.)")
            sayChoices(action)
            return .to(branch(action, on: value))
        case "DistributeByPercentage":
            let number = String(world.percentage())
            world.say("(Of 100, this contact drew \(number).)")
            sayChoices(action)
            return .to(branch(action, on: number))
        default:
            let agents: JSONValue = .object(
                ["Online", "Available", "Staffed"].reduce(into: [:]) { $0[$1] = ["Count": "1"] }
                    .merging(["AfterContactWork", "Busy", "Missed", "NonProductive"].map { ($0, ["Count": "0"]) }) {
                        $1
                    })
            contact.others["Metrics"] = .members([
                "Queue": .members([
                    "Name": contact.queue?["Name"], "ARN": contact.queue?["ARN"], "Size": "0", "OldestContactAge": "0",
                    "EstimatedWaitTime": "0",
                ]), "Agents": agents, "Contact": ["EstimatedWaitTime": "0", "PositionInQueue": "1"],
            ])
            return .to(action.next)
        }
    }

    /// Goes round as often as the block says, by its count or by the elements of a list.
    mutating func loop(_ action: ContactFlow.Action) -> Way {
        let lists = ["LoopArray", "Array", "Elements", "Items"].compactMap { action.parameters[$0] }
        let elements = lists.first.flatMap(contact.value)?.array
        guard let count = elements?.count ?? Int(contact.text(action.parameters["LoopCount"])),
            (0...100).contains(count)
        else { return fails(action, "has no number of rounds from 0 to 100") }
        let done = loops[action.identifier, default: 0]
        loops[action.identifier] = done < count ? done + 1 : 0
        let name = contact.text(action.parameters["LoopName"])
        if !name.isEmpty {
            var all = contact.others["Loop"]?.object ?? [:]
            all[name] = .members([
                "Index": .string(String(min(done, max(count - 1, 0)))), "Elements": elements.map(JSONValue.array),
                "Element": elements.flatMap { $0.indices.contains(done) ? $0[done] : nil },
            ])
            contact.others["Loop"] = .object(all)
        }
        return .to(branch(action, on: done < count ? "ContinueLooping" : "DoneLooping"))
    }

    /// Lets the time of a chat pass at once.
    func wait(_ action: ContactFlow.Action) -> Way {
        guard contact.channel != "VOICE" else { return fails(action, "works in chats alone") }
        world.say("(\(contact.text(action.parameters["TimeLimitSeconds"])) s pass.)")
        return .to(condition(action, on: "WaitCompleted") ?? action.next)
    }
}
