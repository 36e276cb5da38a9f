import Encoding
import Testing

struct StringPartsTests {
    @Test(arguments: PercentEncodingTests.combining)
    func `a separator before a combining or joining character separates`(mark: String) {
        for separator: Unicode.Scalar in ["&", "=", "/", ";", ",", " ", ":", "\n"] {
            let text = "a\(separator)\(mark)b\(separator)\(separator)c"
            let parts = text.parts(at: separator).map { Array($0.utf8) }
            #expect(parts == ["a", "\(mark)b", "c"].map { Array($0.utf8) })
            let all = text.parts(at: separator, omittingEmptyParts: false)
            #expect(all.count == 4 && all[2].isEmpty)
            let two = text[...].parts(at: separator, maxSplits: 1).map { Array($0.utf8) }
            #expect(two == ["a", "\(mark)b\(separator)\(separator)c"].map { Array($0.utf8) })
        }
        #expect("a/\(mark)".begins(with: "a/") && !"a".begins(with: "a/"))
    }

    @Test func `lines end at a line feed, also after a carriage return`() {
        #expect("a\r\nb\nc".parts(at: "\n") == ["a\r", "b", "c"])
    }

    @Test(
        "bytes are found where a combining character follows them",
        arguments: [
            ("https://example.com", "://", true), ("a::/b", "://", false), (":://", "://", true), ("", "x", false),
            ("x", "", true), ("amzn1\u{301}", "amzn1", true), ("aab", "ab", true), ("ab", "abc", false),
        ])
    func holds(_ text: String, _ part: String, _ isThere: Bool) {
        #expect(text.containsBytes(of: part) == isThere)
        #expect(text[...].containsBytes(of: part) == isThere)
    }
}
