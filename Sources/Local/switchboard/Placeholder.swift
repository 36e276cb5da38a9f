import Foundation

/// What somebody meant to replace, and did not.
enum Placeholder {
    /// The placeholders in a text; variables that flows may leave open are none.
    static func all(in text: String, _ functions: Set<String>) -> [String] {
        var found = FlowVariables.names(in: text).filter { !FlowVariables.isKnown($0, functions) }.map { "${\($0)}" }
        found += text.matches(of: /\{\{[^}]*\}\}/).map { String($0.output) }
        found += text.matches(of: /\[[A-Z][A-Z _\-]+\]/).map { String($0.output) }
        // `$LAMBDA_ARN`, `%LAMBDA_ARN%`, `__LAMBDA_ARN__`; a reference of a flow begins with `$.`.
        found += text.matches(of: /\$[A-Z][A-Z0-9_]+|%[A-Z][A-Z0-9_]+%|__[A-Z][A-Z0-9_]*?__/).map { String($0.output) }
        // An angle bracket that SSML or HTML closes again is a tag.
        found += text.matches(of: /<([A-Za-z][A-Za-z0-9 _\-]*)>/).filter { match in
            !text.contains("</\(match.output.1)>") && !["br", "hr"].contains(match.output.1.lowercased())
        }.map { String($0.output.0) }
        found += text.matches(of: words().wordBoundaryKind(.simple)).map { String($0.output.0) }
        // Account ids, domains and numbers that are reserved for examples.
        found += text.matches(
            of: /\b(123456789012|111122223333|000000000000)\b|\bexample\.(com|net|org)\b|\+1\d{3}55501\d\d\b/
        ).map { String($0.output.0) }
        return found + segments(of: text)
    }

    /// Words that stand for others; between the colons of an ARN too, which are letters' own to Unicode's boundaries.
    private static func words() -> Regex<(Substring, Substring, Substring?)> {
        /(?i)\b(PLACEHOLDER|TODO|FIXME|TBD|CHANGE[-_ ]?ME|REPLACE[-_ ]?(ME|THIS|WITH)\w*|INSERT[-_]\w+|YOUR[-_][\w\-]+|XXX+)\b/
    }

    /// What stands for the region or the account of an ARN, and is none.
    private static func segments(of text: String) -> [String] {
        text.matches(of: /\barn:[^:\s]*:[^:\s]*:([^:\s]*):([^:\s]*):/.wordBoundaryKind(.simple)).flatMap { match in
            var found: [Substring] = []
            if match.output.1.wholeMatch(of: /[a-z0-9\-]*|\$\{[^}]*\}/) == nil { found.append(match.output.1) }
            if match.output.2.wholeMatch(of: /\d{12}|aws|\$\{[^}]*\}|/) == nil { found.append(match.output.2) }
            return found.map(String.init)
        }
    }
}
