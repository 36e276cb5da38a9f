import JSON

/// What somebody asked for.
package struct IntentRequest: Sendable {
    package let intent: Intent

    init(_ json: JSONValue) {
        intent = Intent(json["intent"] ?? [:])
    }
}
