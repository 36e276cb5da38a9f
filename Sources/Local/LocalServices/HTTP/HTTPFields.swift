import Encoding

/// Headers or trailers in the order received; names are compared without case.
package struct HTTPFields: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    package private(set) var fields: [Field] = []

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The value of the first header of that name; setting one replaces all of that name, nil removes them.
    package subscript(name: String) -> String? {
        get {
            fields.first { $0.name.lowercased() == name.lowercased() }?.value
        }
        set {
            fields.removeAll { $0.name.lowercased() == name.lowercased() }
            if let newValue {
                fields.append(Field(name: name, value: newValue))
            }
        }
    }

    /// Adds one header line, without its line end; a line without a colon is ignored.
    mutating func append(line: String) {
        let parts = line.parts(at: ":", maxSplits: 1, omittingEmptyParts: false)
        guard parts.count == 2 else { return }
        let value = parts[1].unicodeScalars.drop { $0 == " " || $0 == "\t" }
        fields.append(Field(name: String(parts[0]), value: String(value)))
    }
}
