import AWS

/// A place as DynamoDB keeps it.
extension VoicePlace {
    init?(_ item: Item) {
        guard let identity = item["identity"]?.string, let session = item["session"]?.string else { return nil }
        self.init(identity: IdentityKey(identity), session: SessionKey(session))
    }

    var attributes: Item { ["identity": .string(identity.text), "session": .string(session.text)] }
}
