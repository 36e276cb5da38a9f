import Testing

@testable import SendSMS

@Suite struct SMSTextTests {
    /// 3GPP TS 23.038's default alphabet by its code points, without the escape: a second writing of the same table.
    static let alphabet: [UInt32] =
        [
            0x40, 0xA3, 0x24, 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, 0x0A, 0xD8, 0xF8, 0x0D, 0xC5, 0xE5, 0x394, 0x5F,
            0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0xC6, 0xE6, 0xDF, 0xC9, 0xA4, 0xA1, 0xC4,
            0xD6, 0xD1, 0xDC, 0xA7, 0xBF, 0xE4, 0xF6, 0xF1, 0xFC, 0xE0,
        ] + (0x20...0x23) + (0x25...0x3F) + (0x41...0x5A) + (0x61...0x7A)

    @Test func `the alphabet is that of the standard, and nothing else is in it`() {
        let wanted = Set(Self.alphabet)
        #expect(wanted.count == 127)
        let extensions: Set<UInt32> = [0x0C, 0x5E, 0x7B, 0x7D, 0x5C, 0x5B, 0x7E, 0x5D, 0x7C, 0x20AC]
        for value in UInt32(0)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let expected = wanted.contains(value) ? 1 : extensions.contains(value) ? 2 : nil
            #expect(GSM7.septets(of: scalar) == expected, "U+\(String(value, radix: 16))")
        }
    }

    private func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    @Test func `GSM 7-bit texts take 160 characters, or 153 a part`() {
        for (length, parts) in [
            (0, 1), (1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4), (612, 4), (613, 5),
        ] {
            #expect(SMSText(repeated("a", length)).parts == parts, "\(length)")
        }
    }

    @Test func `an extension character counts two and is not split`() {
        #expect(SMSText(repeated("€", 80)).parts == 1)
        #expect(SMSText(repeated("€", 81)).parts == 2)
        // 152 and a euro sign: it does not fit into the 153rd place of the first segment.
        #expect(SMSText(repeated("a", 152) + "€" + repeated("a", 152)).parts == 3)
        #expect(SMSText(repeated("a", 151) + "€" + repeated("a", 153)).parts == 2)
        // 76 a segment and not 76.5.
        #expect(SMSText(repeated("€", 152)).parts == 2)
        #expect(SMSText(repeated("€", 153)).parts == 3)
    }

    @Test func `any other character makes it UCS-2, with 70 characters, or 67 a part`() {
        for (length, parts) in [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)] {
            #expect(SMSText(repeated("ж", length)).parts == parts, "\(length)")
            #expect(SMSText(repeated("a", length - 1) + "ç").parts == parts, "\(length)")
        }
    }

    @Test func `a surrogate pair counts two and is not split`() {
        #expect(SMSText(repeated("😀", 35)).parts == 1)
        #expect(SMSText(repeated("😀", 36)).parts == 2)
        // 33 pairs a segment and not 33.5.
        #expect(SMSText(repeated("😀", 66)).parts == 2)
        #expect(SMSText(repeated("😀", 67)).parts == 3)
        #expect(SMSText(repeated("ж", 66) + "😀" + repeated("ж", 66)).parts == 3)
        #expect(SMSText(repeated("ж", 65) + "😀" + repeated("ж", 67)).parts == 2)
    }

    @Test func `a line end of two characters counts two`() {
        #expect(SMSText(repeated("\r\n", 80)).parts == 1)
        #expect(SMSText(repeated("\r\n", 81)).parts == 2)
        #expect(SMSText("\r\n").characters == 2)
    }

    @Test func `a letter with a combining accent is not the letter of the alphabet`() {
        #expect(SMSText("é").isGSM7)
        #expect(!SMSText("e\u{301}").isGSM7)
    }
}
