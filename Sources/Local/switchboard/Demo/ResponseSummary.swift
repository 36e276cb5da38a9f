import JSON
import LocalServices

/// One line for people about what a function responded: what was said, which status, which fields.
enum ResponseSummary {
    /// Returns the line for an outcome, without its messages and records.
    static func text(of outcome: InvocationOutcome) -> String {
        let value = try? JSONValue(parsing: outcome.payload)
        if outcome.isError {
            let type = value?["errorType"]?.string ?? "an unreadable error"
            return [type, value?["errorMessage"]?.string.map { "\"\($0)\"" }].compactMap { $0 }.joined(separator: " ")
        }
        guard let value else { return outcome.payload.isEmpty ? "an empty response" : "a response that is no JSON" }
        return text(of: value)
    }

    /// Returns the line for a response.
    static func text(of value: JSONValue) -> String {
        if let status = value["statusCode"]?.int { return http(status, value) }
        if value["version"] != nil, let response = value["response"]?.object { return alexa(response) }
        return fields(value)
    }

    // MARK: - Alexa

    private static func alexa(_ response: [String: JSONValue]) -> String {
        var parts: [String] = []
        if let speech = response["outputSpeech"] {
            parts.append("\"\(SpokenText.plain(speech["ssml"]?.string ?? speech["text"]?.string ?? ""))\"")
        }
        parts += (response["directives"]?.array ?? []).compactMap { $0["type"]?.string.map(shortType) }
        if let answer = response["canFulfillIntent"]?["canFulfill"]?.string { parts.append("can fulfil: \(answer)") }
        if let card = response["card"]?["type"]?.string { parts.append(card == "LinkAccount" ? "LinkAccount" : "card") }
        return parts.isEmpty ? "says nothing" : parts.joined(separator: " + ")
    }

    /// `Play` of `AudioPlayer.Play`.
    private static func shortType(_ type: String) -> String { type.split(separator: ".").last.map(String.init) ?? type }

    // MARK: - HTTP

    private static func http(_ status: Int, _ response: JSONValue) -> String {
        let location =
            response["headers"]?["Location"]?.string ?? response["multiValueHeaders"]?["Location"]?.array?.first?.string
        var parts = ["\(status)"]
        if let location { parts.append("to \(short(location))") }
        if let body = response["body"]?.string, !body.isEmpty { parts.append(self.body(body)) }
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func body(_ body: String) -> String {
        if let value = try? JSONValue(parsing: Array(body.utf8)) { return text(of: value) }
        if body.hasPrefix("<?xml") || body.hasPrefix("<Response") { return verbs(body) }
        return "\"\(short(body))\""
    }

    /// The TwiML verbs in their order, each with its words.
    private static func verbs(_ twiML: String) -> String {
        twiML.matches(of: #/<([A-Z][A-Za-z]*)[^>]*>([^<]*)/#).filter { $0.1 != "Response" }.map { match in
            let words = SpokenText.plain(String(match.2))
            return words.isEmpty ? "<\(match.1)>" : "<\(match.1)> \"\(words)\""
        }.joined(separator: " ")
    }

    // MARK: - Everything else

    private static func fields(_ value: JSONValue) -> String {
        switch value {
        case .object(let members) where members.isEmpty: return "{}"
        case .object(let members):
            let status = members["status"]?.string
            let others = members.filter { ($0.key != "status" || status == nil) && $0.value != "" && $0.value != .null }
            let texts = others.sorted { $0.key < $1.key }.map(field)
            return ([status].compactMap { $0 } + texts).joined(separator: ", ")
        case .array(let elements):
            guard let first = elements.first else { return "an empty list" }
            return elements.count == 1 ? fields(first) : "\(elements.count) elements"
        case .string(let text): return "\"\(short(text))\""
        case .null, .bool, .number: return value.text
        }
    }

    private static func field(_ name: String, _ value: JSONValue) -> String {
        switch value {
        case .object: "\(name) (\(fields(value)))"
        case .array(let elements): "\(name) (\(elements.count))"
        case .null, .bool, .number, .string: "\(name)=\(value.string.map(short) ?? value.text)"
        }
    }

    /// The text on one line; of a URL, what stands before its query, which may hold a signature.
    private static func short(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard line.hasPrefix("https://") || line.hasPrefix("http://"), let query = line.firstIndex(of: "?") else {
            return line
        }
        return "\(line[..<query])?…"
    }
}
