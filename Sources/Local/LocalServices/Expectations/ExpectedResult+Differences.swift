package import JSON

extension ExpectedResult {
    /// A place at which an outcome is not as expected.
    package struct Difference: Sendable, Equatable {
        /// The members and the elements that lead there, such as `sessions[0].id`; empty for the whole.
        package let path: String
        /// Nil where nothing is expected.
        package let expected: JSONValue?
        /// Nil where nothing came.
        package let came: JSONValue?
    }
}

extension ExpectedResult.Single {
    /// Returns where an outcome differs from what is expected; none when it does not.
    package func differences(
        _ outcome: InvocationOutcome, event: [UInt8], first: JSONValue? = nil
    ) -> [ExpectedResult.Difference] {
        let payload = try? JSONValue(parsing: outcome.payload)
        let shown = payload ?? .string(String(decoding: outcome.payload, as: UTF8.self))
        let whole = [ExpectedResult.Difference(path: "", expected: json(event: event), came: shown)]
        // An error in the place of a response, the reverse, or no JSON.
        guard outcome.isError == isFailure, let came = payload else { return whole }
        var walk = Walk()
        switch self {
        case .theEvent:
            guard let event = try? JSONValue(parsing: event) else { return whole }
            walk.compare(came, event, "")
        case .answer(let fields), .failure(let fields): walk.members(came, fields, first, "")
        }
        return walk.found
    }

    private var isFailure: Bool { if case .failure = self { true } else { false } }

    /// The differences that were found on the way through both values.
    private struct Walk {
        var found: [ExpectedResult.Difference] = []

        /// Compares with an object that may hold more than the expected members; a member that is null exists.
        mutating func members(_ came: JSONValue, _ fields: [String: JSONValue], _ first: JSONValue?, _ path: String) {
            guard let object = came.object else {
                return found.append(.init(path: path, expected: .object(fields), came: came))
            }
            for (name, expected) in fields.sorted(by: { $0.key < $1.key }) {
                let inner = path.isEmpty ? name : "\(path).\(name)"
                guard let value = object[name] else {
                    found.append(.init(path: inner, expected: expected, came: nil))
                    continue
                }
                fit(value, expected, first?.object?[name], inner)
            }
        }

        /// Compares with a value or one of the forms of `ExpectedResult`; a list must have as many elements.
        private mutating func fit(_ came: JSONValue, _ expected: JSONValue, _ first: JSONValue?, _ path: String) {
            let isSame: Bool
            switch expected {
            case .string("*"): isSame = came.string?.isEmpty == false
            case .string("$first"): isSame = first.map(came.isSame) ?? false
            case .string(let text) where text.count > 2 && text.hasPrefix("*") && text.hasSuffix("*"):
                isSame = came.string?.contains(text.dropFirst().dropLast()) == true
            case .object(let fields) where fields.isEmpty: isSame = came.object?.isEmpty == true
            case .object(let fields): return members(came, fields, first, path)
            case .array(let elements) where came.array?.count == elements.count:
                return self.elements(came.array ?? [], elements, first?.array ?? [], path)
            case .array: isSame = false
            default: isSame = came.isSame(as: expected)
            }
            guard !isSame else { return }
            let wanted = expected == "$first" ? first ?? expected : expected
            found.append(.init(path: path, expected: wanted, came: came))
        }

        private mutating func elements(
            _ came: [JSONValue], _ expected: [JSONValue], _ first: [JSONValue], _ path: String
        ) {
            for (place, element) in expected.enumerated() {
                fit(came[place], element, place < first.count ? first[place] : nil, "\(path)[\(place)]")
            }
        }

        /// Compares with a value that must be the same, to its last member.
        mutating func compare(_ came: JSONValue, _ expected: JSONValue, _ path: String) {
            guard !came.isSame(as: expected) else { return }
            if let (one, two) = came.object.flatMap({ one in expected.object.map { (one, $0) } }) {
                for name in Set(one.keys).union(two.keys).sorted() {
                    let inner = path.isEmpty ? name : "\(path).\(name)"
                    if let came = one[name], let expected = two[name] {
                        compare(came, expected, inner)
                    } else {
                        found.append(.init(path: inner, expected: two[name], came: one[name]))
                    }
                }
            } else {
                found.append(.init(path: path, expected: expected, came: came))
            }
        }
    }
}
