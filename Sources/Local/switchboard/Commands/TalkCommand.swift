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
            the variables of template.yaml and events/<Function>/env.json. An empty line waits for the reprompt; Ctrl-D ends.

              > ask my assistant to create a lead
              Alexa: What is the last name?

            Where the skill plays audio, a device's player is played, too: it really fetches the streams, and tells the skill \
            what becomes of them, as "Device:" lines show. Devices differ in when they ask what is to play next: choose by \
            --nearly-finished. All report STOPPED while they listen, and fetch a stream only at its turn. Time passes for it \
            only as you say:

            \(DeviceCommand.help)

            --audio makes it heard, with ffplay, mpv, mpg123 or afplay; time then passes by itself.

            --replay runs such a conversation from a file: a line that begins with > is typed, the others are expected, \
            with * for any text, {name} for a text that is the same wherever {name} stands, [start], [end] or [finished] before \
            what is expected with that --nearly-finished alone, and # before a comment. Exits with 1 at the first \
            difference.
            """)

    @Argument(help: "The skill's function, as in 'switchboard list'.")
    var function: String

    @Option(help: "The language that is spoken.")
    var locale = "en-US"

    @Option(help: "A file with a conversation, to check what is said.")
    var replay: String?

    @Option(help: "The linked account's access token. Default: no account is linked.")
    var accessToken: String?

    @Option(help: "Variables over those of template.yaml, as JSON or YAML. Default: events/<Function>/env.json.")
    var envVars: String?

    @Option(help: "When the device asks for the next stream: at start, 2 s before the end, or when it has finished.")
    var nearlyFinished = NearlyFinished.start

    @Flag(help: "Make the streams heard that the skill plays.")
    var audio = false

    @Flag(help: "Print the function's log, too.")
    var log = false

    func run() async throws {
        let project = try Project.locate()
        let function = try project.function(named: function)
        try function.checkIsBuilt()
        if audio { _ = try Speaker() }
        let model = try SkillPackage(of: function.name, in: project).model(locale)
        let script = try replay.map {
            let url = URL(filePath: $0)
            return try TalkScript(String(decoding: try Files.read(url, "conversation"), as: UTF8.self), named: $0)
        }
        let variables = try project.variables(of: function, given: envVars.map { URL(filePath: $0) }) ?? [:]
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
            var conversation = Conversation(
                model, requests, locale: locale, progressive: { sink.take() },
                invoke: { await process.invoke($0).outcome })
            conversation.player.nearlyFinished = nearlyFinished
            conversation.bucket = environment["AUDIO_BUCKET"] ?? ""
            conversation.speaker = audio ? try Speaker() : nil
            var turns = TalkTurns(conversation)
            guard let script else {
                try await turns.converse()
                return true
            }
            return try await turns.play(script)
        }
        if !isAsExpected, !log {
            Terminal.say("The function's log ends with:\n\(logFile.end(lines: 10))")
        }
        return isAsExpected
    }
}

extension NearlyFinished: ExpressibleByArgument {}
