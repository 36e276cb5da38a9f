import Testing

@testable import switchboard

struct WrappedTextTests {
    @Test(arguments: [
        ("Alexa: short", 20, ["Alexa: short"]),
        ("Alexa: I found this lead", 14, ["Alexa: I found", "  this lead"]),
        ("  (F gets: number=+12065550142, phase=x)", 20, ["  (F gets:", "    number=+12065550142,", "    phase=x)"]),
        ("a  b", 4, ["a  b"]), ("", 10, [""]), ("averylongword", 5, ["averylongword"]),
        ("one\ntwo three", 5, ["one", "two", "  three"]), ("ä€ 😀 x", 4, ["ä€ 😀", "  x"]),
    ])
    func `lines break at words, and no word is cut`(_ text: String, _ width: Int, _ lines: [String]) {
        #expect(text.wrapped(to: width) == lines)
    }

    @Test func `nothing is lost, whatever the width`() {
        let text = "It opens at nine, and  closes at (five) +12065550142."
        for width in 1...60 {
            let words = text.wrapped(to: width).joined(separator: " ").split(separator: " ")
            #expect(words == text.split(separator: " "))
            let wide = text.wrapped(to: width).filter { $0.count > width && $0.split(separator: " ").count > 1 }
            #expect(wide.isEmpty)
        }
    }
}
