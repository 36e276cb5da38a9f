import Encoding
import Testing

struct UTCTimeParsingTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-29T12:36:00Z", 1_795_955_760_000),
        ("2026-11-29T12:36:00.5Z", 1_795_955_760_500), ("2026-11-29T12:36:00.123456789123Z", 1_795_955_760_123),
        ("2026-11-29T13:36:00+01:00", 1_795_955_760_000), ("2026-11-29T07:06:00-0530", 1_795_955_760_000),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000), ("1969-12-31T23:59:59Z", -1000),
    ])
    func `a time is read with its fraction and its offset`(text: String, milliseconds: Int) throws {
        let time = try #require(UTCTime.sinceEpoch(parsing: text))
        #expect(Int((time / .milliseconds(1)).rounded(.down)) == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-29", "2026-11-29T12:36Z", "2026-11-29 12:36:00Z", "2026-11-29T12:36:00", "2026-02-30T12:36:00Z",
        "2026-13-01T12:36:00Z", "2026-11-29T24:00:00Z", "2026-11-29T12:60:00Z", "2026-11-29T12:36:00.Z",
        "2026-11-29T12:36:00Zx", "2026-11-29T12:36:00+1", "２026-11-29T12:36:00Z", "1795955760",
    ])
    func `anything else is none`(text: String) {
        #expect(UTCTime.sinceEpoch(parsing: text) == nil)
    }
}
