import MessageTemplates
import Testing

@testable import SendEmail

@Suite struct AddressListTests {
    private func allows(_ list: String, _ address: String) throws -> Bool {
        try #require(AddressList(parsing: list)).allows(#require(EmailAddress(address)))
    }

    @Test(arguments: [
        ("a@b.com", "a@b.com"), ("A@B.com", "a@b.COM"), (" x@y.z ,\ta@b.com , ", "a@b.com"), ("@b.com", "anyone@b.com"),
        ("@B.Com", "A@b.com"), ("x@y.z,@b.com", "a@b.com"),
    ]) func `an address is allowed by itself or by its domain, without case`(list: String, address: String) throws {
        #expect(try allows(list, address))
    }

    @Test(arguments: [
        ("a@b.com", "b@b.com"), ("@b.com", "a@mail.b.com"), ("@b.com", "a@ab.com"), ("@b.com", "a@b.com.evil.org"),
        ("@mail.b.com", "a@b.com"), ("a@b.com", "aa@b.com"),
    ]) func `nothing else is allowed, subdomains neither`(list: String, address: String) throws {
        #expect(try !allows(list, address))
    }

    @Test(arguments: ["*", "b.com", "@", "a@b.com;c@d.com", "Maria <a@b.com>", "@@b.com", ",", " , ", "@b.com, x"])
    func `a list that holds anything else is a fault`(text: String) {
        #expect(AddressList(parsing: text) == nil)
    }
}
