/// Ids, ARNs, numbers and addresses that stand for others.
enum StandInAddress {
    /// Returns the parts of an id or ARN that stand for others; blanks for what was found already are passed over.
    static func all(in address: String) -> [String] {
        let isVariable =
            address.first == "$" && address.utf8.count > 2 && isMade(address.dropFirst(), of: isCapitalWord)
        // Nobody's id has blanks in it: ENTER LAMBDA HERE.
        let words = address.split(separator: " ")
        let isSentence = words.count > 1 && words.allSatisfy { isMade($0, of: isCapitalWord) }
        if isVariable || isSentence { return [words.joined(separator: " ")] }
        let parts = address.split { ":/,;@=?& ".contains($0) }.map(String.init)
        return parts.filter { isStandIn($0) || accounts.contains($0) } + segments(of: address)
    }

    /// Returns true for an account number that AWS's documents use in examples.
    static func isAccount(_ text: String) -> Bool { accounts.contains(text) }

    /// Returns domains and numbers that are reserved for examples: RFC 2606, and the North American numbers 555-0100 to
    /// 555-0199.
    static func examples(in address: String) -> [String] {
        let domains = ["example.com", "example.net", "example.org"].filter(address.lowercased().contains)
        let isNumber =
            address.hasPrefix("+1") && address.utf8.count == 12 && address.dropFirst(5).hasPrefix("55501")
        return domains + (isNumber ? [address] : [])
    }

    private static let accounts: Set = ["123456789012", "111122223333", "000000000000"]
    private static let words: Set = ["todo", "tbd", "fixme", "placeholder", "change-me", "change_me"]
    /// Nouns that follow "insert", "replace" or "enter" in a stand-in; `replace-card` may be a function.
    private static let nouns: Set = [
        "me", "with", "this", "your", "the", "a", "my", "here", "arn", "id", "name", "number", "queue", "lambda",
        "function", "flow", "region", "account", "instance", "value", "bot", "alias", "prompt", "phone", "email", "url",
    ]

    private static func isStandIn(_ part: String) -> Bool {
        let part = part.lowercased()
        let isNamed = words.contains(part) || part.hasPrefix("changeme") || part.hasPrefix("your-")
        let isRow = part.hasPrefix("xxx") && part.allSatisfy { $0 == "x" || $0 == "-" }
        let isMarked = part.hasPrefix("__") && part.hasSuffix("__") && part.utf8.count > 4
        if isNamed || isRow || isMarked || part.hasPrefix("your_") || part.hasSuffix("_here") { return true }
        let names = part.split { $0 == "-" || $0 == "_" }.map(String.init)
        return names.count > 1 && ["insert", "replace", "enter"].contains(names[0])
            && names.dropFirst().allSatisfy(nouns.contains)
    }

    /// Returns the region and the account of an ARN that cannot be right.
    private static func segments(of address: String) -> [String] {
        let parts = address.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            .map { String($0.filter { $0 != " " }) }
        guard parts.count == 6, parts[0] == "arn" else { return [] }
        let isRegion = isMade(parts[3], of: { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") })
        let isAccount =
            ["", "0", "aws"].contains(parts[4])
            || parts[4].utf8.count == 12 && isMade(parts[4], of: { $0.isASCII && $0.isNumber })
        return (isRegion ? [] : [parts[3]]) + (isAccount ? [] : [parts[4]])
    }

    private static func isCapitalWord(_ character: Character) -> Bool {
        character.isASCII && (character.isUppercase || character.isNumber || character == "_")
    }

    private static func isMade(_ text: some StringProtocol, of isPart: (Character) -> Bool) -> Bool {
        text.allSatisfy(isPart)
    }
}
