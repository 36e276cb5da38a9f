import JSON
package import Settings
import Telephony

/// The claimed identity of a caller: their number, or a record of the CRM.
package enum CallerIdentity: Sendable, Equatable {
    /// A phone number in E.164.
    case number(Redacted<String>)
    case record(Redacted<String>)

    /// A caller's number as Connect or Twilio shows it; nil when it is withheld.
    package init?(number text: String?) {
        guard let number = PhoneNumber(caller: text) else { return nil }
        self = .number(Redacted(number.text))
    }

    /// Reads the identity that a flow passes: a CRM id, or a number; nil when it is a placeholder of a withheld number.
    package init?(identity text: String) {
        if text.utf8.first == UInt8(ascii: "+") {
            self.init(number: text)
        } else {
            guard !Self.withheldWords.contains(text.lowercased()) else { return nil }
            self = .record(Redacted(text))
        }
    }

    private static let withheldWords: Set<String> = [
        "anonymous", "blocked", "private", "restricted", "unavailable", "unknown", "withheld",
    ]
}
