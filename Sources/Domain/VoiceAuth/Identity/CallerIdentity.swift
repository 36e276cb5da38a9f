import JSON
package import Settings

/// Who a caller is said to be: their number, or a record of the CRM.
package enum CallerIdentity: Sendable, Equatable {
    /// In E.164.
    case number(Redacted<String>)
    case record(Redacted<String>)

    /// A caller's number as Connect or Twilio shows it; nil when it is withheld.
    ///
    /// Withheld is all that is not E.164 (`+`, a digit from 1 to 9, 6 to 14 more), and the numbers that Twilio shows for
    /// anonymous, restricted, blocked, unknown and unavailable callers.
    package init?(number text: String?) {
        guard let text, !Self.withheldNumbers.contains(text) else { return nil }
        let bytes = Array(text.utf8)
        guard (8...16).contains(bytes.count), bytes[0] == UInt8(ascii: "+"), bytes[1] != UInt8(ascii: "0"),
            bytes.dropFirst().allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        self = .number(Redacted(text))
    }

    /// What a flow passes as identity: a CRM id, or the number that it could have left out; nil when it stands for a
    /// withheld number.
    package init?(identity text: String) {
        if text.hasPrefix("+") {
            self.init(number: text)
        } else {
            guard !Self.withheldWords.contains(text.lowercased()) else { return nil }
            self = .record(Redacted(text))
        }
    }

    /// The letters of ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on a telephone's keys.
    private static let withheldNumbers: Set<String> = [
        "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253",
    ]

    private static let withheldWords: Set<String> = [
        "anonymous", "blocked", "private", "restricted", "unavailable", "unknown", "withheld",
    ]
}
