import AWS
package import AWSEvents
package import Settings

/// The place of recordings, and the choice of those that are registered and played.
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

    /// Returns the recording that a record names, if it may be played for the contact.
    ///
    /// A user who may edit the record must not get at other objects by it. Any prefix will do: it may have been another
    /// when the record was written.
    package func recording(named name: String?, of contact: ContactID) -> RecordingKey? {
        guard let name, let key = RecordingKey(name), key.kind == kind, key.contact == contact else { return nil }
        return key
    }
}
