import Foundation

/// The traffic of a contact centre: what each quarter of an hour brings is made of the seed and of that quarter alone, so that
/// a day is the same whenever it is asked for, and in whatever parts.
package struct ContactTraffic: Sendable {
    package static let quarter = 900

    package let seed: UInt64
    package let queues: [LocalQueue]
    package let agents: [LocalAgent]
    /// True for a centre whose every quarter has contacts in every queue, and every agent online.
    package let isAlwaysBusy: Bool

    package init(seed: UInt64, queues: [LocalQueue], agents: [LocalAgent], isAlwaysBusy: Bool = false) {
        self.seed = seed
        self.queues = queues
        self.agents = agents
        self.isAlwaysBusy = isAlwaysBusy
    }

    /// The contacts of a channel of a queue.
    package struct Stream: Hashable, Sendable {
        /// The queue's place.
        package let queue: Int
        package let channel: String

        package init(queue: Int, channel: String) {
            self.queue = queue
            self.channel = channel
        }
    }

    /// The time of an agent in a quarter.
    package struct AgentTime: Sendable, Equatable {
        package var contacts: [LocalContact] = []
        package var online = 0
        package var nonProductive = 0
        package var missed = 0

        package var handle: Int { contacts.reduce(0) { $0 + $1.handle } }
        /// The time on contacts, of which there is no more than the time online.
        package var busy: Int { min(handle, online - nonProductive) }
        package var idle: Int { online - nonProductive - busy }
    }

    package struct Quarter: Sendable {
        package var streams: [Stream: [LocalContact]] = [:]
        /// By the agent's place.
        package var agents: [AgentTime] = []
    }

    /// Returns the quarter that begins at a time in seconds since 1970.
    package func quarter(at start: Int) -> Quarter {
        let onShift = agents.indices.filter { isOnShift($0, at: start) }
        var result = Quarter()
        result.agents = agents.indices.map { place in
            var time = AgentTime()
            guard isOnShift(place, at: start) else { return time }
            var chance = SeededGenerator(seed: "\(seed) agent \(agents[place].id) \(start)")
            time.online = Self.quarter
            time.nonProductive =
                Int.random(in: 0..<4, using: &chance) == 0 ? 60 * Int.random(in: 1...5, using: &chance) : 0
            time.missed = Int.random(in: 0..<25, using: &chance) == 0 ? 1 : 0
            return time
        }
        for (place, queue) in queues.enumerated() {
            for channel in queue.channels {
                var chance = SeededGenerator(seed: "\(seed) \(queue.id) \(channel) \(start)")
                let mean = queue.weight * (Self.means[channel] ?? 1) * level(at: start)
                let count = max(isAlwaysBusy ? 1 : 0, Self.poisson(mean, &chance))
                let contacts = (0..<count).map { _ in Self.contact(channel, onShift, &chance) }
                guard !contacts.isEmpty else { continue }
                result.streams[Stream(queue: place, channel: channel)] = contacts
                for contact in contacts {
                    if let agent = contact.agent { result.agents[agent].contacts.append(contact) }
                }
            }
        }
        return result
    }

    /// The contacts of a usual quarter at noon.
    private static let means = ["VOICE": 6.0, "CHAT": 3, "EMAIL": 2, "TASK": 1.5]

    /// Returns the traffic at a time, from 0 at night to 1: two waves a working day in UTC, little on weekends.
    func level(at time: Int) -> Double {
        let hour = Double((time % 86_400 + 86_400) % 86_400) / 3_600
        let weekday = (time / 86_400 + 4) % 7
        var level = 0.0
        if (7..<19).contains(hour) {
            level = 0.25 + 0.75 * sin(.pi * (hour - 7) / 12)
            if (12..<13.5).contains(hour) { level *= 0.7 }
            if weekday == 0 || weekday == 6 { level *= 0.3 }
        }
        return isAlwaysBusy ? max(level, 0.3) : level
    }

    /// Returns true within the agent's eight hours of the day.
    func isOnShift(_ place: Int, at time: Int) -> Bool {
        if isAlwaysBusy { return true }
        let weekday = (time / 86_400 + 4) % 7
        var chance = SeededGenerator(seed: "\(seed) shift \(agents[place].id)")
        let begin = Int.random(in: 6...11, using: &chance)
        let worksWeekends = Int.random(in: 0..<4, using: &chance) == 0
        guard worksWeekends || (1...5).contains(weekday) else { return false }
        return (begin..<begin + 8).contains(time % 86_400 / 3_600)
    }

    private static func contact(
        _ channel: String, _ onShift: [Int], _ chance: inout SeededGenerator
    ) -> LocalContact {
        let isVoice = channel == "VOICE"
        let wait = exponential(isVoice ? 14 : 45, &chance)
        let patience = exponential(isVoice ? 150 : 900, &chance)
        let talk = 20 + exponential(isVoice ? 210 : 330, &chance)
        let hold = isVoice && Int.random(in: 0..<4, using: &chance) == 0 ? exponential(40, &chance) : 0
        let work = exponential(35, &chance)
        let isTransferred = Int.random(in: 0..<12, using: &chance) == 0
        let agent = onShift.randomElement(using: &chance)
        guard wait <= patience, let agent else {
            return LocalContact(wait: min(wait, patience), agent: nil, talk: 0, hold: 0, work: 0, isTransferred: false)
        }
        return LocalContact(wait: wait, agent: agent, talk: talk, hold: hold, work: work, isTransferred: isTransferred)
    }

    private static func exponential(_ mean: Double, _ chance: inout SeededGenerator) -> Int {
        Int(-mean * log(1 - Double.random(in: 0..<1, using: &chance)))
    }

    private static func poisson(_ mean: Double, _ chance: inout SeededGenerator) -> Int {
        guard mean > 0 else { return 0 }
        let limit = exp(-mean)
        var (count, product) = (0, Double.random(in: 0..<1, using: &chance))
        while product > limit {
            count += 1
            product *= Double.random(in: 0..<1, using: &chance)
        }
        return count
    }
}
