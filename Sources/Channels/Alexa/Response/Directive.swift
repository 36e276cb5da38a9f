package import JSON

/// An instruction to Alexa other than speech.
package struct Directive: Sendable, Equatable {
    package let type: String
    package let json: JSONValue

    private init(_ type: String, _ members: KeyValuePairs<String, JSONValue?> = [:]) {
        self.init(type: type, members: .members(members))
    }

    /// Any directive, such as those of APL; `members` without `type`.
    package init(type: String, members: JSONValue) {
        self.type = type
        var object = members.object ?? [:]
        object["type"] = .string(type)
        json = .object(object)
    }
}

/// The dialog's, complete after "Dialog Interface Reference" in the Alexa Skills Kit documentation: no skill here sends
/// `confirmSlot` and dynamic entities.
extension Directive {
    /// Lets the dialog model ask the next question; the response then carries no speech.
    package static func delegate(updatedIntent: Intent? = nil) -> Directive {
        Directive("Dialog.Delegate", ["updatedIntent": updatedIntent?.json])
    }

    /// Asks for a slot, with the response's speech.
    package static func elicitSlot(_ slot: String, updatedIntent: Intent? = nil) -> Directive {
        Directive("Dialog.ElicitSlot", ["slotToElicit": .string(slot), "updatedIntent": updatedIntent?.json])
    }

    /// Asks whether a slot's value is right, with the response's speech.
    package static func confirmSlot(_ slot: String, updatedIntent: Intent? = nil) -> Directive {
        Directive("Dialog.ConfirmSlot", ["slotToConfirm": .string(slot), "updatedIntent": updatedIntent?.json])
    }

    /// Asks whether the whole intent is right, with the response's speech.
    package static func confirmIntent(updatedIntent: Intent? = nil) -> Directive {
        Directive("Dialog.ConfirmIntent", ["updatedIntent": updatedIntent?.json])
    }

    /// Replaces the values that slot types have in this session.
    package static func replaceDynamicEntities(_ types: [DynamicEntities]) -> Directive {
        Directive(
            "Dialog.UpdateDynamicEntities",
            ["updateBehavior": "REPLACE", "types": .array(types.map(\.json))])
    }

    /// Removes the values of this session.
    package static let clearDynamicEntities = Directive(
        "Dialog.UpdateDynamicEntities", ["updateBehavior": "CLEAR"])
}

/// Values that a slot type has in one session.
package struct DynamicEntities: Sendable, Equatable {
    package struct Value: Sendable, Equatable {
        package var id: String?
        package var name: String
        package var synonyms: [String]

        package init(id: String? = nil, name: String, synonyms: [String] = []) {
            self.id = id
            self.name = name
            self.synonyms = synonyms
        }
    }

    /// The slot type's name.
    package var type: String
    package var values: [Value]

    package init(type: String, values: [Value]) {
        self.type = type
        self.values = values
    }

    var json: JSONValue {
        [
            "name": .string(type),
            "values": .array(
                values.map { value in
                    .members([
                        "id": value.id.map(JSONValue.string),
                        "name": [
                            "value": .string(value.name),
                            "synonyms": .array(value.synonyms.map(JSONValue.string)),
                        ],
                    ])
                }),
        ]
    }
}
