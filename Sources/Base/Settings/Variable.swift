/// One setting read from the environment, or several that belong together.
///
/// `read` returns the value, or appends a sentence for each fault and returns nil. Build compound settings with
/// `init(read:)`; they are then read, and their faults reported, like single ones. Sentences name the variable and the
/// value to give, never the given one: it may be a secret.
package struct Variable<Value> {
    package let read: (_ environment: Environment, _ faults: inout [String]) -> Value?

    package init(read: @escaping (_ environment: Environment, _ faults: inout [String]) -> Value?) {
        self.read = read
    }

    /// A variable that must be set. `purpose` completes "give …", `expectation` "must be …" in the error.
    package static func required(
        _ name: String, _ purpose: String, expecting expectation: String, parse: @escaping (String) -> Value?
    ) -> Variable {
        Variable { environment, faults in
            guard let text = environment[name] else {
                faults.append("\(name) is not set: give \(purpose).")
                return nil
            }
            return parsed(text, name, expectation, parse, &faults)
        }
    }

    /// A variable that may be left out. `expectation` completes "must be …" in the error.
    package static func optional<Wrapped>(
        _ name: String, expecting expectation: String, parse: @escaping (String) -> Wrapped?
    ) -> Variable where Value == Wrapped? {
        Variable { environment, faults in
            guard let text = environment[name] else { return .some(nil) }
            return parsed(text, name, expectation, { parse($0).map(Optional.some) }, &faults)
        }
    }

    /// A variable with a default. `expectation` completes "must be …" in the error.
    package static func optional(
        _ name: String, default value: Value, expecting expectation: String, parse: @escaping (String) -> Value?
    ) -> Variable {
        Variable { environment, faults in
            guard let text = environment[name] else { return value }
            return parsed(text, name, expectation, parse, &faults)
        }
    }

    private static func parsed(
        _ text: String, _ name: String, _ expectation: String, _ parse: (String) -> Value?, _ faults: inout [String]
    ) -> Value? {
        if let value = parse(text) { return value }
        faults.append("\(name) must be \(expectation).")
        return nil
    }
}

extension Variable where Value == String {
    /// A string that must be set; `purpose` completes "give …" in the error.
    package static func required(_ name: String, _ purpose: String) -> Variable {
        required(name, purpose, expecting: "a text") { $0 }
    }

    /// A string with a default.
    package static func optional(_ name: String, default value: String) -> Variable {
        Variable { environment, _ in environment[name] ?? value }
    }
}

extension Variable where Value == String? {
    /// A string that may be left out.
    package static func optional(_ name: String) -> Variable {
        Variable { environment, _ in .some(environment[name]) }
    }
}

extension Variable where Value == Int {
    /// A whole number within `range`, with a default.
    package static func optional(_ name: String, default value: Int, in range: ClosedRange<Int>) -> Variable {
        let expectation = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return optional(name, default: value, expecting: expectation) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension Variable where Value == Bool {
    /// `true` or `false`, in any case, with a default.
    package static func optional(_ name: String, default value: Bool) -> Variable {
        optional(name, default: value, expecting: "true or false") { Bool($0.lowercased()) }
    }
}

extension Variable where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the cases by its raw value, with a default.
    package static func optional(_ name: String, default value: Value) -> Variable {
        let expectation = Value.allCases.map { "`\($0.rawValue)`" }.joined(separator: " or ")
        return optional(name, default: value, expecting: expectation) { Value(rawValue: $0) }
    }
}
