import AWS
import CallRecords
import Calling
import Logging

/// The files of Contact Lens in the bucket of the recordings.
struct AnalysisStore: Sendable {
    /// The largest file that is read.
    static let largestFile = 16 << 20

    let place: RecordingPlace
    let s3: S3Client
    /// `RECORDING_TRANSCRIPTS`: the conversation is written, too.
    let hasTranscripts: Bool

    /// Reads a file; nil, with one line at WARN, for a file that is gone or too large.
    func analysis(_ key: RecordingKey, deadline: ContinuousClock.Instant, _ logger: Logger)
        async throws(AnalysisFault) -> ContactAnalysis?
    {
        let content: S3Content
        do throws(AWSError) {
            content = try await s3.object(
                key.text, in: place.bucket, maximumBytes: Self.largestFile, deadline: deadline)
        } catch {
            // What was refused for itself says nothing of the next file; what got no answer, or is busy, does.
            let isAway = error.outcome != .refused || error.isThrottling || (error.status ?? 0) >= 500
            throw .unread("\(error)", isAway: isAway)
        }
        switch content {
        case .absent:
            logger.warning("A file of Contact Lens is gone: contact \(key.contact.text) keeps what it has.")
            return nil
        case .tooLarge:
            let limit = Self.largestFile >> 20
            logger.warning("A file of Contact Lens above \(limit) MiB is passed over: contact \(key.contact.text).")
            return nil
        case .object(let bytes):
            let analysis = try ContactAnalysis(parsing: bytes, hasTranscript: hasTranscripts)
            guard analysis.contact == nil || analysis.contact == key.contact.text else { throw .otherContact }
            return analysis
        }
    }
}
