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
        switch self {
        case .theEvent:
            guard let event = try? JSONValue(parsing: event), !outcome.isError else { return false }
            return (try? JSONValue(parsing: outcome.payload))?.isSame(as: event) == true
        case .answer(let fields):
            return !outcome.isError && Self.holds(try? JSONValue(parsing: outcome.payload), fields, first)
        case .failure(let fields):
            return outcome.isError && Self.holds(try? JSONValue(parsing: outcome.payload), fields, first)
        }
    }

    private static func holds(_ value: JSONValue?, _ fields: [String: JSONValue], _ first: JSONValue?) -> Bool {
        fields.allSatisfy { name, expected in
            // A member that is null exists: the subscript would hide it.
            guard let came = value?.object?[name] else { return false }
            return fits(came, expected, first?.object?[name])
        }
    }

    /// Returns true when an object has the expected members, and none at all where none is expected; a list must have
    /// as many elements, each as expected.
    static func fits(_ came: JSONValue, _ expected: JSONValue, _ first: JSONValue?) -> Bool {
        switch expected {
        case .string("*"): return came.string?.isEmpty == false
        case .string("$first"): return first.map(came.isSame) ?? false
        case .string(let text) where text.count > 2 && text.hasPrefix("*") && text.hasSuffix("*"):
            return came.string?.contains(text.dropFirst().dropLast()) == true
        case .object(let inner) where inner.isEmpty: return came.object?.isEmpty == true
        case .object(let inner): return holds(came, inner, first)
        case .array(let elements):
            guard let list = came.array, list.count == elements.count else { return false }
            let before = first?.array ?? []
            return zip(list, elements).enumerated().allSatisfy { index, pair in
                fits(pair.0, pair.1, index < before.count ? before[index] : nil)
            }
        default: return came.isSame(as: expected)
        }
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
