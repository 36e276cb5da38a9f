import AWS

/// A Twilio recording or a VoiceIt user that must be deleted there and perhaps is not yet.
///
/// It is stored before the recording is fetched, or before the identity gives up the user, and removed when the
/// deletion has been confirmed. It contains no phone number, only identifiers of Twilio's and VoiceIt's.
package struct PendingDeletion: Sendable, Hashable {
    package enum Target: Sendable, Hashable {
        /// A recording of a Twilio account.
        case recording(sid: String, account: String)
        /// A VoiceIt user that the identity of this key had.
        case user(id: String, identity: IdentityKey)
    }

    package var target: Target
    /// The time at which it was stored, in milliseconds since 1970.
    package var since: Int

    package init(_ target: Target, since: Int) {
        self.target = target
        self.since = since
    }

    /// The time, in milliseconds, for which the invocation that stored it may still be at work, and Twilio may be
    /// processing the recording.
    package static let grace = 60_000

    package var isRecording: Bool {
        if case .recording = target { true } else { false }
    }

    /// The entry's name in its item.
    var name: String {
        switch target {
        case .recording(let sid, _): "recording \(sid)"
        case .user(let id, _): "user \(id)"
        }
    }

    /// A name for logs: the recording's SID, or the identity's hash.
    package var logName: String {
        switch target {
        case .recording(let sid, _): sid
        case .user(_, let identity): identity.text
        }
    }

    var attributes: Item {
        switch target {
        case .recording(let sid, let account):
            ["since": .number(since), "recordingSid": .string(sid), "accountSid": .string(account)]
        case .user(let id, let identity):
            ["since": .number(since), "userId": .string(id), "identity": .string(identity.text)]
        }
    }

    init?(_ item: Item) {
        guard let since = item["since"]?.int else { return nil }
        if let sid = item["recordingSid"]?.string, let account = item["accountSid"]?.string {
            self.init(.recording(sid: sid, account: account), since: since)
        } else if let id = item["userId"]?.string, let identity = item["identity"]?.string {
            self.init(.user(id: id, identity: IdentityKey(identity)), since: since)
        } else {
            return nil
        }
    }
}
