import Foundation
import LambdaRuntime

/// What a flow of integrations/connect leaves open for an account: `${Name}`, as CloudFormation's `Fn::Sub` writes it.
enum FlowVariables {
    /// Names beside the functions' `${<Function>.Arn}`, and what each stands for.
    static let known: [String: String] = [
        "GuideFlowId": "the id of the guide's flow in Amazon Connect",
        "QueueArn": "the ARN of the queue that contacts wait in",
        "SystemEmailAddress": "the address that the guide's e-mails come from, one of EMAIL_ALLOWED_SENDERS",
        "TwilioPhoneNumber": "the Twilio number whose webhook is TwilioVoice, in E.164",
        "VoiceAuthFlowArn": "the ARN of the voice-authentication flow",
    ]

    /// The names in a text, each once, in order.
    static func names(in text: String) -> [String] {
        var names: [String] = []
        for match in text.matches(of: pattern()) where !names.contains(String(match.output.1)) {
            names.append(String(match.output.1))
        }
        return names
    }

    /// Whether flows of a project with these functions may leave this name open.
    static func isKnown(_ name: String, _ functions: Set<String>) -> Bool {
        known[name] != nil || name.hasSuffix(".Arn") && functions.contains(String(name.dropLast(4)))
    }

    /// The value with every variable filled in. Throws a refusal that names those without a value.
    static func filled(_ json: JSONValue, _ values: [String: String]) throws -> JSONValue {
        let missing = Set(json.texts.flatMap(names)).subtracting(values.keys).sorted()
        guard missing.isEmpty else {
            let lines = missing.map { "  --set \($0)=…  \(meaning(of: $0))" }
            throw Refusal("The flow leaves these open; give each:\n" + lines.joined(separator: "\n"))
        }
        return substituted(json, values)
    }

    private static func meaning(of name: String) -> String {
        known[name] ?? "the ARN of the function \(name.split(separator: ".").first ?? "")"
    }

    private static func substituted(_ json: JSONValue, _ values: [String: String]) -> JSONValue {
        switch json {
        case .string(let text):
            .string(text.replacing(pattern()) { values[String($0.output.1)] ?? String($0.output.0) })
        case .array(let elements): .array(elements.map { substituted($0, values) })
        case .object(let members): .object(members.mapValues { substituted($0, values) })
        case .null, .bool, .number: json
        }
    }

    private static func pattern() -> Regex<(Substring, Substring)> { /\$\{([^}]*)\}/ }
}

/// What somebody meant to replace, and did not.
enum Placeholder {
    /// The placeholders in a text; variables that flows may leave open are none.
    static func all(in text: String, _ functions: Set<String>) -> [String] {
        var found = FlowVariables.names(in: text).filter { !FlowVariables.isKnown($0, functions) }.map { "${\($0)}" }
        found += text.matches(of: /\{\{[^}]*\}\}/).map { String($0.output) }
        found += text.matches(of: /\[[A-Z][A-Z _\-]+\]/).map { String($0.output) }
        // An angle bracket that SSML or HTML closes again is a tag.
        found += text.matches(of: /<([A-Za-z][A-Za-z0-9 _\-]*)>/).filter { match in
            !text.contains("</\(match.output.1)>") && !["br", "hr"].contains(match.output.1.lowercased())
        }.map { String($0.output.0) }
        found += text.matches(
            of:
                /(?i)\b(PLACEHOLDER|TODO|FIXME|TBD|CHANGE[-_ ]?ME|REPLACE[-_ ]?(ME|THIS|WITH)\w*|YOUR[-_][\w\-]+|XXX+)\b/
        ).map { String($0.output.0) }
        // Account ids, domains and numbers that are reserved for examples.
        found += text.matches(
            of: /\b(123456789012|111122223333|000000000000)\b|\bexample\.(com|net|org)\b|\+1\d{3}55501\d\d\b/
        ).map { String($0.output.0) }
        return found
    }
}
