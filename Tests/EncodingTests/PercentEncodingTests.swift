import Encoding
import Testing

struct PercentEncodingTests {
    @Test func `everything but the unreserved characters is encoded`() {
        #expect(PercentEncoding.encode("aZ09-._~/ +:%é🎉\n") == "aZ09-._~%2F%20%2B%3A%25%C3%A9%F0%9F%8E%89%0A")
        #expect(PercentEncoding.encode("a/b c", keepingSlashes: true) == "a/b%20c")
    }

    @Test(arguments: [
        ("a%2Fb%c3%A9", "a/bé"), ("%", "%"), ("%4", "%4"), ("%zz%41", "%zzA"), ("a+b", "a+b"), ("%%41", "%A"), ("", ""),
    ])
    func `escapes are resolved, and what is none stands for itself`(_ text: String, _ expected: String) {
        #expect(PercentEncoding.decode(text) == expected)
    }

    @Test(arguments: [("a+b", "a b"), ("%2B+%20", "+  "), ("%FF", "\u{FFFD}"), ("+", " ")])
    func `in a form's query a plus sign is a space`(_ text: String, _ expected: String) {
        #expect(PercentEncoding.decode(text, plusIsSpace: true) == expected)
    }

    @Test func `the shortest writing keeps what a query may hold, and reads the same`() {
        let text = "SELECT Id FROM a WHERE b IN ('x','%_é') AND c >= 1+2&d;#=/:@?"
        let short = PercentEncoding.encodeShortest(text)
        #expect(
            short == "SELECT+Id+FROM+a+WHERE+b+IN+('x','%25_%C3%A9')+AND+c+%3E=+1%2B2%26d%3B%23=/:@?")
        #expect(PercentEncoding.decode(short, plusIsSpace: true) == text)
    }

    /// A combining accent, the two joining characters, a variation selector, an emoji's skin tone, a keycap, a Thai vowel.
    static let combining = ["\u{301}", "\u{200C}", "\u{200D}", "\u{FE0F}", "\u{1F3FD}", "\u{20E3}", "\u{E33}"]

    @Test(arguments: combining)
    func `what is encoded before a combining or joining character is encoded all the same`(mark: String) {
        let encoded = PercentEncoding.encode(mark)
        for (character, inForm, elsewhere) in [
            (" ", "+", "%20"), ("&", "%26", "%26"), ("=", "%3D", "%3D"), ("+", "%2B", "%2B"), ("%", "%25", "%25"),
            ("\r\n", "%0D%0A", "%0D%0A"),
        ] {
            let text = "a\(character)\(mark)b"
            #expect(PercentEncoding.form([(name: text, value: text)]) == "a\(inForm)\(encoded)b=a\(inForm)\(encoded)b")
            #expect(PercentEncoding.encode(text) == "a\(elsewhere)\(encoded)b")
            #expect(PercentEncoding.decode(PercentEncoding.encodeShortest(text), plusIsSpace: true) == text)
        }
        #expect(Array(PercentEncoding.decode("a+\(mark)", plusIsSpace: true).utf8) == Array("a \(mark)".utf8))
    }

    @Test func `a form has plus signs for spaces`() {
        #expect(
            PercentEncoding.form([(name: "a", value: " 1 + 1 = 2 "), (name: "b&", value: "")])
                == "a=+1+%2B+1+%3D+2+&b%26=")
    }
}
