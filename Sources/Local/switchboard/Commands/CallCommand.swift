import ArgumentParser
import Foundation
import LocalServices
import Settings

struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call", abstract: "Plays an Amazon Connect contact flow in the terminal.",
        discussion: """
            The flow's functions run against the local services with the variables of template.yaml and \
            events/<Function>/env.json. \
            Prompts are printed; type keys where the flow or Twilio listens, or what the caller says where Twilio \
            records: "name: words" is somebody else's voice, "(quiet)" is too quiet, "(hang up)" behind the words ends the \
            call as soon as they are said, "(press #)" the recording, an empty line is silence. \
            A transfer to Twilio posts signed webhooks to TwilioVoice and follows its TwiML.

            A flow with views is an agent's guide: it runs in a contact of its own, as beside a real call, and opens too \
            when a call that hooked it has queued. Type the number of a choice or its words, and a form's fields one \
            by one; an empty line lets the time pass. What was sent is printed when it is over.

              call                    a call begins
              call from +12065550199  the same from another number; "call from withheld" shows none
              call without profile    the same from somebody whom Customer Profiles does not know
              hang up                 the caller hangs up
              agent hangs up          the agent does, when Twilio has dialled Connect and the call waits for an agent
              wait 3                  three seconds pass between calls

            --script runs such lines from a file: those that begin with > are typed, the others are expected, with * for \
            any text and # before a comment. Exits with 1 at the first difference.
            """)

    @Argument(help: "The flow: a name from integrations/connect, or a file.")
    var flow: String

    @Option(help: "A file with calls, to check what happens.")
    var script: String?

    @Option(help: "The caller's number, in E.164.")
    var from = "+12065550142"

    @Option(name: .customLong("set"), help: "A variable for the functions, as NAME=value; once for each.")
    var variables: [String] = []

    @Option(
        help: """
            A field of the caller's customer profile, as EmailAddress=…; once for each. Default: \
            \(CallCommand.somebody.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")).
            """)
    var profile: [String] = []

    @Flag(help: "Print the functions' logs, too.")
    var log = false

    /// The caller's customer profile where nobody gives another: an address that the local SendEmail may write to.
    private static let somebody = [
        "FirstName": "Maria", "LastName": "Silva", "EmailAddress": "maria.silva@example.net",
    ]

    func run() async throws {
        let project = try Project.locate()
        let flow = try Self.read(project.flow(named: flow))
        let script = try script.map {
            try TalkScript(String(decoding: Files.read(URL(filePath: $0), "script"), as: UTF8.self), named: $0)
        }
        let overrides = try Dictionary(
            variables.map(FlowRenderCommand.pair), uniquingKeysWith: { $1 })
        let given = try Dictionary(profile.map(FlowRenderCommand.pair), uniquingKeysWith: { $1 })
        let profile = given.isEmpty ? Self.somebody : given
        let command = self
        try await Interruption.guarding {
            do {
                try await CallSession.withRunning(project, flow, overrides, profile: profile, logs: command.log) {
                    session in
                    let terminal = CallTerminal(script)
                    try await command.take(session, terminal, isScripted: script != nil)
                }
                if let script { Terminal.say("\(script.turns.count) turns as expected.") }
            } catch let mismatch as CallMismatch {
                Terminal.say(mismatch.description)
                throw ExitCode(1)
            }
        }
    }

    /// One call after another.
    private func take(_ session: CallSession, _ terminal: CallTerminal, isScripted: Bool) async throws {
        if !isScripted { try await session.call(from: from, terminal) }
        while let typed = try await terminal.next() {
            let words = typed.split(separator: " ").map(String.init)
            switch (words.first, words.count) {
            case ("call", 1): try await session.call(from: from, terminal)
            case ("call", 3) where words[1...] == ["without", "profile"]:
                try await session.call(from: from, hasProfile: false, terminal)
            case ("call", 3) where words[1] == "from":
                try await session.call(from: words[2] == "withheld" ? nil : words[2], terminal)
            case ("wait", 2):
                guard let seconds = Double(words[1]), seconds >= 0 else {
                    throw Refusal("wait takes seconds, such as: wait 3")
                }
                try await Task.sleep(for: .seconds(seconds))
            default: terminal.say("(No call is under way: type call, call from <number>, or wait <seconds>.)")
            }
        }
    }

    static func read(_ url: URL) throws -> ContactFlow {
        try ContactFlow(Files.read(url, "contact flow"), named: url.lastPathComponent)
    }
}
