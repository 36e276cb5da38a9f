import Telephony
import Testing

@Suite struct FieldPresenceTests {
    private static func presence(_ number: String, _ field: String) throws -> PhoneNumber.Presence? {
        try #require(PhoneNumber(number)).presence(in: field)
    }

    @Test(arguments: [
        "+442079460018", "+44 20 7946 0018", "+44 (0)20 7946 0018", "+44 (0) 20 7946-0018", "0044 20 7946 0018",
        "00 44 (0)20 79460018", "011 44 20 7946 0018", "44 20 7946 0018", "442079460018", "(+44) 20 7946 0018",
        "Tel. +44 20 7946 0018", "\u{202A}+44 20 7946 0018\u{202C}",
    ])
    func `a field with the calling code is the number, however it is written`(field: String) throws {
        #expect(try Self.presence("+442079460018", field) == .international)
    }

    @Test(arguments: ["020 7946 0018", "(020) 7946 0018", "2079460018", "(0)20 7946 0018", "020/79460018"])
    func `a field without the calling code is the number, of whatever country`(field: String) throws {
        #expect(try Self.presence("+442079460018", field) == .national)
    }

    @Test(arguments: [
        // Another country's, by its own calling code.
        "+1 207 946 0018", "0049 2079460018", "+49 20 7946 0018", "00 20 7946 0018", "+2079460018", "+02079460018",
        // Other digits, and more of them.
        "020 7946 0019", "020 7946 0018 x12", "020 7946 0018 / 0171 4444", "00 020 7946 0018", "011 020 7946 0018",
        "1 020 7946 0018", "0 020 7946 0018", "79460018", "7946 0018", "", "+", "no number", "0", "0018",
        "4444 20 7946 0018", "0044 0044 20 7946 0018", String(repeating: "2", count: 4000),
    ])
    func `another number is not the number`(field: String) throws {
        #expect(try Self.presence("+442079460018", field) == nil)
    }

    @Test func `a leading 1 is North America's calling code, and there is no trunk prefix`() throws {
        #expect(try Self.presence("+12065550100", "1 (206) 555-0100") == .international)
        #expect(try Self.presence("+12065550100", "(206) 555-0100") == .national)
        #expect(try Self.presence("+12065550100", "011 1 206 555 0100") == .international)
        #expect(try Self.presence("+12065550100", "0 206 555 0100") == nil)
        #expect(try Self.presence("+12065550100", "1 1 206 555 0100") == nil)
    }

    @Test func `each country has its own trunk prefix`() throws {
        #expect(try Self.presence("+74951234567", "8 (495) 123-45-67") == .national)
        #expect(try Self.presence("+74951234567", "0 495 123 45 67") == nil)
        #expect(try Self.presence("+3612345678", "06 1 234 5678") == .national)
        // The zero of Italian numbers belongs to them.
        #expect(try Self.presence("+390612345678", "06 1234 5678") == .national)
        #expect(try Self.presence("+390612345678", "+39 (0)6 1234 5678") == .international)
        #expect(try Self.presence("+390612345678", "6 1234 5678") == nil)
        // South Africa's 011 is an area behind a trunk prefix, too.
        #expect(try Self.presence("+27117834000", "011 783 4000") == .national)
    }

    @Test func `under a calling code that is not assigned the whole number alone counts`() throws {
        #expect(try Self.presence("+9991234567", "+999 123 4567") == .international)
        #expect(try Self.presence("+9991234567", "1234567") == nil)
        #expect(try #require(PhoneNumber("+9991234567")).nationalDigits == "9991234567")
        #expect(try #require(PhoneNumber("+442079460018")).nationalDigits == "2079460018")
    }
}
