import JSON

/// The error that Alexa reports.
package struct AlexaError: Sendable {
    package let type: String?
    package let message: String?

    init(_ json: JSONValue) {
        type = json["type"]?.string
        message = json["message"]?.string
    }

    /// The message for the log: without the queries of URLs, which may be signed, and without Alexa's ids of people and
    /// devices.
    package var loggedMessage: String {
        guard let message else { return "no message" }
        return message.split(separator: " ", omittingEmptySubsequences: false).map { word in
            for id in ["amzn1.ask.account", "amzn1.ask.device", "amzn1.ask.person"] where word.contains(id) {
                return "…"
            }
            guard word.contains("://"), let query = word.firstIndex(of: "?") else { return String(word) }
            return "\(word[..<query])?…"
        }.joined(separator: " ")
    }
}
