import AWS

/// One item of the idempotency table: the claim of a key, or the outcome of its send.
///
/// Attributes: `id` and `content` (hashes), `status`, `token` (random, the claimant's), `expiresAt` and `deadline` (epoch
/// seconds), `messageId`, `details`. There are no others, so that the table holds no personal data.
struct IdempotencyRecord: Sendable, Equatable {
    enum Status: Sendable, Equatable {
        /// The message is being sent, by an invocation that ends at `deadline`.
        case claimed(deadline: Int)
        /// The service may have sent the message.
        case unknown
        case sent(Receipt)
    }

    var status: Status
    /// The token of the record's owner.
    var token: String
    /// The time at which the record no longer counts, in epoch seconds; DynamoDB deletes it some time later.
    var expiresAt: Int
    /// The hash of what was sent under the key; nil in a record of a version that did not write it.
    var content: String?

    init(status: Status, token: String, expiresAt: Int, content: String?) {
        self.status = status
        self.token = token
        self.expiresAt = expiresAt
        self.content = content
    }

    /// Reads an item; an unreadable one counts as a send of unknown outcome.
    init(_ item: Item) {
        token = item["token"]?.string ?? ""
        expiresAt = item["expiresAt"]?.int ?? .max
        content = item["content"]?.string
        status =
            switch item["status"]?.string {
            case "claimed": .claimed(deadline: item["deadline"]?.int ?? .max)
            case "sent":
                .sent(
                    Receipt(
                        messageID: item["messageId"]?.string ?? "",
                        details: (item["details"]?.map ?? [:]).compactMapValues(\.string)))
            default: .unknown
            }
    }

    func item(under key: IdempotencyKey) -> Item {
        var item: Item = ["id": .string(key.id), "token": .string(token), "expiresAt": .number(expiresAt)]
        if let content { item["content"] = .string(content) }
        switch status {
        case .claimed(let deadline):
            item["status"] = "claimed"
            item["deadline"] = .number(deadline)
        case .unknown: item["status"] = "unknown"
        case .sent(let receipt):
            item["status"] = "sent"
            item["messageId"] = .string(receipt.messageID)
            item["details"] = .map(receipt.details.mapValues(AttributeValue.string))
        }
        return item
    }
}
