import Encoding
package import FoundationEssentials

/// A day of the Gregorian calendar in UTC, as keys have it.
package struct Day: Sendable, Hashable {
    private static let format = Date.ISO8601FormatStyle().year().month().day()

    /// Midnight.
    private let start: Date

    /// The day of an instant.
    package init(of date: Date) {
        let seconds = (date.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400
        start = Date(timeIntervalSince1970: seconds)
    }

    /// Reads a string that begins with a day, such as `2026-11-21`; nil for others. Salesforce writes its times in UTC.
    package init?(beginning text: String) {
        let parts = text.utf8.prefix(10).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        self.init(parts.map { String(decoding: Array($0), as: UTF8.self) })
    }

    /// Reads year, month and day, of four and two digits; nil when there is no such day.
    init?(_ parts: [String]) {
        let isDigits = { (part: String) in part.utf8.allSatisfy(\.isASCIIDigit) }
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy(isDigits),
            let date = try? Self.format.parse(parts.joined(separator: "-"))
        else { return nil }
        self.init(of: date)
        // 2026-02-30 is not a day, whatever a lenient parser makes of it.
        if path != parts.joined(separator: "/") { return nil }
    }

    /// `2026/11/21`.
    package var path: String { start.formatted(Self.format).split(separator: "-").joined(separator: "/") }

    /// The epoch second of midnight.
    package var epochSeconds: Int { Int(start.timeIntervalSince1970) }

    package func adding(days: Int) -> Day {
        Day(of: start.addingTimeInterval(Double(days) * 86_400))
    }
}
