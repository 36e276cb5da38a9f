package import JSON

extension HTTPAnswer {
    /// The answer in the event's form, as the JSON that Lambda hands on.
    package func encodedBytes(for event: HTTPEvent) throws -> [UInt8] {
        try JSONText.encode(encoded(for: event))
    }
}
