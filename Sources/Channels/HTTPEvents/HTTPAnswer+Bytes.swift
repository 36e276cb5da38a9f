import FoundationEssentials

extension HTTPAnswer {
    /// The answer in the event's form, as the JSON that Lambda hands on.
    package func encodedBytes(for event: HTTPEvent) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(encoded(for: event)))
    }
}
