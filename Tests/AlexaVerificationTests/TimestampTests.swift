import AlexaVerification
import Settings
import TestSupport
import Testing

@testable import enum AlexaVerification.RequestTimestamp

@Suite(.takingTurns) struct TimestampTests {
    @Test(arguments: [(0, true), (150, true), (-150, true), (151, false), (-151, false), (86400, false)])
    func `150 s off either way are taken, 151 are not`(seconds: Int, isTaken: Bool) async throws {
        let authority = try ChainFixture.authority.get()
        let fixture = try ChainFixture(authority.leaf, authority.intermediate)
        let refusal = try await fixture.verify(timestamp: fixture.timestamp(Double(seconds)))
        #expect(refusal?.code == (isTaken ? nil : .staleTimestamp))
        #expect(fixture.server.requests.count == (isTaken ? 1 : 0))
    }

    @Test(arguments: [(3600, true), (-3600, true), (3601, false), (-3601, false)])
    func `events about the skill may be an hour old`(seconds: Int, isTaken: Bool) async throws {
        let authority = try ChainFixture.authority.get()
        let fixture = try ChainFixture(authority.leaf, authority.intermediate)
        let timestamp = fixture.timestamp(Double(seconds))
        for (type, isEvent) in [
            ("AlexaSkillEvent.SkillEnabled", true), ("AlexaSkillEvent.SkillDisabled", true), ("LaunchRequest", false),
            ("XAlexaSkillEvent.SkillEnabled", false), ("AlexaSkillEvents", false),
        ] {
            let refusal = try await fixture.verify(timestamp: timestamp, requestType: type)
            #expect(refusal?.code == (isTaken && isEvent ? nil : .staleTimestamp))
        }
    }

    @Test func `a timestamp that is missing is refused, and nothing is fetched`() async throws {
        let fixture = try ChainFixture()
        #expect(try await fixture.verify(signature: "AAAA", timestamp: .some(nil))?.code == .staleTimestamp)
        #expect(try await fixture.verify(signature: "AAAA", timestamp: "1779000000")?.code == .staleTimestamp)
        #expect(fixture.proxy.connectionCount == 0)
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-05-13T12:34:56Z", 1_778_675_696),
        ("2026-05-13T12:34:56.999Z", 1_778_675_696),
        ("2026-05-13T14:34:56+02:00", 1_778_675_696), ("2026-05-13T07:04:56-0530", 1_778_675_696),
        ("2024-02-29T00:00:00Z", 1_709_164_800),
    ])
    func `ISO 8601 is read`(text: String, seconds: Int) {
        #expect(RequestTimestamp.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "now", "2026-05-13", "2026-05-13T12:34:56", "2026-05-13 12:34:56Z", "2026-05-13T12:34Z",
        "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-00-10T00:00:00Z", "2026-05-13T24:00:00Z",
        "2026-05-13T12:60:00Z", "2026-05-13T12:34:60Z", "2026-05-13T12:34:56.Z", "2026-05-13T12:34:56Zx",
        " 2026-05-13T12:34:56Z", "2026-05-13T12:34:56+2", "+026-05-13T12:34:56Z", "1778675696",
        "2026-05-13T12:34:56+", "2026-05-13T12:34:56-99:00", "\u{662}026-05-13T12:34:56Z",
    ])
    func `what is no date in ISO 8601 is not read`(text: String) {
        #expect(RequestTimestamp.seconds(text) == nil)
    }

    @Test(arguments: [("false", false), ("FALSE", false), ("False", false), ("true", true), ("0", true), ("no", true)])
    func `only false switches verification off`(value: String, isOn: Bool) throws {
        func setting(_ variables: [String: String]) throws -> VerificationSetting {
            try Environment(variables).read(VerificationSetting.variable)
        }
        #expect(try setting(["ASK_VERIFY_REQUESTS": value]) == (isOn ? .on : .off))
        #expect(try setting([:]) == .on)
    }
}
