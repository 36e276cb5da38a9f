import Encoding
package import JSON
import Synchronization

/// Takes secrets out of what people see: by the names that they have everywhere, and by their values in this run.
///
/// Names are those of headers, of members of JSON, of parameters of forms and URLs, and of variables. Phone numbers and
/// addresses stay: the timeline is there to show them to the person who runs the command.
package final class Redaction: Sendable {
    /// The words in a secret's place.
    package static let mark = "(secret)"
    /// A shorter value is a word that other things have, too.
    private static let shortest = 6

    /// The least characters of an input that is taken out as a word.
    private static let shortestInput = 3

    /// A value of this run.
    private struct Value: Equatable {
        let bytes: [UInt8]
        /// True for what is taken out only where it stands as a word: a PIN's digits are in other numbers, too.
        var isWord = false
    }

    private let values = Mutex<[Value]>([])

    package init() {}

    /// Takes these values out of everything from now on; those of fewer than six bytes are too common for it.
    package func add(_ secrets: some Sequence<String>) {
        let forms = secrets.filter { $0.utf8.count >= Self.shortest }.flatMap { secret in
            [secret, PercentEncoding.encode(secret), Base64.encode(Array(secret.utf8))].map {
                Value(bytes: Array($0.utf8))
            }
        }
        learn(forms)
    }

    private func learn(_ news: [Value]) {
        values.withLock { values in
            for value in news where !values.contains(value) { values.append(value) }
            // The longest first: it may contain another.
            values.sort { $0.bytes.count > $1.bytes.count }
        }
    }

    /// Takes the values of a function's variables out that hold secrets by their names.
    ///
    /// A variable that holds JSON may hold secrets below names of its members.
    package func add(variables: [String: String]) {
        for (name, value) in variables {
            if SecretNames.isSecret(variable: name) {
                add([value])
            } else if let json = Self.json(value) {
                add(Self.secrets(in: json))
            }
        }
    }

    /// Takes what somebody typed for nobody else out from now on, where it stands as a word of at least three characters.
    package func add(input: String) {
        let input = Array(input.utf8.filter { $0 != UInt8(ascii: " ") })
        if input.count >= Self.shortestInput { learn([Value(bytes: input, isWord: true)]) }
    }

    /// Returns a variable's value as JSON; nil where it is none, or one value.
    private static func json(_ value: String) -> JSONValue? {
        guard value.first == "{" || value.first == "[" else { return nil }
        return try? JSONValue(parsing: Array(value.utf8))
    }

    /// Returns the texts below the names that secrets have.
    private static func secrets(in value: JSONValue, isSecret: Bool = false) -> [String] {
        switch value {
        case .string(let text): isSecret ? [text] : []
        case .array(let elements): elements.flatMap { secrets(in: $0, isSecret: isSecret) }
        case .object(let members):
            members.flatMap { secrets(in: $1, isSecret: isSecret || SecretNames.isSecret(member: $0)) }
        default: []
        }
    }

    /// Returns the event without secrets.
    func redacted(_ event: TimelineEvent) -> TimelineEvent {
        var event = event
        if let detail = event.detail { learn(detail) }
        event.title = redacted(event.title)
        event.source = event.source.map { redacted($0) }
        // A command without its secret would do something else.
        event.command = event.command.flatMap { redacted($0) == $0 ? $0 : nil }
        event.detail = event.detail.map { redacted($0) }
        return event
    }

    /// Takes the digits of a one-time code out from now on: those that a function gives to a flow, which are then keys.
    private func learn(_ value: JSONValue) {
        for element in value.array ?? [] { learn(element) }
        for (name, member) in value.object ?? [:] {
            if let text = member.string, SecretNames.isCode(name) { add([text.filter(\.isNumber)]) }
            learn(member)
        }
    }

    /// Returns the value without secrets, at any depth.
    package func redacted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool: value
        case .number(let text): hasValue(Array(text.utf8)) ? .string(Self.mark) : value
        case .string(let text): .string(redacted(text))
        case .array(let elements): .array(elements.map { redacted($0) })
        case .object(let members): object(members)
        }
    }

    private func object(_ members: [String: JSONValue]) -> JSONValue {
        var redacted: [String: JSONValue] = [:]
        for (name, value) in members {
            let isSecret = SecretNames.isSecret(member: name) && value != .null && value != .string("")
            redacted[self.redacted(name)] = isSecret ? masked(value) : self.redacted(value)
        }
        // The name of a stream that an Alexa device plays is a token, too ("AudioPlayer Interface Reference").
        if let token = members["token"], Self.isStream(members) { redacted["token"] = self.redacted(token) }
        if members["Type"] == "SecureString", let value = members["Value"] { redacted["Value"] = masked(value) }
        // Keys that a caller pressed: a menu's are few, and a code's or a number's nobody's business.
        if let digits = members["Digits"]?.string, digits.count >= Self.shortest {
            redacted["Digits"] = .string(Self.mark)
        }
        // A list of names and values has the name in one member and the value in another.
        for label in ["name", "Name", "key", "Key"] {
            guard let name = members[label]?.string, SecretNames.isSecret(member: name) else { continue }
            for content in ["value", "Value"] where redacted[content] != nil { redacted[content] = .string(Self.mark) }
        }
        return .object(redacted)
    }

    private static func isStream(_ members: [String: JSONValue]) -> Bool {
        members["offsetInMilliseconds"] != nil || members["type"]?.string?.hasPrefix("AudioPlayer.") == true
    }

    /// Returns the mark in the place of a scalar; the members of an object below a secret's name are all masked.
    private func masked(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members): .object(members.mapValues { masked($0) })
        case .array(let elements): .array(elements.map { masked($0) })
        case .bool, .null: value
        case .number, .string: .string(Self.mark)
        }
    }

    /// Returns the text without secrets: named ones (`client_secret=…`, `"access_token":"…"`, `Authorization: …`), tokens
    /// by their form, and the values of this run.
    package func redacted(_ text: String) -> String {
        guard text.utf8.count >= Self.shortest else { return hasValue(Array(text.utf8)) ? Self.mark : text }
        let bytes = Array(text.utf8)
        let named = SecretScanner.redacted(bytes)
        let result = withoutValues(named ?? bytes)
        guard named == nil, result == nil else { return String(decoding: result ?? named ?? bytes, as: UTF8.self) }
        // What is encoded, such as a body or a stream's record, is looked into, and encoded again.
        guard text.utf8.count >= 16, let encoded = Base64.decode(text),
            let content = String(validating: encoded, as: UTF8.self)
        else { return text }
        let plain = redacted(content)
        return plain == content ? text : Base64.encode(Array(plain.utf8))
    }

    private func hasValue(_ bytes: [UInt8]) -> Bool {
        values.withLock { values in
            values.contains { $0.isWord ? $0.bytes == bytes : bytes.place(of: $0.bytes, from: 0) != nil }
        }
    }

    /// Returns the bytes without the values of this run; nil when there is none in them.
    private func withoutValues(_ bytes: [UInt8]) -> [UInt8]? {
        let values = values.withLock { $0 }
        var result: [UInt8]?
        for value in values {
            result = Self.without(value, result ?? bytes) ?? result
        }
        return result
    }

    /// Returns the bytes with the mark for each place of a value; nil when there is none.
    private static func without(_ value: Value, _ bytes: [UInt8]) -> [UInt8]? {
        var (replaced, start, from) = ([UInt8](), 0, 0)
        while let place = bytes.place(of: value.bytes, from: from) {
            from = place + value.bytes.count
            let isWhole = !(place > 0 && isOfWord(bytes[place - 1])) && !(from < bytes.count && isOfWord(bytes[from]))
            guard !value.isWord || isWhole else { continue }
            replaced += bytes[start..<place]
            replaced += mark.utf8
            start = from
        }
        return start == 0 ? nil : replaced + bytes[start...]
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }
}

extension Redaction {
    /// Returns a variable's value as people see it: the mark where it is a secret by its name, or by the name of a member
    /// of the JSON that it holds.
    package static func shown(_ value: String, ofVariable name: String) -> String {
        if SecretNames.isSecret(variable: name) { return mark }
        guard let json = json(value), !secrets(in: json).isEmpty else { return value }
        return Redaction().redacted(json).text
    }
}
