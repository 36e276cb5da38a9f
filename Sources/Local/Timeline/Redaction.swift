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

    private let values = Mutex<[[UInt8]]>([])

    package init() {}

    /// Takes these values out of everything from now on; those of fewer than six bytes are too common for it.
    package func add(_ secrets: some Sequence<String>) {
        let forms = secrets.filter { $0.utf8.count >= Self.shortest }.flatMap { secret in
            [secret, PercentEncoding.encode(secret), Base64.encode(Array(secret.utf8))].map { Array($0.utf8) }
        }
        values.withLock { values in
            for form in forms where !values.contains(form) { values.append(form) }
            // The longest first: it may contain another.
            values.sort { $0.count > $1.count }
        }
    }

    /// Takes the values of a function's variables out that hold secrets by their names.
    package func add(variables: [String: String]) {
        add(variables.filter { SecretNames.isSecret(variable: $0.key) }.values)
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
        guard text.utf8.count >= Self.shortest else { return text }
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
        values.withLock { values in values.contains { bytes.count >= $0.count && bytes.place(of: $0, from: 0) != nil } }
    }

    /// Returns the bytes without the values of this run; nil when there is none in them.
    private func withoutValues(_ bytes: [UInt8]) -> [UInt8]? {
        let values = values.withLock { $0 }
        var result: [UInt8]?
        for value in values {
            let current = result ?? bytes
            guard var place = current.place(of: value, from: 0) else { continue }
            var (replaced, start) = ([UInt8](), 0)
            while true {
                replaced += current[start..<place]
                replaced += Self.mark.utf8
                start = place + value.count
                guard let next = current.place(of: value, from: start) else { break }
                place = next
            }
            result = replaced + current[start...]
        }
        return result
    }
}

extension Redaction {
    /// Returns a variable's value as people see it: the mark where it is a secret by its name.
    package static func shown(_ value: String, ofVariable name: String) -> String {
        SecretNames.isSecret(variable: name) ? mark : value
    }
}
