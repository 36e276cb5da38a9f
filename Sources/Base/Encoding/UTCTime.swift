import Glibc

/// An instant in UTC of the Gregorian calendar, without leap seconds.
///
/// Computed from the seconds since 1970: a formatter's week-based year is wrong around New Year, and loading a calendar
/// costs more than a signature.
package struct UTCTime: Sendable, Equatable {
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int
    package let hour: Int
    package let minute: Int
    package let second: Int
    package let millisecond: Int

    /// The instant that long after the beginning of 1970; fractions of a millisecond are dropped.
    package init(sinceEpoch time: Duration) {
        let (seconds, attoseconds) = time.components
        // The part below a second is negative before 1970.
        let whole = Int(seconds) - (attoseconds < 0 ? 1 : 0)
        let rest = attoseconds < 0 ? attoseconds + 1_000_000_000_000_000_000 : attoseconds
        self.init(secondsSinceEpoch: whole, millisecond: Int(rest / 1_000_000_000_000_000))
    }

    package init(secondsSinceEpoch seconds: Int, millisecond: Int = 0) {
        let secondOfDay = ((seconds % 86_400) + 86_400) % 86_400
        // The year is shifted to begin in March, so that a leap day comes last.
        let days = (seconds - secondOfDay) / 86_400 + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        hour = secondOfDay / 3600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
        self.millisecond = millisecond
    }

    /// The wall clock's time.
    package static var now: UTCTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UTCTime(secondsSinceEpoch: time.tv_sec, millisecond: time.tv_nsec / 1_000_000)
    }

    /// Returns the days from 1970 to a date; nil for one that the calendar does not have.
    package static func days(year: Int, month: Int, day: Int) -> Int? {
        guard (1...12).contains(month), (1...31).contains(day), (0...9999).contains(year) else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        let back = UTCTime(secondsSinceEpoch: days * 86_400)
        return back.month == month && back.day == day ? days : nil
    }

    /// `2026-11-29`.
    package var date: String { date(separatedBy: "-") }

    /// The date with a separator before its month and its day.
    package func date(separatedBy separator: StaticString) -> String { text(separatedBy: separator) { _ in } }

    /// `20261129`.
    package var compactDate: String { date(separatedBy: "") }

    /// `20261129T123600Z`, ISO 8601's basic format, as Signature Version 4 has it.
    package var basic: String {
        text(separatedBy: "") { bytes in
            bytes.append(text: "T")
            bytes.append(decimal: hour, width: 2)
            bytes.append(decimal: minute, width: 2)
            bytes.append(decimal: second, width: 2)
            bytes.append(text: "Z")
        }
    }

    /// `2026-11-29T12:36:00.123Z`, ISO 8601's extended format.
    package var extended: String {
        text(separatedBy: "-") { bytes in
            bytes.append(text: "T")
            bytes.append(decimal: hour, width: 2)
            bytes.append(text: ":")
            bytes.append(decimal: minute, width: 2)
            bytes.append(text: ":")
            bytes.append(decimal: second, width: 2)
            bytes.append(text: ".")
            bytes.append(decimal: millisecond, width: 3)
            bytes.append(text: "Z")
        }
    }

    /// Returns the date, with the separator before its month and its day, and what follows it.
    private func text(separatedBy separator: StaticString, _ rest: (inout [UInt8]) -> Void) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        bytes.append(decimal: max(0, year), width: 4)
        bytes.append(text: separator)
        bytes.append(decimal: month, width: 2)
        bytes.append(text: separator)
        bytes.append(decimal: day, width: 2)
        rest(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
