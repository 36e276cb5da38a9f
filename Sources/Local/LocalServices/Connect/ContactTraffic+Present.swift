/// Queues as they are.
extension ContactTraffic {
    /// Returns a queue's present metrics, the same within a minute; nil for one that nobody is in, and nobody works for.
    func present(_ place: Int, at time: Int) -> [String: Double]? {
        let queue = queues[place]
        let online = agents.indices.count { serves($0, place) && isOnShift($0, at: time) }
        var chance = SeededGenerator(seed: "\(seed) now \(queue.id) \(time / 60)")
        let waiting = Int(level(at: time) * queue.weight * Double(Int.random(in: 0...4, using: &chance)))
        guard online > 0 || waiting > 0 else { return nil }
        let onContact = Int.random(in: 0...online, using: &chance)
        let working = Int.random(in: 0...min(2, online - onContact), using: &chance)
        let away = Int.random(in: 0...min(1, online - onContact - working), using: &chance)
        let available = online - onContact - working - away
        let oldest = waiting > 0 ? Int.random(in: 3...240, using: &chance) : 0
        return [
            "AGENTS_ONLINE": Double(online), "AGENTS_AVAILABLE": Double(available), "AGENTS_ERROR": 0,
            "AGENTS_ON_CONTACT": Double(onContact), "AGENTS_ON_CALL": Double(onContact),
            "AGENTS_AFTER_CONTACT_WORK": Double(working), "AGENTS_NON_PRODUCTIVE": Double(away),
            "AGENTS_STAFFED": Double(online - away), "CONTACTS_IN_QUEUE": Double(waiting),
            "CONTACTS_SCHEDULED": Double(Int.random(in: 0...1, using: &chance)), "OLDEST_CONTACT_AGE": Double(oldest),
            "SLOTS_ACTIVE": Double(onContact), "SLOTS_AVAILABLE": Double(available),
        ]
    }

    /// Returns true when the queue is in the agent's routing profile.
    func serves(_ agent: Int, _ queue: Int) -> Bool {
        agent % max(1, min(3, queues.count)) == queue % max(1, min(3, queues.count)) || agent % 4 == 0
    }
}
