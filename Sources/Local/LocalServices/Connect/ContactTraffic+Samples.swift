/// Centres of any size, made of a seed.
extension ContactTraffic {
    /// The centre of a local run: six queues and twelve agents.
    package static func sample(seed: UInt64 = 1) -> ContactTraffic {
        let names = ["Sales", "Support", "Billing", "Kundendienst", "Retention", "Chat & E-mail"]
        let channels = [["VOICE"], ["VOICE", "CHAT"], ["VOICE"], ["VOICE"], ["VOICE"], ["CHAT", "EMAIL", "TASK"]]
        let weights = [1.2, 1.8, 0.8, 0.5, 0.3, 1]
        let people = [
            "ana.silva", "ben.okafor", "chiara.rossi", "dan.keller", "emma.lind", "farid.nasser", "grace.lee",
            "hugo.martin", "ines.costa", "jonas.weber", "kira.novak", "liam.byrne",
        ]
        return ContactTraffic(
            seed: seed,
            queues: names.indices.map { place in
                LocalQueue(
                    id: id(seed, "queue", place), name: names[place], channels: channels[place], weight: weights[place])
            },
            agents: people.indices.map { LocalAgent(id: id(seed, "agent", $0), username: people[$0]) })
    }

    /// A centre of that many queues and agents.
    package static func made(
        queues: Int, channels: [String] = ["VOICE"], agents: Int, seed: UInt64 = 1, isAlwaysBusy: Bool = false
    ) -> ContactTraffic {
        ContactTraffic(
            seed: seed,
            queues: (0..<queues).map {
                LocalQueue(id: id(seed, "queue", $0), name: "Queue \($0 + 1)", channels: channels)
            }, agents: (0..<agents).map { LocalAgent(id: id(seed, "agent", $0), username: "agent\($0 + 1)") },
            isAlwaysBusy: isAlwaysBusy)
    }

    /// Returns an id in the form of a UUID.
    package static func id(_ seed: UInt64, _ kind: String, _ place: Int) -> String {
        var chance = SeededGenerator(seed: "\(seed) id \(kind) \(place)")
        func digits(_ count: Int) -> String {
            let text = String(chance.next(), radix: 16)
            return String((String(repeating: "0", count: 16) + text).suffix(count))
        }
        return "\(digits(8))-\(digits(4))-4\(digits(3))-a\(digits(3))-\(digits(12))"
    }
}
