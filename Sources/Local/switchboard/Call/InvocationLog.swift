import JSON

/// The values that a flow sees after a function has answered.
enum InvocationLog {
    /// Returns `$.External.<name> = <value>` of each field of a response.
    static func external(_ response: JSONValue) -> [String] {
        (response.object ?? [:]).sorted { $0.key < $1.key }.map { name, value in
            "$.External.\(name) = \(value.scalarText ?? value.text)"
        }
    }
}
