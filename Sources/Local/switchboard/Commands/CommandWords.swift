import ArgumentParser

/// The words of a command line before its options: subcommands in any case, and suggestions for mistyped ones.
enum CommandWords {
    /// Returns the arguments with subcommands as they are spelled. Throws for a word that is none.
    static func spelled(_ arguments: [String], under command: any ParsableCommand.Type) throws -> [String] {
        let subcommands = command.configuration.subcommands
        guard let word = arguments.first, !subcommands.isEmpty, !word.hasPrefix("-") else { return arguments }
        let names = subcommands.compactMap { $0.configuration.commandName }
        if word.lowercased() == "help" {
            return try ["help"] + spelled(Array(arguments.dropFirst()), under: command)
        }
        guard let name = Names.match(word, in: names),
            let found = subcommands.first(where: { $0.configuration.commandName == name })
        else { throw ValidationError(Names.refusal("command", word, in: names).description) }
        return try [name] + spelled(Array(arguments.dropFirst()), under: found)
    }
}
