import JSON

/// Values at the edges of what readers expect, for any format.
enum OddValues {
    static let texts: [String] = [
        "", " ", "0", "-1", "null", "true", "\u{0}", "\u{FEFF}", "\r\n", "\t", "%", "%00", "%zz", "%C3", "+", "&", "=",
        "?", "#",
        "/", "//", "/../", "\\", "'", "\"", "`", "$", "${X}", "$.External.x", "$['Attributes']['a b']", "{{", "}}",
        "{{{",
        "<", ">", "<a", "&amp;", "]]>", "<!--", "../../etc/passwd", "https://", "http://[::1", "data:,",
        // A mark that joins what stands before it, a joiner, right-to-left, beyond the first plane, not assigned.
        "\u{301}", "e\u{301}", "\u{E9}", " \u{200C}", "\u{200D}", "\u{202E}", "\u{1F469}\u{200D}\u{1F467}",
        "\u{10FFFF}", "\u{FFFE}",
        "ı", "İ", "ß", "ﬀ", "K", "０１２", "٣", "½", "\u{85}", "\u{2028}", "\u{A0}", "\u{7F}",
        "+12065550142", "+1", "+", "00", "anonymous", "+266696687", "1e400", "NaN", "Infinity", "0x10",
        "2026-11-31T25:61:61Z", "9999-12-31T23:59:59.999999999+23:59", "0000-00-00",
    ]

    static let numbers: [String] = [
        "0", "-0", "1", "-1", "0.1", "1e0", "1E+2", "-1e-2", "127", "128", "255", "256", "32767", "32768", "65536",
        "2147483647",
        "2147483648", "-2147483649", "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e19", "1e300",
        "1.7976931348623157e308",
        "5e-324", "1e-400", "0.30000000000000004", "123456789012345678901234567890", "4102444800", "4102444800000",
    ]

    static let values: [JSONValue] =
        [.null, true, false, [], [:], [[]], ["": ""], ["a": ["a": []]], [.null], .string("{}"), .string("[")]
        + numbers.map(JSONValue.number) + texts.map(JSONValue.string)

    /// Characters that break what was written for ASCII, or for one code unit a character.
    static let scalars: [Unicode.Scalar] = [
        "\u{0}", "\u{1}", "\t", "\n", "\r", " ", "\"", "'", "\\", "/", "%", "&", "<", ">", "=", "+", ",", ";", ":", ".",
        "-", "_", "{",
        "}", "[", "]", "(", ")", "$", "@", "#", "\u{7F}", "\u{80}", "\u{85}", "\u{A0}", "\u{E9}", "\u{301}", "\u{200B}",
        "\u{200C}",
        "\u{200D}", "\u{202E}", "\u{2028}", "\u{D7FF}", "\u{E000}", "\u{FEFF}", "\u{FFFD}", "\u{FFFF}", "\u{10000}",
        "\u{1F600}",
        "\u{10FFFF}",
    ]
}
