import Testing

@testable import MessageTemplates

@Suite struct EmailAddressTests {
    static let longestLocal = String(repeating: "a", count: 64)
    static let longestLabel = String(repeating: "b", count: 63)
    /// 254 characters in all.
    static let longest =
        "a@" + [longestLabel, longestLabel, longestLabel, String(repeating: "c", count: 60)].joined(separator: ".")

    @Test(arguments: [
        "a@b", "maria.silva@example.net", "Maria.Silva+tag@Mail.Example.NET", "!#$%&'*+-/=?^_`{|}~@example.com",
        "1@1.2", "x@xn--bcher-kva.example", "\(longestLocal)@example.com", "a@\(longestLabel).com", longest,
    ]) func `one bare address is taken as it is`(text: String) {
        #expect(EmailAddress(text)?.text == text)
    }

    @Test(arguments: [
        "", "@", "a", "a@", "@b", "a@@b", "a@b@c", "a b@c", " a@b", "a@b ", "a@b\n", "a@b\r\nBcc: c@d", "a@b\0",
        "a@b,c@d",
        "a@b;c@d", "a@b, c@d", "Maria <a@b>", "<a@b>", "\"Maria\" <a@b>", "\"a b\"@c", "a(b)@c", "a@[127.0.0.1]",
        ".a@b", "a.@b", "a..b@c", "a@.b", "a@b.", "a@b..c", "a@-b", "a@b-", "a@b_c", "ä@b", "a@ä", "a@b\u{7F}", "a\t@b",
        "a@b\u{2028}", "a@b?subject=x", "a\\@b@c",
        "\(longestLocal)a@example.com", "a@\(longestLabel)b.com", "\(longest)c",
    ]) func `anything else is none`(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test func `addresses are the same whatever their case`() {
        #expect(EmailAddress("A@B.com") == EmailAddress("a@b.COM"))
        #expect(EmailAddress("a@b.com") != EmailAddress("b@b.com"))
    }
}
