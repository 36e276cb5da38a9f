import Encoding

/// A day of the Gregorian calendar in UTC, as keys have it.
package struct Day: Sendable, Hashable {
    private static let seconds = 86_400

    /// The days since 1970.
    private let number: Int

    private init(number: Int) {
        self.number = number
    }

    /// The day of an instant, as the time since 1970.
    package init(of time: Duration) {
        let seconds = Int(time.components.seconds)
        number = (seconds >= 0 ? seconds : seconds - Self.seconds + 1) / Self.seconds
    }

    /// Reads a string that begins with a day, such as `2026-11-21`; nil for others. Salesforce writes its times in UTC.
    package init?(beginning text: String) {
        let parts = text.utf8.prefix(10).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        self.init(parts.map { String(decoding: Array($0), as: UTF8.self) })
    }

    /// Reads year, month and day, of four and two digits; nil when there is no such day.
    init?(_ parts: [String]) {
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy(\.isASCIIDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            let number = UTCTime.days(year: year, month: month, day: day)
        else { return nil }
        self.init(number: number)
    }

    /// `2026/11/21`.
    package var path: String { UTCTime(secondsSinceEpoch: epochSeconds).date(separatedBy: "/") }

    /// The epoch second of midnight.
    package var epochSeconds: Int { number * Self.seconds }

    package func adding(days: Int) -> Day { Day(number: number + days) }
}
