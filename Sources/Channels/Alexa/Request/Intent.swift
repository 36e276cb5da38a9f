package import JSON

/// An intent with its slots, as requested or as a response updates it.
package struct Intent: Sendable, Equatable {
    package var name: String
    package var confirmationStatus: ConfirmationStatus
    package var slots: [String: Slot]

    package init(name: String, confirmationStatus: ConfirmationStatus = .none, slots: [String: Slot] = [:]) {
        self.name = name
        self.confirmationStatus = confirmationStatus
        self.slots = slots
    }

    init(_ json: JSONValue) {
        name = json["name"]?.string ?? ""
        confirmationStatus = ConfirmationStatus(json["confirmationStatus"])
        slots = [:]
        for (name, slot) in json["slots"]?.object ?? [:] where slot.object != nil {
            slots[name] = Slot(slot, name: name)
        }
    }

    /// Returns the spoken value of a slot; nil when it is missing, empty or was not understood.
    package func value(of slot: String) -> String? {
        slots[slot]?.spokenValue
    }

    /// The intent in the form of an `updatedIntent`.
    package var json: JSONValue {
        [
            "name": .string(name), "confirmationStatus": .string(confirmationStatus.rawValue),
            "slots": .object(slots.mapValues(\.json)),
        ]
    }
}

/// The speaker's confirmation of a slot or an intent.
package struct ConfirmationStatus: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    init(_ json: JSONValue?) {
        self.init(rawValue: json?.string ?? "NONE")
    }

    package static let none = ConfirmationStatus(rawValue: "NONE")
    package static let confirmed = ConfirmationStatus(rawValue: "CONFIRMED")
    package static let denied = ConfirmationStatus(rawValue: "DENIED")
}
