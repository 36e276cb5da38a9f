import AWS
import Settings
import Testing

@testable import VoiceAuth

@Suite struct VoiceSettingsTests {
    private static let least = ["VOICE_TABLE": "t", "VOICE_HASH_SECRET": "0123456789abcdef"]

    private func settings(_ variables: [String: String] = [:]) throws -> VoiceSettings {
        try Environment(Self.least.merging(variables) { $1 }).read(VoiceSettings.variable)
    }

    @Test func `the defaults are those of contact mode`() throws {
        #expect(try settings().rules == VoiceRules())
        #expect(try settings().rules.proofSeconds == 120)
    }

    @Test func `in caller-id mode a proof holds for 10 seconds, unless said otherwise`() throws {
        #expect(try settings(["VOICE_AUTH_BINDING": "caller-id"]).rules.proofSeconds == 10)
        let longer = ["VOICE_AUTH_BINDING": "caller-id", "VOICE_PROOF_SECONDS": "20"]
        #expect(try settings(longer).rules.proofSeconds == 20)
    }

    @Test func `every variable is read`() throws {
        let rules = try settings([
            "VOICE_AUTH_BINDING": "caller-id", "VOICE_ENROLL": "gated", "VOICE_PROOF_SECONDS": "1",
            "VOICE_REQUIRED_ENROLLMENTS": "4", "VOICE_MAX_FAILURES": "5", "VOICE_LOCKOUT_SECONDS": "6",
            "VOICE_CODE_DIGITS": "7", "VOICE_CODE_SECONDS": "8", "VOICE_CODE_PAUSES": "0",
        ]).rules
        #expect(rules.binding == .callerID)
        #expect(rules.enrollment == .gated)
        #expect(
            [
                rules.proofSeconds, rules.requiredEnrollments, rules.maximumFailures, rules.lockoutSeconds,
                rules.codeDigits, rules.codeSeconds, rules.codePauses,
            ] == [1, 4, 5, 6, 7, 8, 0])
    }

    @Test func `a code has 8 digits and 3 pauses, and no fewer than 6 and none`() throws {
        #expect(try settings().rules.codeDigits == 8)
        #expect(try settings().rules.codePauses == 3)
        for (name, good, bad) in [("VOICE_CODE_DIGITS", [6, 12], [5, 13]), ("VOICE_CODE_PAUSES", [0, 8], [-1, 9])] {
            for value in good { _ = try settings([name: "\(value)"]) }
            for value in bad {
                #expect(throws: EnvironmentError.self) { try settings([name: "\(value)"]) }
            }
        }
    }

    @Test func `every fault is in one message, without values`() throws {
        let names = [
            "VOICE_AUTH_BINDING", "VOICE_ENROLL", "VOICE_PROOF_SECONDS", "VOICE_REQUIRED_ENROLLMENTS",
            "VOICE_MAX_FAILURES", "VOICE_LOCKOUT_SECONDS", "VOICE_CODE_DIGITS", "VOICE_CODE_SECONDS",
            "VOICE_CODE_PAUSES",
        ]
        let wrong = Dictionary(uniqueKeysWithValues: names.map { ($0, "wrongvalue") })
        let error = #expect(throws: EnvironmentError.self) { try Environment(wrong).read(VoiceSettings.variable) }
        let message = try #require(error).description
        for name in names { #expect(message.contains("\(name) must be")) }
        #expect(message.contains("VOICE_TABLE is not set"))
        #expect(message.contains("VOICE_HASH_SECRET is not set"))
        #expect(!message.contains("wrongvalue"))
    }
}
