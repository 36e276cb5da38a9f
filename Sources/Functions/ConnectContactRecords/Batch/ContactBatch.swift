import AWSEvents
import AmazonConnect
import Encoding
import JSON

/// The contacts of a batch, each once, and the records that can never be written.
struct ContactBatch {
    /// In the order of their records.
    private(set) var contacts: [StreamContact] = []
    private(set) var dead: [DeadLetter] = []

    private enum Reading {
        /// Nothing to write: padding, an agent event, a contact that has no row.
        case nothing
        case unusable(DeadLetter.Reason)
        case contact(StreamContact)
    }

    /// Reads all records, and chooses the newest of each contact.
    init(_ event: KinesisEvent, _ settings: ContactRecordSettings) {
        var places: [String: Int] = [:]
        for record in event.records {
            switch Self.reading(of: record, settings) {
            case .nothing: break
            case .unusable(let reason): dead.append(DeadLetter(reason, of: record))
            case .contact(let contact):
                if let place = places[contact.id] {
                    if contact.isNewer(than: contacts[place]) { contacts[place] = contact }
                } else {
                    places[contact.id] = contacts.count
                    contacts.append(contact)
                }
            }
        }
        // The newest record says whether a contact has a row.
        contacts.removeAll { settings.passesOver($0.record) }
        contacts.sort { $0.source.sequenceNumber < $1.source.sequenceNumber }
    }

    private static func reading(of source: KinesisEvent.Record, _ settings: ContactRecordSettings) -> Reading {
        guard let data = Base64.decode(source.data) else { return .unusable(.notJSON) }
        // Zeros after a record have been seen.
        guard let last = data.lastIndex(where: { !isPadding($0) }) else { return .nothing }
        let text = data[...last]
        guard let members = try? JSONValue(parsing: Array(text)).object else { return .unusable(.notJSON) }
        guard ContactRecord.isDescribed(by: members) else { return .nothing }
        let record = ContactRecord(members)
        guard let id = record.contactID, isContactID(id) else { return .unusable(.noContactId) }
        guard let lastUpdated = record.lastUpdated else {
            return settings.passesOver(record) ? .nothing : .unusable(.noLastUpdate)
        }
        return .contact(StreamContact(id: id, record: record, lastUpdated: lastUpdated, source: source))
    }

    private static func isPadding(_ byte: UInt8) -> Bool {
        switch byte {
        case 0, 0x09, 0x0A, 0x0D, 0x20: true
        default: false
        }
    }

    private static func isContactID(_ text: String) -> Bool {
        (1...256).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") }
    }
}
