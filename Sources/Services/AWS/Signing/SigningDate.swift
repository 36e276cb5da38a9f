import FoundationEssentials

/// An instant in the form of Signature Version 4: `20150830T123600Z`, in UTC of the Gregorian calendar.
///
/// Computed from the epoch seconds: a formatter's week-based year is wrong around New Year, and loading a calendar
/// costs more than the signature.
struct SigningDate: Sendable, Equatable {
    /// `20150830T123600Z`.
    let timestamp: String
    /// `20150830`, the day that the signing key is for.
    let day: String

    /// Fractions of a second are dropped.
    init(_ date: Date) {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let secondOfDay = ((seconds % 86_400) + 86_400) % 86_400
        let civil = Self.civil(daysSinceEpoch: (seconds - secondOfDay) / 86_400)
        day = Self.padded(civil.year, to: 4) + Self.padded(civil.month, to: 2) + Self.padded(civil.day, to: 2)
        timestamp =
            "\(day)T" + Self.padded(secondOfDay / 3600, to: 2) + Self.padded(secondOfDay / 60 % 60, to: 2)
            + Self.padded(secondOfDay % 60, to: 2) + "Z"
    }

    /// The Gregorian date of a day count, by shifting the year to begin in March, so that a leap day comes last.
    private static func civil(daysSinceEpoch: Int) -> (year: Int, month: Int, day: Int) {
        let days = daysSinceEpoch + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
