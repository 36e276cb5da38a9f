import JSON

/// Values evaluated with the parameters' defaults, and with everything deployed.
extension Template {
    /// CloudFormation's pseudo parameters, with the values of a stack on this machine.
    private static let pseudoParameters = [
        "AWS::AccountId": "123456789012", "AWS::Partition": "aws", "AWS::Region": "eu-central-1",
        "AWS::StackName": "switchboard", "AWS::URLSuffix": "amazonaws.com",
    ]

    /// Returns the string that a value evaluates to; nil where a deployed resource would be needed, or an unknown
    /// function is called.
    func text(_ value: JSONValue) -> String? {
        guard case .object(let members) = value else { return value.scalarText }
        guard members.count == 1, let (function, argument) = members.first else { return nil }
        switch (function, argument.array ?? []) {
        case ("Ref", _): return argument.string.flatMap(named)
        case ("Fn::If", let branches) where branches.count == 3:
            return branches[0].string.flatMap { text(branches[holds($0) ? 1 : 2]) }
        case ("Fn::Join", let parts) where parts.count == 2:
            let texts = (parts[1].array ?? []).map(text)
            return texts.contains(nil) ? nil : texts.compactMap { $0 }.joined(separator: parts[0].string ?? "")
        case ("Fn::Sub", let parts):
            return substituted(parts.first?.string ?? argument.string ?? "", parts.dropFirst().first?.object ?? [:])
        default: return nil
        }
    }

    /// Returns true when a condition is met. The conditions of functions are: a function that is run is switched on.
    func holds(_ condition: String) -> Bool {
        functions.values.contains { $0["Condition"]?.string == condition } || conditions[condition].map(isMet) ?? false
    }

    private func isMet(_ condition: JSONValue) -> Bool {
        guard let (function, argument) = condition.object?.first else { return false }
        let parts = argument.array ?? []
        return switch function {
        case "Condition": argument.string.map(holds) ?? false
        case "Fn::Not": parts.first.map { !isMet($0) } ?? false
        case "Fn::And": parts.allSatisfy(isMet)
        case "Fn::Or": parts.contains(where: isMet)
        case "Fn::Equals": parts.count == 2 && text(parts[0]) != nil && text(parts[0]) == text(parts[1])
        default: false
        }
    }

    private func named(_ name: String) -> String? { Self.pseudoParameters[name] ?? parameters[name]?.scalarText }

    private func substituted(_ text: String, _ own: [String: JSONValue]) -> String? {
        var isWhole = true
        let filled = text.replacing(/\$\{([^!}][^}]*)\}/) { match in
            let name = String(match.output.1)
            guard let value = own[name].flatMap(self.text) ?? named(name) else {
                isWhole = false
                return ""
            }
            return value
        }
        return isWhole ? filled.replacing("${!", with: "${") : nil
    }
}
