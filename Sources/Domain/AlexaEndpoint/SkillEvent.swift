package import HTTPEvents
package import JSON

/// An event of a skill's function: Alexa's own, which is the request itself, or any HTTP trigger's, which carries it.
package enum SkillEvent: Sendable {
    case skill(JSONValue)
    case http(HTTPEvent)
}

extension SkillEvent: JSONReadable {
    /// Throws `Function.InvalidRequest` for an HTTP event without a method.
    package init(_ json: JSONValue) throws {
        let isHTTP = json["httpMethod"] != nil || json["requestContext"] != nil
        self = isHTTP ? .http(try HTTPEvent(json)) : .skill(json)
    }
}
