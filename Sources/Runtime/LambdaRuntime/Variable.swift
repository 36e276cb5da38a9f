/// One setting read from the environment, or several that belong together.
///
/// `read` returns the value, or appends a sentence for each fault and returns nil. Build compound settings with
/// `init(read:)`; they are then read, and their faults reported, like single ones.
package struct Variable<Value: Sendable>: Sendable {
    let read: @Sendable (Environment, inout [String]) -> Value?

    package init(read: @escaping @Sendable (_ environment: Environment, _ faults: inout [String]) -> Value?) {
        self.read = read
    }

    /// A variable that must be set; `purpose` completes "give …" in the error.
    package static func required(
        _ name: String, _ purpose: String, parse: @escaping @Sendable (String) throws(MalformedVariable) -> Value
    ) -> Variable {
        Variable { environment, faults in
            guard environment[name] != nil else {
                faults.append("\(name) is not set: give \(purpose).")
                return nil
            }
            return Variable<Value?>.optional(name, parse: parse).read(environment, &faults).flatMap { $0 }
        }
    }

    /// A variable that may be left out.
    package static func optional<Wrapped>(
        _ name: String, parse: @escaping @Sendable (String) throws(MalformedVariable) -> Wrapped
    ) -> Variable where Value == Wrapped? {
        Variable { environment, faults in
            guard let text = environment[name] else { return .some(nil) }
            do throws(MalformedVariable) {
                return .some(try parse(text))
            } catch {
                faults.append("\(name) must be \(error.expectation).")
                return nil
            }
        }
    }

    /// A variable with a default.
    package static func optional(
        _ name: String, default value: Value, parse: @escaping @Sendable (String) throws(MalformedVariable) -> Value
    ) -> Variable {
        Variable { environment, faults in
            Variable<Value?>.optional(name, parse: parse).read(environment, &faults).map { $0 ?? value }
        }
    }
}

extension Variable where Value == String {
    /// A text that must be set; `purpose` completes "give …" in the error.
    package static func required(_ name: String, _ purpose: String) -> Variable {
        required(name, purpose) { text throws(MalformedVariable) in text }
    }

    /// A text with a default.
    package static func optional(_ name: String, default value: String) -> Variable {
        optional(name, default: value) { text throws(MalformedVariable) in text }
    }
}

extension Variable where Value == String? {
    /// A text that may be left out.
    package static func optional(_ name: String) -> Variable {
        optional(name) { text throws(MalformedVariable) in text }
    }
}

extension Variable where Value == Int {
    /// A whole number within `range`, with a default.
    package static func optional(_ name: String, default value: Int, in range: ClosedRange<Int>) -> Variable {
        optional(name, default: value) { text throws(MalformedVariable) in
            guard let number = Int(text), range.contains(number) else {
                throw MalformedVariable("a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
    }
}

extension Variable where Value == Bool {
    /// `true` or `false`, in any case, with a default.
    package static func optional(_ name: String, default value: Bool) -> Variable {
        optional(name, default: value) { text throws(MalformedVariable) in
            switch text.lowercased() {
            case "true": true
            case "false": false
            default: throw MalformedVariable("true or false")
            }
        }
    }
}

/// Thrown by a parser: completes "NAME must be …" without repeating the value, which may be a secret.
package struct MalformedVariable: Error, Equatable {
    package let expectation: String

    package init(_ expectation: String) {
        self.expectation = expectation
    }
}
