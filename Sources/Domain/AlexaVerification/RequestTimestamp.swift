import Encoding
import Glibc

/// The rules for `request.timestamp`.
enum RequestTimestamp {
    /// Seconds that a request's timestamp may be off, either way.
    static let tolerance = 150
    /// The same for events about the skill, which Alexa retries for up to an hour.
    static let skillEventTolerance = 3600

    /// Throws `.staleTimestamp` unless the string is a date and within the tolerance of `now`, in whole seconds.
    static func check(_ text: String?, requestType: String, now: Double) throws(VerificationError) {
        guard let text, let sent = seconds(text) else {
            throw VerificationError(.staleTimestamp, "request.timestamp is missing or not an ISO 8601 string.")
        }
        let tolerance = requestType.hasPrefix("AlexaSkillEvent.") ? skillEventTolerance : tolerance
        let difference = Int(now.rounded(.down)) - sent
        guard abs(difference) <= tolerance else {
            throw VerificationError(
                .staleTimestamp, "request.timestamp is \(difference) s old; at most \(tolerance) s is allowed.")
        }
    }

    /// Returns whole seconds since 1970 of `2026-05-13T12:34:56Z`; fractions are dropped, offsets accepted; nil for
    /// anything else.
    static func seconds(_ text: String) -> Int? {
        var rest = Array(text.utf8)[...]
        func number(_ count: Int) -> Int? {
            let digits = rest.prefix(count)
            guard digits.count == count, digits.allSatisfy(\.isASCIIDigit) else { return nil }
            rest = rest.dropFirst(count)
            return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        func skip(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2), skip("T"),
            let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2),
            hour < 24, minute < 60, second < 60
        else { return nil }
        if skip(".") {
            let fraction = rest.prefix(while: \.isASCIIDigit)
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(fraction.count)
        }
        var offset = 0
        if !skip("Z") {
            let sign = skip("+") ? 1 : skip("-") ? -1 : 0
            guard sign != 0, let hours = number(2) else { return nil }
            _ = skip(":")
            guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
            offset = sign * (hours * 3600 + minutes * 60)
        }
        guard rest.isEmpty else { return nil }
        var date = tm()
        (date.tm_year, date.tm_mon, date.tm_mday) = (Int32(year - 1900), Int32(month - 1), Int32(day))
        (date.tm_hour, date.tm_min, date.tm_sec) = (Int32(hour), Int32(minute), Int32(second))
        let seconds = timegm(&date)
        // timegm makes 2 March of 30 February.
        guard Int(date.tm_mon) == month - 1, Int(date.tm_mday) == day else { return nil }
        return seconds - offset
    }
}
