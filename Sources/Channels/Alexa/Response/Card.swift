import JSON

/// A card in the Alexa app. Its texts are plain and are not escaped.
package enum Card: Sendable, Equatable {
    case simple(title: String, content: String)
    /// A card with pictures by HTTPS, of 720 × 480 and 1200 × 800 pixels.
    case standard(title: String, text: String, smallImageURL: String?, largeImageURL: String?)
    /// Asks the user to sign in to the linked service.
    case linkAccount
    /// Asks for permissions, such as `alexa::profile:email:read`.
    case askForPermissions([String])

    /// The maximum number of characters of a card's title and text together.
    package static let maximumCharacters = 8000

    var json: JSONValue {
        switch self {
        case .simple(let title, let content):
            ["type": "Simple", "title": .string(title), "content": .string(Self.shortened(content, beside: title))]
        case .standard(let title, let text, let small, let large):
            .members([
                "type": "Standard", "title": .string(title), "text": .string(Self.shortened(text, beside: title)),
                "image": small == nil && large == nil
                    ? nil
                    : .members([
                        "smallImageUrl": small.map(JSONValue.string), "largeImageUrl": large.map(JSONValue.string),
                    ]),
            ])
        case .linkAccount: ["type": "LinkAccount"]
        case .askForPermissions(let permissions):
            [
                "type": "AskForPermissionsConsent",
                "permissions": .array(permissions.map(JSONValue.string)),
            ]
        }
    }

    /// Returns the text cut to the limit, with an ellipsis: Alexa would reject the whole response for a card too long.
    private static func shortened(_ text: String, beside title: String) -> String {
        let room = max(maximumCharacters - title.unicodeScalars.count, 1)
        guard text.unicodeScalars.count > room else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(room - 1))) + "…"
    }
}
