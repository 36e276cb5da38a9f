import Logging
import Synchronization

/// The line that says, once a process, that redacted files of Contact Lens are passed over.
///
/// A flow may keep redacted files alone; then nothing else would say why no record has a summary.
final class RedactedNotice: Sendable {
    private let isTold = Atomic(false)

    func tell(_ logger: Logger) {
        guard !isTold.exchange(true, ordering: .relaxed) else { return }
        logger.info(
            "Redacted files of Contact Lens are ignored: where flows keep no others, set RECORDINGS_REDACTED_ONLY to true."
        )
    }
}
