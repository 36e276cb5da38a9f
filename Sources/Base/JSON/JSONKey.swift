/// A key that is known only when it is encoded, such as a field's name.
package struct JSONKey: CodingKey {
    package let stringValue: String
    package var intValue: Int? { nil }

    package init(_ name: String) { stringValue = name }

    package init(stringValue: String) { self.init(stringValue) }

    package init?(intValue: Int) { nil }
}
