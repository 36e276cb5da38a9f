package import JSON

/// The parameters that a flow passes to a function: strings, or JSON objects such as a view's form data.
///
/// A flow passes an empty string for a reference that has no value, so an empty string counts as missing.
package struct Parameters: Sendable, Equatable {
    private let values: [String: JSONValue]

    package init(_ values: [String: JSONValue] = [:]) {
        self.values = values
    }

    /// The parameters' names.
    package var names: Set<String> { Set(values.keys) }

    /// The parameter, unchanged; nil when it is missing.
    package subscript(name: String) -> JSONValue? {
        values[name]
    }

    /// Returns a string; nil when it is missing, null or empty. Throws `InvalidInput` when it is not a string.
    package func text(_ name: String) throws(InvalidInput) -> String? {
        switch values[name] ?? .null {
        case .null: return nil
        case .string(let text): return text.isEmpty ? nil : text
        default: throw InvalidInput("The parameter \(name) must be a string.")
        }
    }

    /// Returns a string that must be given; `purpose` completes "give …" in the error.
    package func requiredText(_ name: String, _ purpose: String) throws(InvalidInput) -> String {
        guard let text = try text(name) else {
            throw InvalidInput("The parameter \(name) is missing: give \(purpose).")
        }
        return text
    }

    /// Returns an object, given as one or as a JSON string; empty when it is missing, null or an empty string.
    ///
    /// Throws `InvalidInput` for anything else.
    package func object(_ name: String) throws(InvalidInput) -> [String: JSONValue] {
        switch values[name] ?? .null {
        case .null: return [:]
        case .object(let members): return members
        case .string(let text):
            if text.isEmpty { return [:] }
            switch try? JSONValue(parsing: Array(text.utf8)) {
            case .object(let members): return members
            case .null: return [:]
            default: break
            }
        default: break
        }
        throw InvalidInput("The parameter \(name) must be a JSON object, or a JSON object written as a string.")
    }
}
