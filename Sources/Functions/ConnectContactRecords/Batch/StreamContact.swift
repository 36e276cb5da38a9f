import AWSEvents
import AmazonConnect
import Customers
import Telephony

/// A contact of a batch, by the newest of its records there.
struct StreamContact: Sendable {
    /// The contact's id: 1 to 256 letters, digits and hyphens.
    let id: String
    let record: ContactRecord
    /// `LastUpdateTimestamp`.
    let lastUpdated: Duration
    /// The record, as received.
    let source: KinesisEvent.Record

    /// Returns true when this record counts, and not the other one of the same contact.
    func isNewer(than other: StreamContact) -> Bool {
        (lastUpdated, source.sequenceNumber) > (other.lastUpdated, other.source.sequenceNumber)
    }

    /// The customer's number; nil when it is withheld, and for any other address.
    var number: PhoneNumber? { PhoneNumber(caller: record.customerEndpoint?.address) }

    /// The person in the attribute `crmRecordId`, whom a flow has from ConnectCRM.
    var givenPerson: (object: CustomerObject, id: String)? {
        let prefixes: [(CustomerObject, String)] = [(.contact, "003"), (.lead, "00Q"), (.account, "001")]
        guard let text = record.attributes["crmRecordId"] else { return nil }
        for (object, prefix) in prefixes {
            if let id = CRMID(text, prefixes: [prefix]) { return (object, id.text) }
        }
        return nil
    }
}

extension ContactRecord {
    private static let outboundMethods: Set<InitiationMethod> = [
        .outbound, .externalOutbound, .callback, .api, .campaignPreview,
    ]
    private static let inboundMethods: Set<InitiationMethod> = [.inbound, .transfer, .queueTransfer]

    var isVoice: Bool { channel == "VOICE" }
    var wasQueued: Bool { queue?.enqueued != nil }
    /// True when an agent took the contact.
    var metAgent: Bool { agent?.connected != nil }
    /// True for a contact that we began; a transfer counts as inbound, whatever its root was.
    var isOutbound: Bool { initiationMethod.map(Self.outboundMethods.contains) ?? false }

    /// True for a call that came in, or was transferred, was queued and met no agent.
    var isMissed: Bool {
        isVoice && wasQueued && !metAgent && (initiationMethod.map(Self.inboundMethods.contains) ?? false)
    }

    /// Returns true for an attribute of that value, whatever its case.
    func has(_ attribute: String, _ value: String) -> Bool { attributes[attribute]?.lowercased() == value }
}

extension ContactRecordSettings {
    /// Returns true when the contact went to nobody else: hand-over numbers come back.
    func wentNowhereElse(_ record: ContactRecord) -> Bool {
        guard let address = record.transferredToEndpoint?.address else { return record.nextContactID == nil }
        // The hand-over is what the next contact is.
        return isHandover(address)
    }

    /// Returns true for a contact that has no row: opted out, of another channel, or no contact of a customer's own.
    func passesOver(_ record: ContactRecord) -> Bool {
        if record.has("crmLog", "false") || record.isGuide || record.initiationMethod == .monitor { return true }
        if record.initiationMethod == .externalOutbound, isHandover(record.customerEndpoint?.address) { return true }
        return record.channel.map { !channels.contains($0.uppercased()) } ?? false
    }
}
