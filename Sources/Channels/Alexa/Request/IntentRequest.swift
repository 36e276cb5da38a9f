import JSON

/// An `IntentRequest`: something that the user asked for.
package struct IntentRequest: Sendable {
    package let intent: Intent

    init(_ json: JSONValue) {
        intent = Intent(json["intent"] ?? [:])
    }
}
