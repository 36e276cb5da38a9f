import JSON

/// What somebody asked for.
package struct IntentRequest: Sendable {
    package let intent: Intent
    package let dialogState: DialogState?

    init(_ json: JSONValue) {
        intent = Intent(json["intent"] ?? [:])
        dialogState = json["dialogState"]?.string.map(DialogState.init(rawValue:))
    }
}

/// How far Alexa is with the dialog model's questions; absent for an intent without one.
///
/// `completed` can come with an empty slot: look at the slots.
package struct DialogState: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let started = DialogState(rawValue: "STARTED")
    package static let inProgress = DialogState(rawValue: "IN_PROGRESS")
    package static let completed = DialogState(rawValue: "COMPLETED")
}
