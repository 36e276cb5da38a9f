import Testing

@testable import Telephony

struct NumberFormTests {
    @Test(arguments: [
        ("+14155550100", ["+14155550100", "14155550100", "4155550100", "(415) 555-0100"]),
        ("+442079460123", ["+442079460123", "442079460123", "2079460123", "02079460123"]),
        ("+919876543210", ["+919876543210", "919876543210", "9876543210", "09876543210"]),
        ("+4930123456", ["+4930123456", "4930123456", "30123456", "030123456"]),
        ("+74951234567", ["+74951234567", "74951234567", "4951234567", "84951234567"]),
        ("+3612345678", ["+3612345678", "3612345678", "12345678", "0612345678"]),
        ("+390612345678", ["+390612345678", "390612345678", "0612345678"]),
        ("+34911234567", ["+34911234567", "34911234567", "911234567"]),
        ("+35312345678", ["+35312345678", "35312345678", "12345678", "012345678"]),
        ("+2101234567", ["+2101234567", "2101234567"]),
        ("+12425550100", ["+12425550100", "12425550100", "2425550100", "(242) 555-0100"]),
    ])
    func `a number is looked for in the forms that its country writes`(_ number: String, _ forms: [String]) throws {
        let found = try #require(PhoneNumber(number)).forms
        #expect(found == forms)
    }

    @Test(arguments: [
        nil, "", " ", "anonymous", "Anonymous", "unknown", "+", "+0123456789", "+123456", "+1234567890123456",
        "14155550100",
        "+1 415 555 0100", "+1415555010a", "sip:maria@example.com", "maria@example.com", "+266696687", "+7378742833",
        "+2562533", "+8656696", "+86282452253", "+१४१५५५५०१००", "+14155550100\n",
    ])
    func `withheld numbers and what is no number are none`(address: String?) {
        #expect(PhoneNumber(caller: address) == nil)
    }

    @Test func `no calling code is the beginning of another, and each is of one to three digits`() {
        let codes = NumberingPlan.callingCodes
        #expect(codes.count == 215)
        for code in codes {
            #expect((1...3).contains(code.utf8.count) && Int(code) != nil && !code.hasPrefix("0"))
            #expect(!codes.contains { $0 != code && $0.hasPrefix(code) }, "\(code)")
        }
    }

    @Test func `no form of any number is empty or comes twice`() throws {
        for code in NumberingPlan.callingCodes {
            for rest in ["", "1", "123456", "0123456789", "415555010"] {
                guard let number = PhoneNumber("+\(code)\(rest)") else { continue }
                #expect(!number.forms.contains(""))
                #expect(Set(number.forms).count == number.forms.count)
            }
        }
    }
}
