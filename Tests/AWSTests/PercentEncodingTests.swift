import Testing

@testable import AWS

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

    @Test func `a form has plus signs for spaces`() {
        #expect(
            PercentEncoding.form([(name: "a", value: " 1 + 1 = 2 "), (name: "b&", value: "")])
                == "a=+1+%2B+1+%3D+2+&b%26=")
    }
}
