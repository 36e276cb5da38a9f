import Foundation
package import SystemPackage

/// An unnamed file for a program's log, whose end is shown after a failure.
package final class LogFile: Sendable {
    package let descriptor: FileDescriptor

    package init(named name: String) throws {
        let url = try TemporaryFolder.url().appending(path: "switchboard-\(name)-\(UUID().uuidString).log")
        let path = FilePath(url.path)
        descriptor = try .open(
            path, .readWrite, options: [.create, .exclusiveCreate, .append, .closeOnExec], permissions: .ownerReadWrite)
        _ = unlink(path.string)
    }

    deinit {
        try? descriptor.close()
    }

    /// The size so far, in bytes.
    package var size: Int { (try? Int(descriptor.seek(offset: 0, from: .end))) ?? 0 }

    /// Returns the lines written after the first `start` bytes, of 64 KB at most.
    package func lines(from start: Int) -> [String] {
        var bytes = [UInt8](repeating: 0, count: min(max(0, size - start), 65_536))
        let read = bytes.withUnsafeMutableBytes {
            (try? descriptor.read(fromAbsoluteOffset: Int64(start), into: $0)) ?? 0
        }
        return String(decoding: bytes.prefix(read), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Returns the last lines written so far.
    package func end(lines count: Int) -> String {
        let size = (try? Int(descriptor.seek(offset: 0, from: .end))) ?? 0
        var bytes = [UInt8](repeating: 0, count: min(size, 65_536))
        let read = bytes.withUnsafeMutableBytes {
            (try? descriptor.read(fromAbsoluteOffset: Int64(size - $0.count), into: $0)) ?? 0
        }
        let text = String(decoding: bytes.prefix(read), as: UTF8.self)
        return text.split(separator: "\n").suffix(count).joined(separator: "\n")
    }
}
