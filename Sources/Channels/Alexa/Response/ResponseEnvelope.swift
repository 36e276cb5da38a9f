package import JSON

/// The body of a response to Alexa.
package struct ResponseEnvelope: Sendable, Equatable {
    /// The maximum number of bytes that Alexa accepts.
    package static let maximumBytes = 24 << 10

    package var response: Response
    /// The attributes that the session's next request is to bring back; nil without a session.
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
