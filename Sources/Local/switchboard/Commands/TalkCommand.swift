import ArgumentParser
import Foundation
import LocalServices
import SystemPackage
import Timeline

struct TalkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "talk",
        abstract: "Talks with an Alexa skill in the terminal.",
        usage: "switchboard talk <skill> [<options>]",
        discussion: """
            What you type is matched to the sample utterances of integrations/alexa/<skill>'s interaction model, and \
            Alexa's part of a dialog is played by its dialog model. The function runs against the local services with \
            the variables of template.yaml and events/<Function>/env.json.

              > ask my assistant to create a lead
              Alexa: What is the first and last name?

            An empty line is silence: the first one brings the reprompt, the second one ends the session, as on a device. \
            Without an open session only what names the skill reaches it, and, while it plays or was the last to, the \
            player's own phrases, such as "next"; "stop" is a pause then. In other locales the skill has another name: \
            /phrases shows it, and everything else that can be said.

            \(TalkHelp.commands)

            Where the skill plays audio, a device's player is simulated: it really fetches the streams and reports to \
            the skill, as the "Device:" lines show. Devices differ in when they ask for the next stream: choose with \
            --nearly-finished. All of them report STOPPED while they listen, and fetch a stream only when its turn comes. \
            Time passes only when you say so with /wait.

            --audio plays the streams with ffplay, mpv, mpg123 or afplay; time then passes by itself.

            --replay runs a conversation from a file. A line that begins with > is typed; the others are expected. * \
            matches any text; {name} matches any text too, and the same {name} must match the same text everywhere. A \
            line that begins with [start], [end] or [finished] is expected only with that --nearly-finished, and # begins \
            a comment. At the first difference it prints the line, what was expected (-) and what came (+), and exits \
            with 1.
            """)

    @Argument(help: "The skill or its function, as in 'switchboard list'.", completion: Completions.skills)
    var function: String

    @Option(help: "The language that is spoken, as a locale of the skill.", completion: Completions.locales)
    var locale = "en-US"

    @Option(help: "A file with a conversation, to check what is said.", completion: .file())
    var replay: String?

    @Option(
        help: """
            The linked account's access token, for another CRM than the local one. Default: no account is linked.
            """)
    var accessToken: String?

    @Flag(help: "Link the local CRM's account, whose access token is \(AlexaRequests.localToken).")
    var linked = false

    @Option(
        help: "Variables over those of template.yaml, as JSON or YAML. Default: events/<Function>/env.json.",
        completion: .file())
    var envVars: String?

    @OptionGroup var salesforce: SalesforceFile
    @OptionGroup var events: EventsFile

    @Option(help: "When the device asks for the next stream: at start, 2 s before the end, or when it has finished.")
    var nearlyFinished = NearlyFinished.start

    @Flag(help: "Make the streams heard that the skill plays.")
    var audio = false

    @Flag(help: "Print the function's log, too.")
    var log = false

    func validate() throws {
        guard !linked || accessToken == nil else {
            throw ValidationError("--linked is an account's access token already: leave --access-token out.")
        }
    }

    func run() async throws {
        let project = try Project.locate()
        let function = try SkillPackage.function(named: function, in: project)
        try function.checkIsBuilt()
        if audio { _ = try Speaker() }
        let skill = try SkillPackage(of: function.name, in: project)
        var spelled = self
        spelled.locale = try skill.locale(named: locale)
        let command = spelled
        let model = try skill.model(command.locale)
        let script = try replay.map {
            let url = URL(filePath: $0)
            return try TalkScript(String(decoding: try Files.read(url, "conversation"), as: UTF8.self), named: $0)
        }
        let variables = try project.variables(of: function, given: envVars.map { URL(filePath: $0) }) ?? [:]
        let addition = try salesforce.addition()
        let timeline = try events.timelineIfGiven()
        timeline?.redaction.add(accessToken.map { [$0] } ?? [])
        let source = TimelineSource(
            "\(function.name) \(command.locale)", command: ShellCommand.own(CommandLine.arguments.dropFirst()))
        try await Interruption.guarding {
            let isAsExpected = try await BackEnds.withRunning(
                project, [(function, variables)], salesforce: addition, timeline: timeline,
                followsRequests: command.events.followsRequests, source: { source }
            ) { backEnds in
                let talk = timeline.map { TalkEvents(timeline: $0, source: source) }
                let isAsExpected = try await DirectiveSink.withRunning(
                    token: AlexaRequests.apiAccessToken, observe: { talk?.meanwhile($0) }
                ) {
                    try await command.talk(
                        to: function, model: model, script: script, environment: backEnds.environment(variables),
                        events: talk, reporting: backEnds.reporting { source }, sink: $0)
                }
                Terminal.say(try await backEnds.arrivals().full)
                return isAsExpected
            }
            guard isAsExpected else { throw ExitCode(1) }
        }
    }

    private func talk(
        to function: Function, model: InteractionModel, script: TalkScript?, environment: [String: String],
        events: TalkEvents?, reporting: FunctionReporting?, sink: DirectiveSink
    ) async throws -> Bool {
        let requests = AlexaRequests(
            skillID: environment["ALEXA_SKILL_ID"] ?? "amzn1.ask.skill.local", locale: locale, apiEndpoint: sink.url,
            accessToken: linked ? AlexaRequests.localToken : accessToken, model: model)
        let logFile = try LogFile(named: function.name)
        var configuration = LocalFunction.Configuration(
            name: function.name, bootstrap: function.bootstrap.path, environment: environment)
        // Alexa's own time limit.
        configuration.timeout = .seconds(8)
        if log {
            configuration.log = { Terminal.say($0) }
        } else {
            configuration.output = logFile.descriptor
        }
        configuration.reporting = reporting
        configuration.reporting?.echo = log ? .standardError : logFile.descriptor
        let isAsExpected = try await LocalFunction.withRunning(configuration) { process in
            var conversation = Conversation(
                model, requests, locale: locale, progressive: { sink.take() },
                invoke: { await process.invoke($0).outcome })
            conversation.player.nearlyFinished = nearlyFinished
            conversation.events = events
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
