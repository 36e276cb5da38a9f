import Foundation

/// A conversation at the terminal or from a file, with the time that passes meanwhile.
struct TalkTurns {
    private var conversation: Conversation
    /// The instant up to which the device's time has passed; nil where it passes only by typed commands.
    private var time: ContinuousClock.Instant?

    /// Creates the turns; time passes by itself when the device can be heard.
    init(_ conversation: Conversation) {
        self.conversation = conversation
        time = conversation.speaker == nil ? nil : .now
    }

    /// Takes turns with standard input until its end.
    mutating func converse() async throws {
        let isTerminal = isatty(STDIN_FILENO) == 1
        if isTerminal { Terminal.note(banner) }
        while true {
            if isTerminal { Terminal.prompt("> ") }
            guard let typed = await line(isTerminal) else { break }
            try Task.checkCancellation()
            if !isTerminal { Terminal.print(payload: Array("> \(typed)".utf8)) }
            if isEnd(typed, isTerminal) { break }
            show(FoldedLines.folded(try await turn(typed)))
        }
        // After Ctrl-C there is no function any more to be told of the end.
        try Task.checkCancellation()
        show(await conversation.end())
    }

    /// The first line on a terminal.
    private var banner: String {
        TalkHelp.banner(conversation.model.languageModel.invocationName, locale: conversation.requests.locale)
    }

    /// True for a line that ends the conversation: words that somebody may say to the skill do so on a terminal alone, while
    /// no session is open.
    private func isEnd(_ typed: String, _ isTerminal: Bool) -> Bool {
        let words = typed.trimmingCharacters(in: .whitespaces).lowercased()
        return words == "/quit" || isTerminal && conversation.session == nil && ["exit", "quit"].contains(words)
    }

    /// Plays a conversation from a file; false at the first difference, which is said.
    mutating func play(_ script: TalkScript) async throws -> Bool {
        var names: [String: String] = [:]
        for turn in script.turns {
            Terminal.print(payload: Array("> \(turn.typed)".utf8))
            let came = try await self.turn(turn.typed)
            try Task.checkCancellation()
            show(came)
            let lines = turn.expected(conversation.player.nearlyFinished)
            guard TalkScript.matches(lines, came, names: &names) else {
                Terminal.say(TalkScript.difference(line: turn.line, lines, came, names))
                if let other = script.locale, other != conversation.requests.locale {
                    Terminal.say("(\(script.name) is named for \(other): replay it with --locale \(other).)")
                }
                return false
            }
        }
        _ = await conversation.end()
        Terminal.say("\(script.count) as expected.")
        return true
    }

    private mutating func turn(_ typed: String) async throws -> [String] {
        guard time != nil else { return await conversation.hear(typed) }
        if case .wait(let milliseconds)? = DeviceCommand(typed) {
            try await Task.sleep(for: .milliseconds(milliseconds))
            return await pass()
        }
        return await pass() + conversation.hear(typed)
    }

    /// Lets the time since the last call pass for the device.
    private mutating func pass() async -> [String] {
        guard let last = time else { return [] }
        let now = ContinuousClock.now
        time = now
        return await conversation.idle(Int((now - last) / .milliseconds(1)))
    }

    private func show(_ lines: [String]) {
        for line in lines {
            // JSON is to be copied.
            let isJSON = line.first.map { " {}[]\"".contains($0) } ?? true
            if isJSON { Terminal.print(payload: Array(line.printable.utf8)) } else { Terminal.show(line.printable) }
        }
    }

    private enum Input {
        case line(String?)
        case moment
    }

    /// Returns the next line of standard input, read on a thread of its own so that Ctrl-C works at once; nil at its
    /// end.
    private mutating func line(_ isTerminal: Bool) async -> String? {
        let (inputs, next) = AsyncStream.makeStream(of: Input.self)
        Thread.detachNewThread {
            next.yield(.line(readLine()))
            next.finish()
        }
        let moments = time.map { _ in
            Task {
                while !Task.isCancelled {
                    try await Task.sleep(for: .milliseconds(200))
                    next.yield(.moment)
                }
            }
        }
        defer { moments?.cancel() }
        for await input in inputs {
            guard case .moment = input else {
                if case .line(let line) = input { return line }
                break
            }
            let lines = await pass()
            guard !lines.isEmpty else { continue }
            if isTerminal { Terminal.prompt("\n") }
            show(lines)
            if isTerminal { Terminal.prompt("> ") }
        }
        return nil
    }
}
