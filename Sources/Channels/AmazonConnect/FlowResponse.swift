/// A function's response to a contact flow: flat, and strings only, as response validation `STRING_MAP` wants it.
package protocol FlowResponse: Encodable, Sendable {
    /// The values that the flow reads as `$.External.<name>`.
    var fields: [String: String] { get }
}

extension FlowResponse {
    package func encode(to encoder: any Encoder) throws {
        try fields.encode(to: encoder)
    }
}
