import Foundation

/// A placeholder in a flow that was meant to be replaced.
///
/// In spoken or shown text, ordinary words do not count: "your order is TBD" is a sentence.
enum Placeholder {
    /// Returns the placeholders in a string of a flow, unchanged.
    static func all(in text: FlowText) -> [String] {
        // References and variables are filled in later.
        let plain = text.text.replacing(/\$\{[^}]*\}/, with: "0").replacing(reference(), with: "0")
        let marks = marks(in: plain, text.use)
        // A placeholder with two kinds of marks, such as {{LAMBDA_ARN}}, counts once.
        let rest = marks.reduce(plain) { $0.replacing($1, with: "0") }
        return marks + words(in: rest, text.use) + reserved(in: rest) + segments(of: plain)
    }

    /// Returns variables that no flow may leave open.
    static func variables(in text: String, _ functions: Set<String>) -> [String] {
        FlowVariables.names(in: text).filter { !FlowVariables.isKnown($0, functions) }.map { "${\($0)}" }
    }

    /// Returns names in brackets or between signs.
    private static func marks(in text: String, _ use: FlowText.Use) -> [String] {
        guard use != .setting else { return [] }
        var found = found(/\{\{[^}]*\}\}/, in: text)
        found += self.found(use == .address ? /(?i)%[A-Z][A-Z0-9_]*%/ : /%[A-Z][A-Z0-9_]*%/, in: text)
        found += self.found(use == .address ? /\[[^\]]*[A-Za-z][^\]]*\]/ : /\[[A-Z]+(?:[ _\-][A-Z]+)+\]/, in: text)
        // An angle bracket that HTML closes again is a tag.
        let brackets = use == .ssml ? [] : text.matches(of: /<(\p{L}[^\s<>\/]*)[^<>]*>/)
        return found
            + brackets.filter { match in
                !text.contains("</\(match.output.1)>") && !["br", "hr"].contains(match.output.1.lowercased())
            }.map { String($0.output.0) }
    }

    /// Returns words that stand for others.
    private static func words(in text: String, _ use: FlowText.Use) -> [String] {
        switch use {
        case .setting: return []
        case .kept:
            return found(/\b_*(?:INSERT|REPLACE|CHANGE|ENTER|YOUR)_[A-Z0-9_]+\b|\b[A-Z0-9_]+_HERE\b/, in: text)
        case .address:
            let parts = text.split { ":/,; ".contains($0) }.map(String.init)
            // A version of a function or a view is $LATEST.
            let variable = text.wholeMatch(of: /\$[A-Z][A-Z0-9_]+/) == nil ? [] : [text]
            return variable + parts.filter { $0.wholeMatch(of: address()) != nil } + found(capitals(), in: text)
        case .seen, .ssml:
            // Tags without their attributes, and the text between them.
            let spoken = use == .ssml ? text.replacing(/<(\/?[^\s<>\/]+)[^>]*>/) { "<\($0.output.1)>" } : text
            let heard = use == .ssml ? spoken.replacing(/<[^>]*>/, with: "") : spoken
            let whole = heard.wholeMatch(of: /\W*(TODO|TBD|FIXME|PLACEHOLDER|XXX+)\W*/)
            return (whole.map { [String($0.output.1)] } ?? []) + found(capitals(), in: spoken)
        }
    }

    /// Matches a word of capitals with an underscore in it: `INSERT_NAME_HERE`, `__NAME__`.
    private static func capitals() -> Regex<Substring> { /\b(?=\w*_)(?=\w*[A-Z][A-Z0-9_]*)[A-Z0-9_]{3,}\b/ }

    /// Matches a part of an id or an ARN that stands for another.
    private static func address() -> Regex<(Substring, Substring?)> {
        /(?i)(?:TODO|TBD|FIXME|PLACEHOLDER|CHANGE[\-_]?ME|XXX[X\-]*|(YOUR|REPLACE|INSERT|ENTER)[\-_].+)/
    }

    /// Matches `$.Attributes.NAME`, `$['Attributes']['NAME']`.
    private static func reference() -> Regex<Substring> {
        /\$(?:\.?\[['"][^'"]*['"]\]|\.[A-Za-z0-9_\-]+)+/
    }

    /// Returns account ids, domains and numbers that are reserved for examples.
    private static func reserved(in text: String) -> [String] {
        text.matches(
            of: /\b(123456789012|111122223333|000000000000)\b|\bexample\.(com|net|org)\b|\+1\d{3}55501\d\d\b/
        ).map { String($0.output.0) }
    }

    /// Placeholder segments of an ARN.
    private static func segments(of text: String) -> [String] {
        text.matches(of: /\barn:[^:\s]*:[^:\s]*:([^:\s]*):([^:\s]*):/.wordBoundaryKind(.simple)).flatMap { match in
            var found: [Substring] = []
            if match.output.1.wholeMatch(of: /[a-z0-9\-]*/) == nil { found.append(match.output.1) }
            if match.output.2.wholeMatch(of: /\d{12}|aws|0|/) == nil { found.append(match.output.2) }
            return found.map(String.init)
        }
    }

    private static func found(_ pattern: Regex<Substring>, in text: String) -> [String] {
        text.matches(of: pattern.wordBoundaryKind(.simple)).map { String($0.output) }
    }
}
