import Foundation

/// Unbuffered writes to standard output and standard error, since functions log to the same descriptors.
enum Terminal {
    static func say(_ line: String) {
        write(Array("\(line)\n".utf8), to: STDERR_FILENO)
    }

    /// Writes a prompt and keeps the cursor after it.
    static func prompt(_ text: String) {
        write(Array(text.utf8), to: STDOUT_FILENO)
    }

    /// Writes a payload unchanged, with a line end after it.
    static func print(payload: [UInt8]) {
        write(payload + (payload.last == UInt8(ascii: "\n") ? [] : [UInt8(ascii: "\n")]), to: STDOUT_FILENO)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}
