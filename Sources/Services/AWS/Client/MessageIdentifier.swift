/// The response of every call that sends one message.
struct MessageIdentifier: Decodable {
    let messageID: String

    enum CodingKeys: String, CodingKey {
        case messageID = "MessageId"
    }

    init(from decoder: any Decoder) throws {
        messageID = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .messageID)
        guard Self.isPlausible(messageID) else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "MessageId is no identifier"))
        }
    }

    /// Returns true when a text can be the identifier of a message.
    ///
    /// It is stored, and returned to a flow that takes 32 KB; AWS's own have at most 100 characters.
    static func isPlausible(_ text: String) -> Bool {
        (1...1_024).contains(text.utf8.count)
    }
}
