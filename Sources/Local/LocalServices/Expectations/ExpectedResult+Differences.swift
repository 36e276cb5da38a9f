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
    /// Returns where an outcome differs from what is expected; none when `matches` is true.
    package func differences(
        _ outcome: InvocationOutcome, event: [UInt8], first: JSONValue? = nil
    ) -> [ExpectedResult.Difference] {
        guard !matches(outcome, event: event, first: first) else { return [] }
        let came =
            (try? JSONValue(parsing: outcome.payload)) ?? .string(String(decoding: outcome.payload, as: UTF8.self))
        var walk = Walk()
        switch self {
        case .theEvent where !outcome.isError: walk.compare(came, json(event: event), "")
        case .answer(let fields) where !outcome.isError: walk.members(came, fields, first, "")
        case .failure(let fields) where outcome.isError: walk.members(came, fields, first, "")
        default: break
        }
        // An error in the place of a response, the reverse, or what is no object at all.
        return walk.found.isEmpty ? [.init(path: "", expected: json(event: event), came: came)] : walk.found
    }

    /// The differences that were found on the way through both values.
    private struct Walk {
        var found: [ExpectedResult.Difference] = []

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

        private mutating func fit(_ came: JSONValue, _ expected: JSONValue, _ first: JSONValue?, _ path: String) {
            guard !ExpectedResult.Single.fits(came, expected, first) else { return }
            switch expected {
            case .string("$first"): found.append(.init(path: path, expected: first ?? expected, came: came))
            case .object(let fields) where !fields.isEmpty && came.object != nil: members(came, fields, first, path)
            case .array(let elements) where came.array?.count == elements.count:
                let list = came.array ?? []
                let before = first?.array ?? []
                for (place, element) in elements.enumerated() {
                    fit(list[place], element, place < before.count ? before[place] : nil, "\(path)[\(place)]")
                }
            default: found.append(.init(path: path, expected: expected, came: came))
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
