import ArgumentParser
import Foundation
import LocalServices
import Settings
import Timeline

struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Plays an Amazon Connect contact flow in the terminal.",
        usage: "switchboard call <flow> [<options>]",
        discussion: """
            The flow's functions run against the local services with the variables of template.yaml and \
            events/<Function>/env.json. Prompts are printed. Type keys where the flow or Twilio listens, and what the \
            caller says where Twilio records: "name: words" is somebody else's voice, "(quiet)" is too quiet, \
            "(file voice.wav)" is a recording (a path, or a name beside the script), "(hang up)" after the words ends \
            the call as soon as they are said, "(press #)" ends the recording, and an empty line is silence. A transfer to Twilio posts signed webhooks to TwilioVoice and follows its TwiML.

            A flow with views is an agent's guide. It runs in a contact of its own, as beside a real call, and also opens \
            when a call that chose it waits in a queue. Type the number or the words of a choice, and a form's fields \
            one by one; an empty line lets the time run out. What was sent, and to whom, is printed at the end.

            Blocks that ask what only a real contact centre knows are played as if it were open and had an agent; blocks \
            without an effect here are named, and succeed. --choose and "choose" take another branch of a block, which is \
            named by its identifier or its type: --choose CheckHoursOfOperation=False, --choose "Look up=NoMatchingError".

            \(CallTerminal.help)

            During a call every line but help and quit is speech or keys, "call" and "wait 3" too: hang up first.

            --script runs such lines from a file: those that begin with > are typed, the others are expected, with * for \
            any text and # before a comment. At the first difference it prints the line, what was expected (-) and what \
            came (+), and exits with 1.

            Standard error says what each function gets and answers, the $.External values that the flow then sees, and \
            the branches. --log prints whole events and responses, the functions' logs and the webhooks, with a script \
            too.
            """)

    @Argument(help: "The flow: a name from integrations/connect, or a file.", completion: Completions.flows)
    var flow: String

    @Option(help: "A file with calls, to check what happens.", completion: .file())
    var script: String?

    @Option(help: "The caller's number in E.164, such as +12065550142, or: withheld.")
    var from = "+12065550142"

    @Option(name: .customLong("set"), help: "A variable for the functions, as NAME=value; once for each.")
    var variables: [String] = []

    @Option(
        help: """
            A field of the caller's customer profile, as EmailAddress=…; once for each. Without it: \
            \(CallCommand.somebody.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")).
            """)
    var profile: [String] = []

    @Flag(help: "The caller has no customer profile, in the first call.")
    var withoutProfile = false

    @Option(help: "A branch to take instead of playing the block, as block=branch; once for each.")
    var choose: [String] = []

    @OptionGroup var salesforce: SalesforceFile
    @OptionGroup var events: EventsFile

    @Flag(help: "Print each function's whole event and response, its log, and the webhooks, too.")
    var log = false

    /// The caller's default customer profile: an address that the local SendEmail may write to.
    private static let somebody = [
        "FirstName": "Maria", "LastName": "Silva", "EmailAddress": "maria.silva@example.net",
    ]

    func run() async throws {
        guard Self.isCaller(from) else { throw Refusal("--from \(from): \(Self.callerRule)") }
        let project = try Project.locate()
        let file = try project.flow(named: flow)
        _ = try Self.read(file)
        let choices = try FlowChoices(choose, blocks: { project.blocks(of: file) })
        let script = try script.map {
            try TalkScript(String(decoding: Files.read(URL(filePath: $0), "script"), as: UTF8.self), named: $0)
        }
        let overrides = try Dictionary(
            variables.map { try FlowRenderCommand.pair($0) }, uniquingKeysWith: { $1 })
        let given = try Dictionary(
            profile.map { try FlowRenderCommand.pair($0, of: "--profile") }, uniquingKeysWith: { $1 })
        let profile = Self.somebody.merging(given) { $1 }
        let addition = try salesforce.addition()
        let command = self
        let timeline = try events.timeline()
        // A script's output stays what it expects, unless the logs are wanted.
        if script == nil || log {
            let notes = CallNotes(isWhole: log)
            timeline.pass(to: { event in notes.lines(of: event).forEach(log ? Terminal.say : Terminal.note) })
        }
        let source = TimelineSource(
            file.deletingPathExtension().lastPathComponent,
            command: ShellCommand.own(CommandLine.arguments.dropFirst()))
        try await Interruption.guarding {
            do {
                try await CallSession.withRunning(
                    project, file, source, overrides, profile: profile, choices: choices, salesforce: addition,
                    timeline: timeline, followsRequests: command.events.followsRequests
                ) { session in
                    let terminal = CallTerminal(script)
                    do {
                        try await command.take(session, terminal, isScripted: script != nil)
                    } catch  where Task.isCancelled {
                        // What went out before Ctrl-C did go out; the task itself sends nothing any more.
                        let news = try? await Task { try await session.outbox.news() }.value
                        for line in news ?? [] { terminal.say(ShownLine(.message, line)) }
                        throw error
                    }
                }
                if let script { Terminal.say("\(script.count) as expected.") }
            } catch let mismatch as CallMismatch {
                Terminal.say(mismatch.description)
                throw ExitCode(1)
            }
        }
    }

    /// Takes one call after another.
    private func take(_ session: CallSession, _ terminal: CallTerminal, isScripted: Bool) async throws {
        let from = from == Self.withheld ? nil : from
        if !isScripted { try await session.call(from: from, hasProfile: !withoutProfile, terminal) }
        while true {
            terminal.hint("(No call: type call, help for the other commands, or quit.)")
            guard let typed = try await terminal.next() else { return }
            let words = typed.lowercased().split(separator: " ").map(String.init)
            switch (words.first, words.count) {
            case ("call", 1): try await session.call(from: from, terminal)
            case ("call", 3) where words[1...] == ["without", "profile"]:
                try await session.call(from: from, hasProfile: false, terminal)
            case ("call", 3) where words[1] == "from":
                guard Self.isCaller(words[2]) else {
                    terminal.say("(\(words[2]): \(Self.callerRule))")
                    continue
                }
                try await session.call(from: words[2] == Self.withheld ? nil : words[2], terminal)
            case ("choose", 2...):
                let choice = typed.drop { $0 != " " }.trimmingCharacters(in: .whitespaces)
                if let fault = session.choices.choose(choice) { terminal.say("(\(fault))") }
            case ("wait", 2):
                guard let seconds = Double(words[1]), seconds >= 0 else {
                    terminal.say("(wait needs a number of seconds, such as: wait 3)")
                    continue
                }
                try await Task.sleep(for: .seconds(seconds))
            default: terminal.say(Self.noCall)
            }
        }
    }

    private static let noCall: ShownLine =
        "(No call is under way: type call, call from <number>, choose <block>=<branch>, or wait <seconds>.)"
    static let withheld = "withheld"
    static let callerRule = "A caller's number must be in E.164, such as +12065550142, or: withheld."

    static func isCaller(_ text: String) -> Bool {
        text == withheld || text.wholeMatch(of: /\+[1-9][0-9]{6,14}/) != nil
    }

    static func read(_ url: URL) throws -> ContactFlow {
        try ContactFlow(Files.read(url, "contact flow"), named: url.lastPathComponent)
    }
}
