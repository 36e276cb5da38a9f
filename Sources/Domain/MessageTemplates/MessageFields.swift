package import AmazonConnect
package import JSON

/// The fields of a template: the members of `formData`, and `customerFullName`.
package struct MessageFields: Sendable, Equatable {
    package let values: [String: JSONValue]

    /// Takes the values themselves.
    package init(_ values: [String: JSONValue]) {
        self.values = values
    }

    /// Reads the parameters `formData` and `customerFullName`; form data cannot set or override the latter.
    ///
    /// Throws when the form data is neither an object nor a JSON string of one, or the name is not a string.
    package init(_ parameters: Parameters) throws(InvalidInput) {
        // Inside a section, a member of the same name would come before the parameter.
        var values = try parameters.object("formData").mapValues { $0.removing("customerFullName") }
        switch parameters["customerFullName"] ?? .null {
        case .null: values["customerFullName"] = nil
        case .string(let name): values["customerFullName"] = .string(name)
        default: throw InvalidInput("The parameter customerFullName must be a string.")
        }
        self.values = values
    }

    /// Returns the template filled in; throws an error that names the field when one is missing.
    package func render(_ template: MessageTemplate, escaping: MessageTemplate.Escaping) throws(TemplateError) -> String
    {
        try template.render(values, escaping: escaping)
    }
}

extension JSONValue {
    /// Returns the value without any member of that name, at whatever depth.
    fileprivate func removing(_ name: String) -> JSONValue {
        switch self {
        case .object(let members): .object(members.filter { $0.key != name }.mapValues { $0.removing(name) })
        case .array(let elements): .array(elements.map { $0.removing(name) })
        default: self
        }
    }
}

extension String {
    /// Returns the string without the newlines at its end, which a template's file ends with.
    package func withoutTrailingNewlines() -> String {
        let scalars = unicodeScalars
        guard let last = scalars.lastIndex(where: { $0 != "\n" && $0 != "\r" }) else { return "" }
        return String(scalars[...last])
    }
}
