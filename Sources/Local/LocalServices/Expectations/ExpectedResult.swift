package import JSON

/// The expected result of an event, from `events/<Function>/expected.json` by the event's file name.
///
/// - `"$event"`: the response is the event, as JSON.
/// - `{"status": "sent", "messageId": "*"}`: the response has these fields, and so have objects and elements in it;
///   `*` is any string that is not empty, `*this*` one that holds `this`, `{}` an object without fields.
/// - `{"errorType": "Function.InvalidRequest"}`: the function fails so.
/// - with `"second": {…}` beside the fields, or `{"first": {…}, "second": {…}}`, the event is given twice; in `second`,
///   `$first` is the first response's field. `"repeat": true` alone expects the same again; `"expect"` may hold fields.
/// - with `"after": "01-name"` beside the fields, that event is given before, and `$first` is a field of its response.
package struct ExpectedResult: Equatable {
    package enum Single: Equatable {
        case theEvent
        case answer([String: JSONValue])
        case failure([String: JSONValue])
    }

    /// The name of the event that is given before this one; nil for none.
    package let after: String?
    package let first: Single
    /// The expected result of the same event when it is given again; nil when it is given once.
    package let second: Single?

    /// Reads one entry; nil when it has none of the forms.
    package init?(_ value: JSONValue) {
        guard case .object(var fields) = value else {
            guard let first = Single(value) else { return nil }
            self.first = first
            after = nil
            second = nil
            return
        }
        let before = fields.removeValue(forKey: "after")
        guard before == nil || before?.string?.isEmpty == false else { return nil }
        after = before?.string
        let again = fields.removeValue(forKey: "second")
        let isRepeated = fields.removeValue(forKey: "repeat") == .bool(true)
        let inner = fields["first"] ?? fields["expect"]
        guard inner == nil || fields.count == 1, let first = Single(inner ?? .object(fields)) else { return nil }
        self.first = first
        if let again {
            guard let second = Single(again) else { return nil }
            self.second = second
        } else {
            second = isRepeated ? first : nil
        }
    }
}

extension ExpectedResult.Single {
    init?(_ value: JSONValue) {
        switch value {
        case .string("$event"): self = .theEvent
        case .object(let fields) where fields.isEmpty: return nil
        case .object(let fields): self = fields["errorType"] == nil ? .answer(fields) : .failure(fields)
        default: return nil
        }
    }

    /// Returns true when an outcome is as expected; `first` is the response to the same event before.
    package func matches(_ outcome: InvocationOutcome, event: [UInt8], first: JSONValue? = nil) -> Bool {
        differences(outcome, event: event, first: first).isEmpty
    }
}

// MARK: - For people

extension ExpectedResult.Single {
    /// The expected result, as expected.json has it; the event itself where that is expected.
    package func json(event: [UInt8]) -> JSONValue {
        switch self {
        case .theEvent: (try? JSONValue(parsing: event)) ?? .string(String(decoding: event, as: UTF8.self))
        case .answer(let fields), .failure(let fields): .object(fields)
        }
    }
}
