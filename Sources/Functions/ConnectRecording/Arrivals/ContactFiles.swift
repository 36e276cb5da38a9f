import CallRecords
import Salesforce

/// The files of one contact in a batch: its recording, and what Contact Lens says.
struct ContactFiles: Sendable {
    let contact: ContactID
    private(set) var recording: RecordingKey?
    /// The preferred one first; the others are read only if it cannot be.
    private(set) var analyses: [RecordingKey] = []

    init(_ key: RecordingKey) {
        contact = key.contact
        add(key)
    }

    /// Adds a file of the same contact; of several recordings the preferred one stays.
    mutating func add(_ key: RecordingKey) {
        if key.kind.isAnalysis {
            guard !analyses.contains(key) else { return }
            let place = analyses.firstIndex { key.isPreferred(to: $0) } ?? analyses.endIndex
            analyses.insert(key, at: place)
        } else if recording.map(key.isPreferred) ?? true {
            recording = key
        }
    }

    /// Returns the files of each contact, in the order in which the contacts come, those that need no reading first.
    static func all(of keys: [RecordingKey]) -> [ContactFiles] {
        var places: [ContactID: Int] = [:]
        var all: [ContactFiles] = []
        for key in keys {
            if let place = places[key.contact] {
                all[place].add(key)
            } else {
                places[key.contact] = all.count
                all.append(ContactFiles(key))
            }
        }
        return all.filter(\.analyses.isEmpty) + all.filter { !$0.analyses.isEmpty }
    }
}

/// The row that is written of one contact.
struct ArrivalRow: Sendable {
    let contact: ContactID
    let fields: [APIName: FieldValue]
    /// The file of Contact Lens that some of the fields are from, and the fields without it; nil where it has no others.
    var analysis: (key: RecordingKey, others: [APIName: FieldValue]?)?

    /// The bytes of its strings.
    var size: Int {
        fields.values.reduce(0) { size, value in
            if case .string(let text) = value { size + text.utf8.count } else { size }
        }
    }
}
