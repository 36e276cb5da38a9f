package import JSON

/// What goes back to Alexa.
package struct ResponseEnvelope: Sendable, Equatable {
    /// The most bytes that Alexa takes.
    package static let maximumBytes = 24 << 10

    package var response: Response
    /// What the session's next request is to bring back; nil without a session.
    package var sessionAttributes: [String: JSONValue]?

    package init(_ response: Response = Response(), sessionAttributes: [String: JSONValue]? = nil) {
        self.response = response
        self.sessionAttributes = sessionAttributes
    }

    package var json: JSONValue {
        .members([
            "version": "1.0", "response": response.json,
            "sessionAttributes": sessionAttributes.flatMap { $0.isEmpty ? nil : .object($0) },
        ])
    }
}
