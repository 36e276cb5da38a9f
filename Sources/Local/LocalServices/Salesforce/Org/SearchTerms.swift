import JSON

/// The words of a search, and the fields that they are found in.
///
/// Salesforce's help page "How Search Works" says that it splits text into words at spaces, punctuation and changes between
/// letters and digits, and that all words must be found. Of phone numbers it says that their punctuation does not count. No
/// page settles whether the digits of a national number find one that is stored with its country code: here they do where
/// the country code is a word of its own (`+44 20 7946 0018`), and not in `+442079460018`, the stricter reading.
struct SearchTerms {
    enum Scope: String {
        case all = "ALL"
        case name = "NAME"
        case email = "EMAIL"
        case phone = "PHONE"
        case sidebar = "SIDEBAR"
    }

    private static let reserved = Array("?&|!{}[]()^~*:\\\"'+-")
    private static let names: Set = ["Name", "FirstName", "LastName", "Company", "Subject", "SuppliedName"]
    private let words: [String]
    /// The digits alone, when the whole search is a number.
    private let digits: String?

    /// Reads `q`: a backslash escapes a reserved sign; one character alone is refused, and so are brackets and quotes
    /// without their pair ("Reserved Characters", SOQL and SOSL Reference).
    init(_ text: String) throws(SalesforceFailure) {
        var plain = ""
        var open: [Character] = []
        var rest = Substring(text)
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                guard let escaped = rest.popFirst(), Self.reserved.contains(escaped) else {
                    throw SalesforceFailure("MALFORMED_SEARCH", "unexpected escape in the search term")
                }
                plain += " "
            case "(", "[", "{": open.append(character)
            case ")", "]", "}":
                guard open.popLast().map({ "([{".contains($0) }) == true else { throw Self.unbalanced }
            case "\"":
                if open.last == "\"" { open.removeLast() } else { open.append(character) }
            default: plain.append(character)
            }
        }
        guard open.isEmpty else { throw Self.unbalanced }
        words = Self.words(of: plain)
        guard words.reduce(0, { $0 + $1.count }) >= 2 else {
            throw SalesforceFailure("INVALID_SEARCH", "search term must be longer than one character: \(text)")
        }
        let isNumber = plain.allSatisfy { $0.isASCII && ($0.isNumber || "+-./ ".contains($0)) }
        digits = isNumber ? words.joined() : nil
    }

    private static let unbalanced = SalesforceFailure("MALFORMED_SEARCH", "a bracket or quote has no pair")

    func match(
        _ record: [String: JSONValue], _ fields: [SalesforceSchema.Field], in scope: Scope
    ) -> Bool {
        fields.contains { field in
            guard let text = record[field.name]?.string, field.typeName == "string" else { return false }
            switch scope {
            case .phone: return field.isPhone && matchesNumber(text)
            case .email: return field.kind == .email && matchesWords(text)
            case .name: return Self.names.contains(field.name) && matchesWords(text)
            case .all, .sidebar: return field.isPhone && matchesNumber(text) || matchesWords(text)
            }
        }
    }

    private func matchesWords(_ text: String) -> Bool {
        let all = Set(Self.words(of: text))
        return words.allSatisfy(all.contains)
    }

    /// Returns true when words of the number that stand together are the digits.
    private func matchesNumber(_ text: String) -> Bool {
        guard let digits else { return false }
        let parts = Self.words(of: text)
        return parts.indices.contains { start in
            var joined = ""
            return parts[start...].contains { part in
                joined += part
                return joined == digits
            }
        }
    }

    /// Returns the words in lower case, split at what is neither letter nor digit, and between letters and digits.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var last: Character = " "
        for character in text.lowercased() {
            if character.isLetter || character.isNumber {
                let continues = (last.isLetter && character.isLetter) || (last.isNumber && character.isNumber)
                if continues { words[words.count - 1].append(character) } else { words.append(String(character)) }
            }
            last = character
        }
        return words
    }
}
