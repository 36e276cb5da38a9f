import JSON

/// A sentence said before the response is ready: a request to Alexa's own API, for the function to send.
///
/// `POST` to `url` with `Authorization: Bearer <token>` and JSON; 204 is success. "Send the User a Progressive Response"
/// in the Alexa Skills Kit documentation.
package struct ProgressiveResponse: Sendable, Equatable {
    package let url: String
    /// The bearer token, a secret.
    package let token: String
    package let body: [UInt8]

    /// Returns nil when the request does not contain the API's address.
    package init?(_ speech: Speech, for envelope: RequestEnvelope) {
        let system = envelope.context.system
        guard let endpoint = system.apiEndpoint, let token = system.apiAccessToken, let id = envelope.request.id,
            !endpoint.isEmpty, !token.isEmpty
        else { return nil }
        url = "\(endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint)/v1/directives"
        self.token = token
        body =
            ([
                "header": ["requestId": .string(id)],
                "directive": ["type": "VoicePlayer.Speak", "speech": .string(speech.ssml)],
            ] as JSONValue).bytes
    }
}
