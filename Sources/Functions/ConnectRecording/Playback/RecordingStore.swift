import AWS
import CallRecords

/// The bucket of the recordings.
struct RecordingStore: Sendable {
    let place: RecordingPlace
    let s3: S3Client

    /// Returns the contact's recording among the objects of a day and its neighbours; nil while there is none.
    ///
    /// The day in a key is that of the agent's connection: before or after midnight, and in UTC.
    func recording(of contact: ContactID, around day: Day, deadline: ContinuousClock.Instant)
        async throws(AWSError) -> RecordingKey?
    {
        var found: RecordingKey?
        for days in [0, 1, -1] {
            let start = RecordingKey.start(prefix: place.kindPrefix, place.kind, contact, day.adding(days: days))
            for try await page in s3.pages(of: place.bucket, prefix: start, deadline: deadline) {
                for object in page.objects {
                    guard let key = place.recording(listed: object.key, of: contact) else { continue }
                    if found.map(key.isPreferred) ?? true { found = key }
                }
            }
        }
        return found
    }

    /// Returns a URL that plays the object for so many seconds; it is for one response, and is not stored.
    func url(of key: String, seconds: Int) -> String {
        s3.presignedURL(bucket: place.bucket, key: key, expiresIn: seconds)
    }
}
