/// Commands that can be copied into a shell.
enum ShellCommand {
    /// The longest event that is part of a command, in bytes.
    private static let longest = 8 << 10

    /// Returns the text as one word of a POSIX shell.
    static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-=:,@%+".contains($0)) }
        return isPlain ? text : "'\(text.replacing("'", with: #"'\''"#))'"
    }

    /// Returns the command that invokes a function with an event; nil for a long event, or one that is not text.
    static func invoke(_ function: String, _ event: [UInt8]) -> String? {
        piped(event, to: "\(Switchboard.invocation) invoke \(function) --event -")
    }

    /// Returns a command with an event as its input; nil for a long event, or one that is not text.
    static func piped(_ event: [UInt8], to command: String) -> String? {
        guard event.count <= longest, let text = String(validating: event, as: UTF8.self) else { return nil }
        return "printf %s \(quoted(text)) | \(command)"
    }

    /// Returns the command that invokes a function of the stack that `env` leads to with an event; nil for a long event, or
    /// one that is not text.
    static func invoke(deployed function: String, _ event: [UInt8]) -> String? {
        guard event.count <= longest, let text = String(validating: event, as: UTF8.self) else { return nil }
        return invoke(deployed: function, text)
    }

    /// Returns the same with the value of the AWS CLI's `--payload`.
    static func invoke(deployed function: String, _ payload: String) -> String {
        "(eval \"$(\(Switchboard.invocation) env)\"; aws lambda invoke --function-name \(function) "
            + "--payload \(quoted(payload)) /dev/stdout)"
    }

    /// Returns the command with these arguments, but for its file of events, which would be written to again.
    static func own(_ arguments: some Sequence<String>) -> String {
        var isFile = false
        let others = arguments.filter { argument in
            defer { isFile = argument == "--events" }
            return !isFile && argument != "--events" && !argument.hasPrefix("--events=")
        }
        return ([Switchboard.invocation] + others.map(quoted)).joined(separator: " ")
    }

    /// Returns the command that invokes a function with an event file of its own.
    static func invoke(_ function: String, eventNamed name: String) -> String {
        "\(Switchboard.invocation) invoke \(function) --event \(quoted("events/\(function)/\(name).json"))"
    }
}
