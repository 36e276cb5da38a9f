import LocalServices
import Testing

@testable import switchboard

struct DemoRowTests {
    private static let nobody = LocalArrivals(emails: [], texts: [], created: nil)

    private func result(_ milliseconds: Double) -> DemoResult {
        DemoResult(function: "F", event: "e", duration: .seconds(milliseconds / 1000))
    }

    private func times(_ milliseconds: Double...) -> String {
        let row = DemoRow(
            function: "F", results: milliseconds.map(result), count: milliseconds.count, arrivals: Self.nobody)
        return String(row.line(nameWidth: 1, TerminalStyle()).dropFirst("F  2 events   ok        ".count))
    }

    @Test func `durations are told with two digits that count`() {
        #expect(times(0.62, 30.4) == "0.6-30 ms")
        #expect(times(0.62, 2960) == "0.6 ms-3.0 s")
        #expect(times(1.04, 1.02) == "1.0 ms")
        #expect(times(1000, 12_345) == "1.0 s-12.3 s")
    }

    @Test func `a line is cut at the width, and coloured only where colours are read`() {
        let row = DemoRow(function: "F", results: [result(1)], count: 1, arrivals: Self.nobody)
        #expect(row.line(nameWidth: 60, TerminalStyle(columns: 70)).count == 70)
        let coloured = row.line(nameWidth: 1, TerminalStyle(columns: 80, hasColours: true))
        #expect(coloured.contains("  \u{1B}[32mok\u{1B}[0m  "))
    }
}
