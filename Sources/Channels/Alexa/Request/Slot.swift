import JSON
import Settings

/// One value that an intent takes.
package struct Slot: Sendable, Equatable {
    package var name: String
    /// As sent; `?` when Alexa did not understand.
    package var value: String?
    package var confirmationStatus: ConfirmationStatus
    /// `USER`, or another when the skill's answer put it there.
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

    /// What was said; nil when it is empty, blank or was not understood.
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

    /// As part of an `updatedIntent`.
    var json: JSONValue {
        .members([
            "name": .string(name), "value": value.map(JSONValue.string),
            "confirmationStatus": .string(confirmationStatus.rawValue),
        ])
    }
}

/// What one authority, the slot's type or its dynamic entities, made of a value.
package struct Resolution: Sendable, Equatable {
    /// `ER_SUCCESS_MATCH` and the like.
    package struct Status: RawRepresentable, Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) {
            self.rawValue = rawValue
        }

        package static let match = Status(rawValue: "ER_SUCCESS_MATCH")
        package static let noMatch = Status(rawValue: "ER_SUCCESS_NO_MATCH")
        package static let timeout = Status(rawValue: "ER_ERROR_TIMEOUT")
        package static let exception = Status(rawValue: "ER_ERROR_EXCEPTION")
    }

    package let authority: String
    package let status: Status
    /// Likeliest first; empty unless matched.
    package let values: [ResolvedValue]

    /// Those of a slot or a slot value.
    static func list(_ json: JSONValue) -> [Resolution] {
        (json["resolutions"]?["resolutionsPerAuthority"]?.array ?? []).map { resolution in
            Resolution(
                authority: resolution["authority"]?.string ?? "",
                status: Status(rawValue: resolution["status"]?["code"]?.string ?? ""),
                values: (resolution["values"]?.array ?? []).compactMap { entry in
                    entry["value"]?["name"]?.string.map {
                        ResolvedValue(name: $0, id: entry["value"]?["id"]?.string)
                    }
                })
        }
    }
}

/// A value of a slot's type.
package struct ResolvedValue: Sendable, Equatable {
    package let name: String
    package let id: String?
}

/// A slot's value where several may be said.
package indirect enum SlotValue: Sendable, Equatable {
    case simple(value: String?, resolutions: [Resolution])
    case list([SlotValue])

    init?(_ json: JSONValue, depth: Int) {
        if let values = json["values"]?.array {
            // Alexa nests one level.
            self = .list(depth < 8 ? values.compactMap { SlotValue($0, depth: depth + 1) } : [])
        } else if json.object != nil {
            self = .simple(value: json["value"]?.string, resolutions: Resolution.list(json))
        } else {
            return nil
        }
    }

    /// Every simple value, in order.
    package var values: [(value: String?, resolutions: [Resolution])] {
        switch self {
        case .simple(let value, let resolutions): [(value, resolutions)]
        case .list(let values): values.flatMap(\.values)
        }
    }
}

extension String {
    /// Without white space at either end.
    func trimmingBlanks() -> String {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }
}
