package import JSON

/// The body that Alexa sends: a request with its session and context.
///
/// Only the request's type is required, and unknown members are ignored. "Request and Response JSON Reference" in the
/// Alexa Skills Kit documentation.
package struct RequestEnvelope: JSONReadable, Sendable {
    package let version: String?
    /// Nil on AudioPlayer, PlaybackController, System and skill events.
    package let session: Session?
    package let context: RequestContext
    package let request: Request
    /// The whole envelope as received.
    package let json: JSONValue

    /// Throws for a value that is not an object with a `request` and its `type`.
    package init(_ json: JSONValue) throws(InvalidInput) {
        guard let request = json["request"], let type = request["type"]?.string else {
            throw InvalidInput(
                "The event is not an Alexa request: it must be an object whose request has a type.")
        }
        version = json["version"]?.string
        session = json["session"].flatMap { $0.object == nil ? nil : Session($0) }
        context = RequestContext(json["context"] ?? [:])
        self.request = Request(request, type: type)
        self.json = json
    }

    /// The skill that is meant: the context's, else the session's.
    package var applicationID: String? { context.system.applicationID ?? session?.applicationID }

    /// The user, as far as the skill may know; personal data.
    package var user: User { context.system.user ?? session?.user ?? User([:]) }

    /// The access token of account linking; nil when the account is not linked.
    package var accessToken: String? { context.system.user?.accessToken ?? session?.user.accessToken }
}
