package import JSON

/// A conversation: from the skill's opening until one side ends it.
package struct Session: Sendable {
    package let id: String?
    package let isNew: Bool
    package let applicationID: String?
    package let user: User
    /// The attributes of the skill's last response.
    package let attributes: [String: JSONValue]

    init(_ json: JSONValue) {
        id = json["sessionId"]?.string
        isNew = json["new"]?.bool ?? false
        applicationID = json["application"]?["applicationId"]?.string
        user = User(json["user"] ?? [:])
        attributes = json["attributes"]?.object ?? [:]
    }
}

/// The owner of the account that the device is registered to; the ids and the token are personal data.
package struct User: Sendable {
    package let id: String?
    /// The token of account linking; nil when the account is not linked.
    package let accessToken: String?
    package let permissionsToken: String?

    init(_ json: JSONValue) {
        func text(_ json: JSONValue?) -> String? { json?.string.flatMap { $0.isEmpty ? nil : $0 } }
        id = text(json["userId"])
        accessToken = text(json["accessToken"])
        permissionsToken = text(json["permissions"]?["consentToken"])
    }
}
