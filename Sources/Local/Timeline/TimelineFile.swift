import Synchronization
import SystemPackage

/// A file of events, one line of JSON each, written as they happen: `--events`.
package final class TimelineFile: Sendable {
    private let descriptor: FileDescriptor
    private let hasFailed = Mutex(false)
    private let onFailure: @Sendable (String) -> Void

    /// Opens the file to append to it; a new one can be read by its owner alone, since messages and names are in it.
    ///
    /// Throws the system's error. `onFailure` is called once, with the reason, if a line cannot be written.
    package init(_ path: String, onFailure: @escaping @Sendable (String) -> Void = { _ in }) throws {
        descriptor = try .open(
            FilePath(path), .writeOnly, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite)
        self.onFailure = onFailure
    }

    deinit {
        try? descriptor.close()
    }

    /// Appends one event.
    package func write(_ event: TimelineEvent) {
        hasFailed.withLock { hasFailed in
            guard !hasFailed else { return }
            do {
                try descriptor.writeAll(event.json + [UInt8(ascii: "\n")])
            } catch {
                hasFailed = true
                onFailure("\(error)")
            }
        }
    }
}
