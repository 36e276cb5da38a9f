import Glibc
import Synchronization
import SystemPackage

/// A file of events, one line of JSON each, written as they happen: `--events`.
package final class TimelineFile: Sendable {
    private let descriptor: FileDescriptor
    private let hasFailed = Mutex(false)
    private let onFailure: @Sendable (String) -> Void

    /// Opens the file to append to it; a new one can be read by its owner alone, since messages and names are in it.
    ///
    /// Throws the system's error, and `NoEvents` for a file with other lines. `onFailure` is called once, with the reason,
    /// if a line cannot be written.
    package init(_ path: String, onFailure: @escaping @Sendable (String) -> Void = { _ in }) throws {
        let end = try Self.end(of: path)
        // A pipe that nobody reads is refused, and not waited for.
        let options: FileDescriptor.OpenOptions = [.create, .append, .closeOnExec, .nonBlocking]
        descriptor = try .open(FilePath(path), .writeOnly, options: options, permissions: .ownerReadWrite)
        self.onFailure = onFailure
        _ = fcntl(descriptor.rawValue, F_SETFL, O_APPEND)
        // A run that was cut off may have left half a line.
        if end == .withinLine { try descriptor.writeAll([UInt8(ascii: "\n")]) }
    }

    /// A file that holds something else than events.
    package struct NoEvents: Error {}

    private enum End {
        case afterLine, withinLine
    }

    /// Looks at the first and the last byte of a file that is there.
    private static func end(of path: String) throws -> End {
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_size > 0 else { return .afterLine }
        let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        return try file.closeAfter {
            var byte: [UInt8] = [0]
            _ = try byte.withUnsafeMutableBytes { try file.read(fromAbsoluteOffset: 0, into: $0) }
            guard byte[0] == UInt8(ascii: "{") else { throw NoEvents() }
            let last = Int64(facts.st_size) - 1
            _ = try byte.withUnsafeMutableBytes { try file.read(fromAbsoluteOffset: last, into: $0) }
            return byte[0] == UInt8(ascii: "\n") ? .afterLine : .withinLine
        }
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
