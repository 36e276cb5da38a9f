import JSON
import Settings

/// One value that an intent takes.
package struct Slot: Sendable, Equatable {
    package var name: String
    /// The value as sent; `?` when Alexa did not understand.
    package var value: String?
    package var confirmationStatus: ConfirmationStatus
    /// `USER`, or another value when the skill's response set it.
    package var source: String?
    package var resolutions: [Resolution]
    /// The value in its nested form; nil where none was sent.
    package var slotValue: SlotValue?

    package init(name: String, value: String? = nil, confirmationStatus: ConfirmationStatus = .none) {
        self.name = name
        self.value = value
        self.confirmationStatus = confirmationStatus
        resolutions = []
    }

    init(_ json: JSONValue, name: String) {
        self.name = json["name"]?.string ?? name
        value = json["value"]?.string
        confirmationStatus = ConfirmationStatus(json["confirmationStatus"])
        source = json["source"]?.string
        resolutions = Resolution.list(json)
        slotValue = json["slotValue"].flatMap { SlotValue($0, depth: 0) }
    }

    /// The spoken value; nil when it is empty, blank or was not understood.
    package var spokenValue: String? {
        let text = value ?? slotValue?.values.first?.value
        guard let text else { return nil }
        let trimmed = text.trimmingBlanks()
        return trimmed.isEmpty || trimmed == "?" ? nil : trimmed
    }

    /// The first value of the slot's type that an authority matched, the skill's dynamic entities included.
    package var match: ResolvedValue? {
        (resolutions + (slotValue?.values.flatMap(\.resolutions) ?? []))
            .first { $0.status == .match && !$0.values.isEmpty }?.values.first
    }

    /// The slot in the form of an `updatedIntent`.
    var json: JSONValue {
        .members([
            "name": .string(name), "value": value.map(JSONValue.string),
            "confirmationStatus": .string(confirmationStatus.rawValue),
        ])
    }
}

extension String {
    /// Returns the string without white space at either end.
    func trimmingBlanks() -> String {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }
}
