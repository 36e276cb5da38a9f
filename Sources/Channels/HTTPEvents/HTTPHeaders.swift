/// HTTP headers in their order: case-insensitive names, several values per name, values exactly as received.
///
/// Values are not trimmed: a signature check must see a stray blank.
package struct HTTPHeaders: Sendable, Equatable {
    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    package private(set) var fields: [Field] = []

    package init() {}

    /// The name's values joined with `, `, as one HTTP header would hold them; nil when there is none.
    ///
    /// Setting replaces every header of the name; nil removes them.
    package subscript(name: String) -> String? {
        get {
            let values = values(of: name)
            return values.isEmpty ? nil : values.count == 1 ? values[0] : values.joined(separator: ", ")
        }
        set {
            fields.removeAll { $0.name.isSameHeaderName(as: name) }
            if let newValue { append(name, newValue) }
        }
    }

    /// Returns every value of the name, in order.
    package func values(of name: String) -> [String] {
        fields.compactMap { $0.name.isSameHeaderName(as: name) ? $0.value : nil }
    }

    /// Adds a header, beside those of the same name.
    package mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0, value: $1) }
    }
}

extension String {
    /// Returns true when two header names are equal: ASCII letters in either case.
    func isSameHeaderName(as other: String) -> Bool {
        utf8.count == other.utf8.count && zip(utf8, other.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
    }
}

extension UInt8 {
    var lowercasedASCII: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
