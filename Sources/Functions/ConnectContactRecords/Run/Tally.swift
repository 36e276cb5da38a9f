import AWSEvents

/// The ends of the records of a batch.
struct Tally: Sendable {
    /// The number of call records that were written.
    var written = 0
    /// The number of contacts of which the org has a newer record.
    var stale = 0
    /// The number of tasks that are another's by now.
    var skipped = 0
    /// The records that can never be written.
    private(set) var dead: [DeadLetter] = []
    /// The numbers of the records that come again.
    private(set) var again: Set<KinesisEvent.SequenceNumber> = []

    init(dead: [DeadLetter]) {
        self.dead = dead
    }

    mutating func fail(_ contact: StreamContact) { again.insert(contact.source.sequenceNumber) }

    /// Notes a record that is refused for good, once.
    mutating func bury(_ contact: StreamContact, code: String) {
        guard !dead.contains(where: { $0.source.sequenceNumber == contact.source.sequenceNumber }) else { return }
        dead.append(DeadLetter(.refused, code: code, of: contact.source))
    }

    /// Returns true when the contact's record comes again.
    func fails(_ contact: StreamContact) -> Bool { again.contains(contact.source.sequenceNumber) }

    /// The letters that are sent now, in the order of their records: what comes again is not done with.
    var letters: [DeadLetter] {
        let first = again.min()
        let ready = dead.filter { letter in first.map { letter.source.sequenceNumber < $0 } ?? true }
        return ready.sorted { $0.source.sequenceNumber < $1.source.sequenceNumber }
    }
}
