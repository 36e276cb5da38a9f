import Foundation
import Synchronization

/// The caller's end of a call: lines shown, and lines typed or read from a script, whose expectations are checked.
final class CallTerminal: Sendable {
    private struct State {
        var came: [String] = []
        var turn = -1
        var names: [String: String] = [:]
        /// A typed line that is meant for another reader.
        var putBack: String?
        /// True once somebody has ended the command: nothing more is read.
        var isOver = false
    }

    static let help = """
          call                    starts a call
          call from +12065550199  the same from another number, or from: withheld
          call without profile    the same from somebody without a customer profile
          choose Hours=False      takes that branch of the block in the next calls; choose Hours= plays it again
          hang up                 the caller hangs up
          agent hangs up          the agent does, when a call from Twilio waits for one
          wait 3                  three seconds pass between calls
          help, /help             prints this list, at any time
          quit, exit, Ctrl-D      ends the call and the command, at any time
        """

    private let script: TalkScript?
    /// The caller's end in the place of this terminal; nil for the terminal.
    let line: CallLine?
    private let state = Mutex(State())

    /// - Parameter script: Nil reads typed lines.
    init(_ script: TalkScript?) {
        self.script = script
        line = nil
    }

    /// Creates a caller's end that is not a terminal.
    init(_ line: CallLine) {
        script = nil
        self.line = line
    }

    /// Shows a line.
    func say(_ line: ShownLine) {
        if let end = self.line { return end.say(line) }
        state.withLock { $0.came.append(line.text) }
        Terminal.show(line.text.printable)
    }

    /// Says on a terminal what can be typed now; a script neither sees nor expects it.
    func hint(_ line: String) {
        if let end = self.line { return end.hint(line) }
        if script == nil, isatty(STDIN_FILENO) == 1 { Terminal.note(line) }
    }

    /// Returns a WAV file that is said: beside the script, else as the path leads.
    func file(_ name: String) throws -> [UInt8] {
        if let line { return try line.file(name) }
        let beside = script.map { URL(filePath: $0.name).deletingLastPathComponent().appending(path: name) }
        let found = beside.flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }
        return try Files.read(found ?? URL(filePath: name), "WAV file")
    }

    /// Returns the line that is typed next; nil at the end.
    ///
    /// Throws `CallMismatch` when what came before is not what the script expects.
    func next() async throws -> String? {
        try Task.checkCancellation()
        if let line = state.withLock({ $0.putBack.take() }) { return line }
        if let line { return await line.next() }
        guard let script else { return await typed() }
        try check(script)
        let typed = state.withLock { state -> String? in
            state.turn += 1
            state.came = []
            return state.turn < script.turns.count ? script.turns[state.turn].typed : nil
        }
        if let typed { Terminal.print(payload: Array("> \(typed)".utf8)) }
        return typed
    }

    /// The next line of standard input that is not a command of the terminal's own.
    private func typed() async -> String? {
        let isTerminal = isatty(STDIN_FILENO) == 1
        while !state.withLock({ $0.isOver }) {
            if isTerminal { Terminal.prompt("> ") }
            guard let typed = await Self.line()?.trimmingCharacters(in: .whitespaces) else { return nil }
            if !isTerminal { Terminal.print(payload: Array("> \(typed)".utf8)) }
            switch typed.lowercased() {
            case "/quit", "quit", "exit": state.withLock { $0.isOver = true }
            case "/help", "help": Terminal.say(Self.help)
            default: return typed
            }
        }
        return nil
    }

    /// Returns true when that line is typed next; any other line is kept for the next reading.
    func next(only line: String) async throws -> Bool {
        guard let typed = try await next() else { return false }
        if typed == line { return true }
        state.withLock { $0.putBack = typed }
        return false
    }

    private func check(_ script: TalkScript) throws {
        try state.withLock { state in
            guard script.turns.indices.contains(state.turn) else { return }
            let turn = script.turns[state.turn]
            // A script's lines have no blanks around them, and none of them is empty.
            let came = state.came.flatMap { $0.split(whereSeparator: \.isNewline) }
                .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            guard TalkScript.matches(turn.expected, came, names: &state.names) else {
                throw CallMismatch(
                    description: TalkScript.difference(line: turn.line, turn.expected, came, state.names))
            }
        }
    }

    /// Returns the next line of standard input, read on a thread of its own so that Ctrl-C works at once; nil at its
    /// end.
    private static func line() async -> String? {
        let (lines, next) = AsyncStream.makeStream(of: String?.self)
        Thread.detachNewThread {
            next.yield(readLine())
            next.finish()
        }
        for await line in lines { return line }
        return nil
    }
}

/// A call that differs from its script.
struct CallMismatch: Error, CustomStringConvertible {
    let description: String
}
