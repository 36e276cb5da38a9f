/// How a customer reached the contact centre.
///
/// Known channels compare equal whatever their case (`Voice` in older events); an unknown one stays as it came.
package struct Channel: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        let upper = rawValue.uppercased()
        self.rawValue = Self.known.contains(upper) ? upper : rawValue
    }

    package static let voice = Channel(rawValue: "VOICE")
    package static let chat = Channel(rawValue: "CHAT")
    package static let task = Channel(rawValue: "TASK")
    package static let email = Channel(rawValue: "EMAIL")

    private static let known: Set<String> = ["VOICE", "CHAT", "TASK", "EMAIL"]
}
