import AWS

/// An identity as an item of DynamoDB.
///
/// Attributes: `userId`, `making`, `recordings`, `enrolledAt`, `unvouchedAt` (-1: vouched for), `consentedAt`,
/// `optedOutAt`, `failures`, `sessions`, `audit`; beside those of every item, `id`, `version` and `writer`. There is no
/// `expiresAt`: a voiceprint stays.
extension VoiceIdentity {
    /// The value for a voiceprint that somebody has vouched for.
    private static let vouched = -1

    var attributes: Item {
        var item: Item = [
            "recordings": .map(recordings.mapValues(AttributeValue.number)),
            "failures": .list(failures.map(AttributeValue.number)),
            "sessions": .map(
                Dictionary(uniqueKeysWithValues: sessions.map { ($0.key.text, .map($0.value.attributes)) })),
            "audit": .list(audit.map { .map($0.attributes) }),
        ]
        item["userId"] = userID.map(AttributeValue.string)
        item["making"] = making.map { .map(["token": .string($0.token), "until": .number($0.until)]) }
        item["enrolledAt"] = enrolledAt.map(AttributeValue.number)
        // Items from before this attribute have none: nobody has vouched for their recordings.
        if !recordings.isEmpty || unvouchedAt != nil { item["unvouchedAt"] = .number(unvouchedAt ?? Self.vouched) }
        item["consentedAt"] = consentedAt.map(AttributeValue.number)
        item["optedOutAt"] = optedOutAt.map(AttributeValue.number)
        return item
    }

    init(_ item: Item) {
        userID = item["userId"]?.string
        making = item["making"]?.map.flatMap { making in
            guard let token = making["token"]?.string, let until = making["until"]?.int else { return nil }
            return Making(token: token, until: until)
        }
        recordings = (item["recordings"]?.map ?? [:]).compactMapValues(\.int)
        enrolledAt = item["enrolledAt"]?.int
        let unvouched = item["unvouchedAt"]?.int ?? (recordings.values.contains { $0 > 0 } ? 0 : Self.vouched)
        unvouchedAt = unvouched == Self.vouched ? nil : unvouched
        consentedAt = item["consentedAt"]?.int
        optedOutAt = item["optedOutAt"]?.int
        failures = (item["failures"]?.list ?? []).compactMap(\.int)
        for (key, value) in item["sessions"]?.map ?? [:] {
            sessions[SessionKey(key)] = value.map.flatMap(VoiceSession.init)
        }
        audit = (item["audit"]?.list ?? []).compactMap { $0.map.flatMap(AuditEntry.init) }
    }
}

extension AuditEntry {
    var attributes: Item {
        ["at": .number(at), "event": .string(event.rawValue), "source": .string(source)]
    }

    init?(_ item: Item) {
        guard let at = item["at"]?.int, let event = item["event"]?.string.flatMap(Event.init) else { return nil }
        self.init(at: at, event: event, source: item["source"]?.string ?? "")
    }
}

extension AttributeValue {
    /// The elements of a list; nil for any other type.
    var list: [AttributeValue]? {
        if case .list(let value) = self { value } else { nil }
    }
}
