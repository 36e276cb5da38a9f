import Foundation
import Synchronization
package import SystemPackage

/// The output of a function's process, in an unnamed file: what each invocation wrote, for its event, and as it is
/// written, for a terminal.
package final class FunctionLog: Sendable {
    private struct State {
        var position: Int64 = 0
        /// The bytes that were read and not taken, without the beginning of what is longer than the limit.
        var text: [UInt8] = []
    }

    /// The most bytes of one invocation.
    private static let limit = 256 << 10

    private let file: LogFile
    private let echo: FileDescriptor?
    private let state = Mutex(State())
    private let tail: Mutex<Task<Void, Never>?> = Mutex(nil)

    /// - Parameter echo: Gets everything soon after it was written; nil for nobody.
    package init(named name: String, echo: FileDescriptor?) throws {
        file = try LogFile(named: name)
        self.echo = echo
        guard echo != nil else { return }
        tail.withLock { tail in
            tail = Task { [weak self] in
                while (try? await Task.sleep(for: .milliseconds(50))) != nil, self != nil { self?.read() }
            }
        }
    }

    deinit {
        tail.withLock { $0?.cancel() }
    }

    /// The descriptor that the process writes to.
    package var descriptor: FileDescriptor { file.descriptor }

    /// Returns the lines since the last call.
    package func take() -> [String] {
        read()
        let text = state.withLock { state in
            defer { state.text = [] }
            return state.text
        }
        return String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }

    /// Reads what is new, and passes it on.
    package func read() {
        state.withLock { state in
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            while true {
                let count =
                    buffer.withUnsafeMutableBytes {
                        try? file.descriptor.read(fromAbsoluteOffset: state.position, into: $0)
                    } ?? 0
                guard count > 0 else { return }
                state.position += Int64(count)
                state.text += buffer[..<count]
                if state.text.count > Self.limit { state.text.removeFirst(state.text.count - Self.limit) }
                _ = try? echo?.writeAll(buffer[..<count])
            }
        }
    }
}
