/// An environment of samconfig.toml that deploys: its name, its stack, and the parameters that it gives.
struct SamEnvironment: Sendable, Equatable {
    let name: String
    /// The name of the stack; nil where the environment has none.
    var stack: String?
    var parameters: [String: String] = [:]

    /// Returns the environments in the order of their deploy sections: lines of TOML except comments.
    static func all(in text: String) -> [SamEnvironment] {
        var found: [SamEnvironment] = []
        var stacks: [String: String] = [:]
        var (name, deploys) = ("", false)
        for line in text.split(whereSeparator: \.isNewline).map(withoutComment) {
            if line.first == "[", let section = line.firstMatch(of: #/^\[([^\]]+)\]/#) {
                let path = section.1.split(separator: ".")
                name = String(path.first ?? "")
                deploys = path.count == 3 && path[1] == "deploy"
                if deploys { found.append(SamEnvironment(name: name)) }
            } else if let stack = line.firstMatch(of: #/^stack_name\s*=\s*["']([^"']+)["']/#) {
                stacks[name] = String(stack.1)
            } else if deploys {
                // In one string of the line, or one in a line; the value may have quotes of its own.
                for parameter in line.matches(of: #/([A-Za-z][A-Za-z0-9]*)=\\?["']?([^\s"'\\,\]]+)/#) {
                    found[found.count - 1].parameters[String(parameter.1)] = String(parameter.2)
                }
            }
        }
        for index in found.indices { found[index].stack = stacks[found[index].name] }
        return found
    }

    /// Returns a line without the space before it and the comment after it.
    private static func withoutComment(_ line: Substring) -> Substring {
        var quote: Character?
        let end = line.indices.first { index in
            let character = line[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            }
            return character == "#" && quote == nil
        }
        return line[..<(end ?? line.endIndex)].drop(while: \.isWhitespace)
    }
}
