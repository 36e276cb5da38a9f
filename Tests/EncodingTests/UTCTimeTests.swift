import Encoding
import Foundation
import TestSupport
import Testing

struct UTCTimeTests {
    @Test(arguments: [
        (0.0, "19700101T000000Z"), (951_782_399.0, "20000228T235959Z"), (951_782_400.0, "20000229T000000Z"),
        (1_440_938_160.9, "20150830T123600Z"), (1_766_966_400.0, "20251229T000000Z"),
        (1_798_761_599.0, "20261231T235959Z"), (1_798_761_600.0, "20270101T000000Z"),
        (4_107_542_400.0, "21000301T000000Z"), (-1.0, "19691231T235959Z"),
    ])
    func `an instant is written in UTC of the Gregorian calendar`(_ seconds: Double, _ expected: String) {
        let time = UTCTime(sinceEpoch: .seconds(seconds))
        #expect(time.basic == expected)
        #expect(time.compactDate == String(expected.prefix(8)))
    }

    @Test func `every day for two centuries is the one that Foundation says`() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for day in stride(from: -36_500, to: 36_500, by: 1) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 43_200)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let expected = (parts.year ?? 0) * 10_000 + (parts.month ?? 0) * 100 + (parts.day ?? 0)
            if UTCTime(date).compactDate != "\(expected)" { Issue.record("\(expected)") }
            let days = UTCTime.days(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
            if days != day { Issue.record("\(expected): \(days ?? 0)") }
        }
    }

    @Test func `a log line's time has milliseconds`() {
        #expect(UTCTime(sinceEpoch: .milliseconds(1_766_966_400_007)).extended == "2025-12-29T00:00:00.007Z")
        #expect(UTCTime(sinceEpoch: .milliseconds(-1)).extended == "1969-12-31T23:59:59.999Z")
    }

    @Test(arguments: [(2026, 2, 30), (2026, 13, 1), (2026, 0, 1), (2026, 4, 31), (2100, 2, 29), (-1, 1, 1)])
    func `a date that the calendar lacks has no day`(year: Int, month: Int, day: Int) {
        #expect(UTCTime.days(year: year, month: month, day: day) == nil)
    }
}
