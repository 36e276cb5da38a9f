import Glibc
package import HTTPTypes

extension HTTPResponse {
    /// `Date` as time since 1970; nil when there is none, or one that no server can mean: before 2020 or after 2100.
    ///
    /// "Date/Time Formats" in RFC 9110, 5.6.7, of which servers send `Sun, 06 Nov 1994 08:49:37 GMT` alone.
    package var date: Duration? {
        let parts = headerFields[.date]?.split(separator: " ", omittingEmptySubsequences: false) ?? []
        guard parts.count == 6, parts[0].utf8.count == 4, parts[0].hasSuffix(","), parts[5] == "GMT",
            let day = Self.number(parts[1], digits: 2), let month = Self.months.firstIndex(of: String(parts[2])),
            let year = Self.number(parts[3], digits: 4), (2020...2100).contains(year)
        else { return nil }
        let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, let hour = Self.number(clock[0], digits: 2), hour < 24,
            let minute = Self.number(clock[1], digits: 2), minute < 60,
            let second = Self.number(clock[2], digits: 2), second <= 60
        else { return nil }
        var date = tm()
        (date.tm_year, date.tm_mon, date.tm_mday) = (Int32(year - 1900), Int32(month), Int32(day))
        (date.tm_hour, date.tm_min, date.tm_sec) = (Int32(hour), Int32(minute), Int32(min(second, 59)))
        let seconds = timegm(&date)
        // timegm makes 2 March of 30 February.
        return Int(date.tm_mon) == month && Int(date.tm_mday) == day ? .seconds(seconds) : nil
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func number(_ text: Substring, digits: Int) -> Int? {
        text.utf8.count == digits && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
}
