/// The lists that `/help` and `/phrases` print.
enum TalkHelp {
    static let commands =
        DeviceCommand.help + "\n" + """
              /phrases       prints what can be said
              /json          prints the last turn's requests and responses (/json on: every turn's)
              /help          prints this list
              /quit          ends; so do Ctrl-D and, without a session, exit and quit
            """

    /// Returns the reason why a line that begins with `/` is not a command: its value is missing or wrong, or there is no
    /// such command.
    static func fault(of typed: String) -> [String] {
        let words = typed.split(separator: " ").map(String.init)
        let value = words.dropFirst().joined(separator: " ")
        switch words.first ?? "" {
        case "/wait":
            let given = value.isEmpty ? "" : ", not \"\(value)\""
            return ["(/wait needs a time of at most 24 hours, such as 10s, 500ms or 2m\(given).)"]
        case "/button":
            let buttons = DeviceCommand.Button.allCases.map(\.rawValue).joined(separator: ", ")
            return ["(/button needs one of \(buttons)\(value.isEmpty ? "" : ", not \"\(value)\"").)"]
        case "/seek": return ["(/seek needs a time of the stream, such as 7s or 500ms.)"]
        case "/fail": return ["(/fail takes a number from 1 to 100, or nothing for 1, not \"\(value)\".)"]
        case "/json": return ["(/json takes on, off or nothing, not \"\(value)\".)"]
        case "/stall", "/help", "/phrases", "/quit": return ["(\(words[0]) takes no value, not \"\(value)\".)"]
        default: return ["(There is no command \(words.first ?? "/"). The commands are:)"] + lines(commands)
        }
    }

    /// Phrases that do the same.
    struct PhraseGroup {
        /// The intent's name, or that they open the skill.
        let name: String
        let phrases: [String]
    }

    /// Returns what can be said to a skill: its name, its samples, and phrases of the built-in intents.
    static func phrases(of model: InteractionModel, _ builtIn: BuiltInPhrases, locale: String) -> [PhraseGroup] {
        let opening = Invocation.opening(model.languageModel.invocationName, locale: locale)
        return [PhraseGroup(name: "To open the skill", phrases: [opening])]
            + model.languageModel.intents.compactMap { intent in
                let phrases = (intent.samples ?? []) + builtIn.phrases(of: intent.name)
                return phrases.isEmpty ? nil : PhraseGroup(name: intent.name, phrases: phrases)
            }
    }

    /// Returns the first line on a terminal, in the language that is spoken.
    static func banner(_ name: String, locale: String) -> String {
        let opening = Invocation.opening(name, locale: locale)
        return switch locale.prefix(2) {
        case "de":
            "Sag „\(opening)“. /phrases zeigt, was du sagen kannst, /help die Befehle; /quit beendet das Gespräch."
        case "es":
            "Di «\(opening)». /phrases muestra lo que puedes decir, /help los comandos; /quit termina."
        default: "Say \"\(opening)\". /phrases lists what you can say, /help the commands; /quit ends."
        }
    }

    static func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }
}
