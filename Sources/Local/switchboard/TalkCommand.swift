import ArgumentParser
import Foundation
import LocalServices

struct TalkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "talk",
        abstract: "Talks with an Alexa skill in the terminal.",
        discussion: """
            What you type is matched to the sample utterances of integrations/alexa/<skill>'s interaction model, and \
            Alexa's part of a dialog is played by its dialog model. The function runs against the local services with \
            the variables of events/<Function>/env.json. An empty line waits for the reprompt; Ctrl-D ends.

              > ask my assistant to create a lead
              Alexa: What is the last name?

            --replay runs such a conversation from a file: a line that begins with > is typed, the others are expected, \
            with * for any text and # before a comment. Exits with 1 at the first difference.
            """)

    @Argument(help: "The skill's function, as in 'switchboard list'.")
    var function: String

    @Option(help: "The language that is spoken.")
    var locale = "en-US"

    @Option(help: "A file with a conversation, to check what is said.")
    var replay: String?

    @Option(help: "The linked account's access token. Default: no account is linked.")
    var accessToken: String?

    @Option(help: "Variables for the function, as JSON or YAML. Default: events/<Function>/env.json.")
    var envVars: String?

    @Flag(help: "Print the function's log, too.")
    var log = false

    func run() async throws {
        let project = try Project.locate()
        let function = try project.function(named: function)
        try function.checkIsBuilt()
        let model = try SkillPackage(of: function.name, in: project).model(locale)
        let script = try replay.map {
            let url = URL(filePath: $0)
            return try TalkScript(String(decoding: try Files.read(url, "conversation"), as: UTF8.self), named: $0)
        }
        let file = envVars.map { URL(filePath: $0) } ?? function.environmentFile
        let variables = try file.map { try EnvironmentFile($0, function: function.name).values } ?? [:]
        let command = self
        try await Interruption.guarding {
            let isAsExpected = try await BackEnds.withRunning(project, [(function, variables)]) { backEnds in
                let isAsExpected = try await DirectiveSink.withRunning(token: AlexaRequests.apiAccessToken) {
                    try await command.talk(function, model, script, backEnds.environment(variables), $0)
                }
                Terminal.say(try await backEnds.arrivals().full)
                return isAsExpected
            }
            guard isAsExpected else { throw ExitCode(1) }
        }
    }

    private func talk(
        _ function: Function, _ model: InteractionModel, _ script: TalkScript?, _ environment: [String: String],
        _ sink: DirectiveSink
    ) async throws -> Bool {
        let requests = AlexaRequests(
            skillID: environment["ALEXA_SKILL_ID"] ?? "amzn1.ask.skill.local", locale: locale, apiEndpoint: sink.url,
            accessToken: accessToken, model: model)
        let logFile = try LogFile(named: function.name)
        var configuration = LocalFunction.Configuration(
            name: function.name, bootstrap: function.bootstrap.path, environment: environment)
        // Alexa waits no longer.
        configuration.timeout = .seconds(8)
        if log {
            configuration.log = { Terminal.say($0) }
        } else {
            configuration.output = logFile.descriptor
        }
        let isAsExpected = try await LocalFunction.withRunning(configuration) { process in
            let conversation = Conversation(
                model, requests, locale: locale, progressive: { sink.take() },
                invoke: { await process.invoke($0).outcome })
            guard let script else {
                try await converse(conversation)
                return true
            }
            return try await play(script, conversation)
        }
        if !isAsExpected, !log {
            Terminal.say("The function's log ends with:\n\(logFile.end(lines: 10))")
        }
        return isAsExpected
    }

    private func converse(_ start: Conversation) async throws {
        var conversation = start
        let isTerminal = isatty(STDIN_FILENO) == 1
        let name = conversation.model.languageModel.invocationName
        if isTerminal { Terminal.say("Say \"open \(name)\", or one of the skill's phrases.") }
        while true {
            if isTerminal { Terminal.prompt("> ") }
            guard let typed = await Self.line() else { break }
            try Task.checkCancellation()
            if !isTerminal { Terminal.print(payload: Array("> \(typed)".utf8)) }
            for line in await conversation.hear(typed) {
                Terminal.print(payload: Array(line.utf8))
            }
        }
        for line in await conversation.end() {
            Terminal.print(payload: Array(line.utf8))
        }
    }

    private func play(_ script: TalkScript, _ start: Conversation) async throws -> Bool {
        var conversation = start
        for turn in script.turns {
            Terminal.print(payload: Array("> \(turn.typed)".utf8))
            let came = await conversation.hear(turn.typed)
            try Task.checkCancellation()
            for line in came {
                Terminal.print(payload: Array(line.utf8))
            }
            guard TalkScript.matches(turn.expected, came) else {
                let expected = turn.expected.isEmpty ? ["nothing"] : turn.expected
                Terminal.say(
                    "Line \(turn.line) brings something else. Expected:\n  \(expected.joined(separator: "\n  "))")
                return false
            }
        }
        _ = await conversation.end()
        Terminal.say("\(script.turns.count) turns as expected.")
        return true
    }

    /// The next line of standard input, read on a thread of its own so that Ctrl-C is not kept waiting; nil at its end.
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
