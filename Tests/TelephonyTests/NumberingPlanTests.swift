import Foundation
import TestSupport
import Testing

@testable import Telephony

/// libphonenumber's numbers, in every form of every country: the number that is meant, or none.
///
/// `NUMBER_SEED` and `NUMBER_COUNT` in the environment give others, and more of them.
@Suite struct NumberingPlanTests {
    private static func setting(_ name: String, default value: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? value
    }

    private static let cases = Result {
        try PhoneOracle.cases(
            callingCodes: NumberingPlan.callingCodes, seed: setting("NUMBER_SEED", default: 16),
            count: setting("NUMBER_COUNT", default: 2))
    }

    private func readings() throws -> [(case: PhoneOracle.Case, found: String?)] {
        let readers = NumberingPlan.callingCodes.reduce(into: [String: NumberReader]()) { readers, code in
            readers[code] = CallingCode(parsingCountry: code).flatMap(NumberReader.init)
        }
        return try Self.cases.get().map { ($0, readers[$0.country]?.number($0.text)?.text) }
    }

    @Test func `every text is read as the number that is meant, or refused, and most are read`() throws {
        let readings = try readings()
        let wrong = readings.filter { $0.found != nil && $0.found != $0.case.number }
        #expect(readings.count > 30_000)
        #expect(wrong.isEmpty, "\(wrong.prefix(20).map { "\($0.case), read as \($0.found ?? "")" })")
        // The share of those that are read, in percent.
        for (form, least) in [
            "example mobile national": 98, "mobile national": 97, "national": 97, "e164": 97, "international": 97,
            "without plus": 95, "brackets": 95, "dialled": 94, "from abroad": 94,
        ] {
            let such = readings.filter { $0.case.form == form || $0.case.form.hasSuffix(" " + form) }
            let read = such.count { $0.found != nil }
            #expect(read * 100 >= such.count * least, "\(form): \(read) of \(such.count)")
            #expect(such.count > 200, "\(form)")
        }
    }

    @Test func `the forms of a number are those of its country`() throws {
        var missing: [String] = []
        for item in try Self.cases.get() where item.form.hasPrefix("example") {
            let form = item.form.split(separator: " ", maxSplits: 2)[2]
            let isForm = ["digits", "trunk prefix", "without plus", "e164"].contains(form)
            let isNorthAmerica = item.country == "1" && form == "national" && item.text.hasPrefix("(")
            guard isForm || isNorthAmerica, let number = PhoneNumber(item.number) else { continue }
            if !number.forms.contains(item.text) { missing.append("\(item)") }
        }
        #expect(missing.isEmpty, "\(missing.prefix(20))")
    }

    @Test func `the table is the one that the metadata gives`() throws {
        let file = TestProcess.root.appending(path: "Sources/Channels/Telephony/NumberingPlan+Table.swift")
        let text = try String(contentsOf: file, encoding: .utf8)
        let made = try PhoneOracle.table()
        #expect(text == made, "run Tests/TestSupport/Python/numbering_plans.py")
    }

    @Test(arguments: [
        ("7", "8 912 345-67-89", "+79123456789"), ("7", "89123456789", "+79123456789"),
        ("7", "8 (800) 555-35-35", "+78005553535"), ("7", "800 555 35 35", "+78005553535"),
        ("7", "9123456789", "+79123456789"), ("7", "7 912 345 67 89", "+79123456789"),
        ("7", "810 49 170 1234567", "+491701234567"), ("7", "+7 8 912 345-67-89", "+79123456789"),
        ("7", "8 (771) 000 9998", "+77710009998"),
        ("1", "1-206-555-0142", "+12065550142"), ("1", "1 (876) 555-0142", "+18765550142"),
        ("1", "011 49 170 1234567", "+491701234567"), ("1", "12065550142", "+12065550142"),
        ("39", "0612345678", "+390612345678"), ("39", "06 1234 5678", "+390612345678"),
        ("39", "+39 (0)6 12345678", "+390612345678"), ("39", "+39 06 12345678", "+390612345678"),
        ("39", "393331234567", "+393331234567"), ("39", "333 1234567", "+393331234567"),
        ("39", "0049 170 1234567", "+491701234567"),
        ("225", "07 07 12 34 56", "+2250707123456"), ("242", "06 612 3456", "+242066123456"),
        ("36", "06 20 123 4567", "+36201234567"), ("36", "20 123 4567", "+36201234567"),
        ("375", "8 029 491-19-11", "+375294911911"), ("370", "8 612 34567", "+37061234567"),
        ("44", "07700 900123", "+447700900123"), ("44", "+44 (0)7700 900123", "+447700900123"),
        ("44", "0044 (0)7700 900123", "+447700900123"), ("44", "447700900123", "+447700900123"),
        ("49", "+39 (0)6 12345678", "+390612345678"), ("49", "+49 0170 1234567", "+491701234567"),
        ("49", "00491701234567", "+491701234567"), ("49", "00 1 206 555 0142", "+12065550142"),
        ("34", "+34 (0)612 345 678", "+34612345678"), ("61", "0011 1 206 555 0142", "+12065550142"),
        ("55", "(11) 96123-4567", "+5511961234567"), ("55", "011 96123-4567", "+5511961234567"),
        ("1242", "555-0142", "+12425550142"), ("1242", "(242) 555-0142", "+12425550142"),
        ("1242", "1 206 555 0142", "+12065550142"),
    ]) func `each country's numbers are read by its own plan`(country: String, text: String, expected: String) {
        #expect(PhoneNumber(text, defaultCountry: CallingCode(parsingCountry: country))?.text == expected)
    }

    @Test(arguments: [
        // Too short and too long, also dialled from abroad, and without an area code.
        ("1", "555-0142"), ("1", "310-1234"), ("1", "206 555 01422"), ("1", "+1 206 555 014"),
        ("1", "011 1 206 555 014"),
        ("7", "912 345 67 8"), ("49", "123"), ("44", "+44 1"), ("1", "+999 1234567"),
        // A national number of Germany and one of Germany's with its calling code.
        ("49", "4917012345678"),
        // A toll-free number of a carrier, and a call to +1.
        ("66", "001 800 122 5966"),
        // Argentina's 15 moves: read as none.
        ("54", "011 15-2345-6789"),
        ("39", "612345678"), ("225", "07 12 34 56"),
    ]) func `what no plan has, or what may be two numbers, is refused`(country: String, text: String) {
        #expect(PhoneNumber(text, defaultCountry: CallingCode(parsingCountry: country)) == nil)
    }

    @Test(arguments: ["0", "2", "21", "999", "49\u{301}", "+49", "12345", "", "4 9", "٤٩"])
    func `what is no calling code is none`(text: String) {
        #expect(CallingCode(parsing: text) == nil && CallingCode(parsingCountry: text) == nil)
    }

    @Test func `the country of national numbers is a whole calling code, or a part of North America`() {
        #expect(CallingCode(parsingCountry: "1242")?.digits == "1242")
        #expect(CallingCode(parsingCountry: "12") == nil && CallingCode(parsingCountry: "4930") == nil)
        #expect(CallingCode(parsing: "4930")?.digits == "4930")
    }
}
