import LocalServices

/// A contact center whose contacts all derive from a seed: calls, transfers, chats, and what no record is kept of.
struct ContactCenter: Sendable {
    /// A number of our own, which flows transfer to and come back from: `CONTACT_HANDOVER_NUMBERS`.
    static let handover = "+12065550111"
    private static let queues = ["Sales", "Service", "Returns"]
    private static let reasons = ["CUSTOMER_DISCONNECT", "AGENT_DISCONNECT", "TELECOM_PROBLEM", nil]

    private let seed: String

    init(seed: String) {
        self.seed = seed
    }

    /// Returns the contacts of a call, a chat, a task or an e-mail: several where it was transferred.
    ///
    /// The same for a number and a seed, without those before it.
    func contacts(_ number: Int) -> [ContactDraft] {
        var random = SeededGenerator(seed: "\(seed) contact \(number)")
        var first = ContactDraft(
            id: Self.id(&random), start: 1_795_000_000 + Int.random(in: 0..<10_800, using: &random))
        first.seconds = Int.random(in: 5...1800, using: &random)
        first.customer = "+1415555\(String(10_000 + number % 10_000).dropFirst())"
        first.reason = Self.reasons.randomElement(using: &random) ?? nil
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<40: Self.take(&first, &random)
        case 40..<52: Self.wait(&first, &random)
        case 52..<60:
            first.method =
                ["OUTBOUND", "CALLBACK", "API", "EXTERNAL_OUTBOUND"].randomElement(using: &random) ?? "OUTBOUND"
            if first.method == "CALLBACK" { first.system = nil }
            Self.take(&first, &random)
        case 60..<76: return Self.transferred(first, &random)
        case 76..<84:
            first.channel = ["CHAT", "TASK", "EMAIL"].randomElement(using: &random) ?? "CHAT"
            (first.customer, first.system) = (nil, nil)
            Self.take(&first, &random)
        case 84..<88:
            (first.channel, first.subtype, first.customer) = ("CHAT", "connect:Guide", nil)
        case 88..<90:
            first.method = "MONITOR"
            Self.take(&first, &random)
        case 90..<93:
            first.attributes["crmLog"] = ["false", "False", "FALSE"].randomElement(using: &random)
            Self.take(&first, &random)
        case 93..<97: return Self.handedOver(first, &random)
        default: break
        }
        return [first]
    }

    /// An agent takes it.
    private static func take(_ contact: inout ContactDraft, _ random: inout SeededGenerator) {
        wait(&contact, &random)
        contact.agent = "agent\(Int.random(in: 1...40, using: &random))"
        contact.talkSeconds = Int.random(in: 0...contact.seconds, using: &random)
        contact.holdSeconds = Int.random(in: 0...60, using: &random)
        contact.afterSeconds = Int.random(in: 0...120, using: &random)
        if Int.random(in: 0..<3, using: &random) == 0 { contact.attributes["disposition"] = "Refund" }
    }

    /// It waits in a queue.
    private static func wait(_ contact: inout ContactDraft, _ random: inout SeededGenerator) {
        contact.queue = queues.randomElement(using: &random)
        contact.queueSeconds = Int.random(in: 0...300, using: &random)
    }

    /// An agent, or a queue, passes it on up to three times.
    private static func transferred(_ first: ContactDraft, _ random: inout SeededGenerator) -> [ContactDraft] {
        var chain = [first]
        take(&chain[0], &random)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            var leg = ContactDraft(id: id(&random), start: chain[chain.count - 1].start + 30)
            leg.seconds = Int.random(in: 5...900, using: &random)
            (leg.customer, leg.system) = (first.customer, nil)
            (leg.initial, leg.previous) = (first.id, chain[chain.count - 1].id)
            leg.method = Bool.random(using: &random) ? "TRANSFER" : "QUEUE_TRANSFER"
            chain[chain.count - 1].next = leg.id
            if Int.random(in: 0..<4, using: &random) == 0 { wait(&leg, &random) } else { take(&leg, &random) }
            chain.append(leg)
        }
        return chain
    }

    /// A flow hands it over to a number of ours, and has it back: the caller may hang up in the queue afterwards.
    private static func handedOver(_ first: ContactDraft, _ random: inout SeededGenerator) -> [ContactDraft] {
        var caller = first
        if Bool.random(using: &random) { take(&caller, &random) } else { wait(&caller, &random) }
        var outside = ContactDraft(id: id(&random), start: first.start + 10)
        (outside.method, outside.customer, outside.seconds) = ("EXTERNAL_OUTBOUND", handover, 20)
        (outside.initial, outside.previous) = (caller.id, caller.id)
        if Bool.random(using: &random) { caller.next = outside.id }
        caller.transferredTo = handover
        return [caller, outside]
    }

    private static func id(_ random: inout SeededGenerator) -> String {
        let digits = [random.next(), random.next()].map { String(String($0 | 1 << 63, radix: 16)) }.joined()
        let parts = [(0, 8), (8, 4), (12, 4), (16, 4), (20, 12)].map { String(digits.dropFirst($0).prefix($1)) }
        return parts.joined(separator: "-")
    }
}
