import Testing

@testable import Telephony

@Suite struct PhoneNumberTests {
    @Test(arguments: ["+12065550142", "+491701234567", "+390612345678", "+80012345678"])
    func `E.164 is taken with and without a default country`(text: String) throws {
        #expect(PhoneNumber(text, defaultCountry: nil)?.text == text)
        #expect(PhoneNumber(text, defaultCountry: CallingCode(parsing: "49"))?.text == text)
    }

    @Test(arguments: ["+1206555", "+123456789012345", "+2101234567"])
    func `with a default country E.164 needs a length that its own country has`(text: String) throws {
        #expect(PhoneNumber(text, defaultCountry: nil)?.text == text)
        #expect(PhoneNumber(text, defaultCountry: CallingCode(parsing: "49")) == nil)
    }

    @Test(arguments: [
        "", "+", "12065550142", "+120655", "+1234567890123456", "+02065550142", "0170 1234567", "+1 206 555 0142",
        "(206) 555-0142", "+1206555014a", "++12065550142", "+1206555\n0142", "+12065550142\n", " +12065550142",
        "+１２０６５５５０１４２", "+١٢٣٤٥٦٧٨٩", "tel:+12065550142", "0012065550142", "+12065550142,+12065550143",
    ]) func `without a default country nothing is guessed`(text: String) {
        #expect(PhoneNumber(text, defaultCountry: nil) == nil)
    }

    @Test(arguments: [
        ("49", "0170 1234567", "+491701234567"), ("49", "0170/1234567", "+491701234567"),
        ("49", "(030) 123.45-67", "+49301234567"), ("49", "170 1234567", "+491701234567"),
        ("49", "+49 170 1234567", "+491701234567"), ("49", "+49 (0)170 1234567", "+491701234567"),
        ("49", "+1 (206) 555-0142", "+12065550142"), ("1", "(206) 555-0142", "+12065550142"),
        ("1", "206.555.0142", "+12065550142"), ("351", " 912 345 678 ", "+351912345678"),
    ]) func `with a default country a number may be written as people write it`(
        country: String, text: String, expected: String
    ) throws {
        #expect(PhoneNumber(text, defaultCountry: CallingCode(parsing: country))?.text == expected)
    }

    @Test(arguments: [
        "", " ", "0", "0170x1234567", "0170\t1234567", "12-34", "+0170 1234567",
        "0170 1234567\n", "0170\u{301} 1234567",
        "(+49) 170 1234567 ext 5", "0170 1234567 8901 2345", "٠١٧٠١٢٣٤٥٦٧", "0+1701234567", "1701234567;1701234568",
    ]) func `with a default country what is still no number is refused`(text: String) throws {
        #expect(PhoneNumber(text, defaultCountry: CallingCode(parsing: "49")) == nil)
    }

    @Test func `a country covers the numbers that begin with its calling code`() throws {
        let number = try #require(PhoneNumber("+12425550142"))
        #expect(CallingCode(parsing: "1")?.covers(number) == true)
        #expect(CallingCode(parsing: "1242")?.covers(number) == true)
        #expect(CallingCode(parsing: "1246")?.covers(number) == false)
        #expect(CallingCode(parsing: "44")?.covers(number) == false)
    }

    @Test(arguments: ["+49", "049", "0", "12345", "DE", "4 9"])
    func `a calling code is written without plus`(text: String) {
        #expect(CallingCode(parsing: text) == nil)
        #expect(CallingCode.list(parsing: "1,\(text)") == nil)
    }
}
