import AWS
package import AWSEvents
package import Settings

/// The place of recordings and of Contact Lens's files, and the choice of those that are registered, read and played.
package struct RecordingPlace: Sendable, Equatable {
    package let bucket: String
    /// The part of a key before `CallRecordings/`: empty, or with a slash at its end.
    package let prefix: String
    /// True when the redacted audio alone may be heard; otherwise the raw one is, and redacted audio is left alone.
    package let isRedactedOnly: Bool

    package init(bucket: String, prefix: String = "", isRedactedOnly: Bool = false) {
        self.bucket = bucket
        let name = prefix.utf8.drop { $0 == UInt8(ascii: "/") }.reversed().drop { $0 == UInt8(ascii: "/") }.reversed()
        self.prefix = name.isEmpty ? "" : String(decoding: Array(name), as: UTF8.self) + "/"
        self.isRedactedOnly = isRedactedOnly
    }

    /// Reads `RECORDINGS_BUCKET`, `RECORDINGS_PREFIX` and `RECORDINGS_REDACTED_ONLY`.
    package static var variable: Variable<RecordingPlace> {
        Variable { environment, faults in
            let values = environment.read(
                &faults,
                .required(
                    "RECORDINGS_BUCKET", "the bucket that Amazon Connect writes recordings to",
                    expecting: "a bucket's name", parse: { S3Client.isBucketName($0) ? $0 : nil }),
                .optional("RECORDINGS_PREFIX", default: ""), .optional("RECORDINGS_REDACTED_ONLY", default: false))
            return values.map { RecordingPlace(bucket: $0, prefix: $1, isRedactedOnly: $2) }
        }
    }

    /// The only kind of key that is registered and played.
    package var kind: RecordingKey.Kind { isRedactedOnly ? .redactedRecording : .recording }

    /// The part of a key before that kind's own folder: Contact Lens writes its files at the bucket's root.
    package var kindPrefix: String { isRedactedOnly ? "" : prefix }

    /// The recording that was created; nil for any other object, other buckets and prefixes included.
    package func recording(_ creation: ObjectCreation) -> RecordingKey? {
        guard creation.bucket == bucket, let key = RecordingKey(creation.key), key.kind == kind,
            key.prefix == kindPrefix
        else { return nil }
        return key
    }

    /// The file of Contact Lens that was created, of a call or a chat; nil for any other object.
    ///
    /// Contact Lens writes to the bucket's root, whatever the prefix of recordings is; where redacted audio alone may be
    /// heard, the redacted file alone is read, otherwise the raw one alone.
    package func analysis(_ creation: ObjectCreation) -> RecordingKey? {
        analysis(creation, isRedacted: isRedactedOnly)
    }

    /// Returns true for a redacted file of Contact Lens that is passed over, because the raw one is read.
    package func isIgnoredAsRedacted(_ creation: ObjectCreation) -> Bool {
        !isRedactedOnly && analysis(creation, isRedacted: true) != nil
    }

    private func analysis(_ creation: ObjectCreation, isRedacted: Bool) -> RecordingKey? {
        guard creation.bucket == bucket, let key = RecordingKey(creation.key), key.prefix.isEmpty else { return nil }
        let kinds = [RecordingKey.Medium.voice, .chat].map {
            RecordingKey.Kind.analysis($0, isAutomated: false, isRedacted: isRedacted)
        }
        return kinds.contains(key.kind) ? key : nil
    }

    /// Returns the recording of a contact that a listing of the bucket found; nil for any other object.
    package func recording(listed key: String, of contact: ContactID) -> RecordingKey? {
        guard let key = RecordingKey(key), key.kind == kind, key.contact == contact, key.prefix == kindPrefix else {
            return nil
        }
        return key
    }

    /// Returns the key that a record names, if it may be played: a `.wav` of any name in the folder of what is played, and
    /// so the raw one's `ivr/` too. Nil for any other text.
    ///
    /// Amazon Connect does not promise that a file is named for its contact. A user who may edit the record must not get at
    /// other objects by it, nor by a path that a browser shortens.
    package func playable(_ name: String?) -> String? {
        let folder = kindPrefix + kind.folder + "/"
        // By bytes: Swift's strings take the two Unicode forms of a letter for the same.
        guard let name, name.utf8.starts(with: folder.utf8), name.utf8.suffix(4).elementsEqual(".wav".utf8),
            !name.split(separator: "/").contains(where: { $0 == "." || $0 == ".." })
        else { return nil }
        return name
    }
}
