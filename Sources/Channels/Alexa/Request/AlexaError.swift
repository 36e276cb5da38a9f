import Encoding
import JSON

/// The error that Alexa reports.
package struct AlexaError: Sendable {
    package let type: String?
    package let message: String?

    init(_ json: JSONValue) {
        type = json["type"]?.string
        message = json["message"]?.string
    }

    /// Type and message for the log.
    var logged: String {
        "\(type.map(Self.logged) ?? "no type"): \(message.map(Self.logged) ?? "no message")"
    }

    /// Returns a string of Alexa's for the log: without the queries of URLs, which may be signed, and without Alexa's ids of
    /// people and devices.
    static func logged(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            for id in ["amzn1.ask.account", "amzn1.ask.device", "amzn1.ask.person"] where word.containsBytes(of: id) {
                return "…"
            }
            guard word.containsBytes(of: "://"), let query = word.firstIndex(of: "?") else { return String(word) }
            return "\(word[..<query])?…"
        }.joined(separator: " ")
    }
}
