import AWS
import Crypto
import JSON
import Settings
import Testing

@testable import VoiceAuth

@Suite struct CallerIdentityTests {
    @Test(arguments: ["+12065550142", "+4930123456", "+1234567", "+123456789012345"])
    func `a number in E.164 is one`(text: String) {
        #expect(CallerIdentity(number: text) == .number(Redacted(text)))
        #expect(CallerIdentity(identity: text) == .number(Redacted(text)))
    }

    @Test(arguments: [
        nil, "", "anonymous", "+", "+0206555014", "+123456", "+1234567890123456", "12065550142", "+1206555014a",
        "+1 206 555 0142", "sip:maria@example.net", "+266696687", "+7378742833", "+2562533", "+8656696",
        "+86282452253",
    ]) func `anything else is withheld`(text: String?) {
        #expect(CallerIdentity(number: text) == nil)
    }

    @Test(arguments: ["anonymous", "Restricted", "UNKNOWN", "+266696687", "+", "+12"])
    func `an identity that stands for a withheld number is none`(text: String) {
        #expect(CallerIdentity(identity: text) == nil)
    }

    @Test func `a CRM id is another person than a number of the same letters`() throws {
        let hash = VoiceHash(secret: Redacted("secret"))
        let number = try #require(CallerIdentity(number: "+12065550142"))
        let names = [
            hash.identity(number).text, hash.identity(.record(Redacted("+12065550142"))).text,
            hash.identity(.record(Redacted("0030000000AbCdE"))).text,
            hash.identity(.record(Redacted("0030000000aBcDe"))).text,
            hash.contact("+12065550142").text, hash.call("+12065550142").text, hash.code("+12065550142").text,
            hash.caller(Redacted("+12065550142")).text, hash.recording("+12065550142").text,
            VoiceHash(secret: Redacted("another")).identity(number).text,
        ]
        #expect(Set(names).count == names.count)
        #expect(!names[0].contains(SHA256.hexDigest("+12065550142")))
        #expect(VoiceHash(secret: Redacted("secret")).identity(number).text == names[0])
    }
}
