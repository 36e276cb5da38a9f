import LocalServices
import TestSupport
import VoiceAuth
import Testing

@testable import VoiceAuthCheck

@Suite(.takingTurns) struct ContactModeTests {
    typealias Bench = VoiceCheckFixture

    @Test func `a first begin makes a user and hands a code over`() async throws {
        try await Bench.run { fixture async throws in
            let output = try await fixture.invoke(Bench.event())
            #expect(output.branch == .enrollFromScratch)
            #expect(output.handoverCode?.hasPrefix(",,,") == true)
            #expect(output.handoverCode?.dropFirst(3).count == 8)
            #expect(output.handoverCode?.dropFirst(3).allSatisfy(\.isNumber) == true)
            #expect(await fixture.voiceItCalls == ["POST /users"])
        }
    }

    @Test func `a repeated begin answers the same, with a code that works, and makes no other user`() async throws {
        try await Bench.run { fixture async throws in
            let first = try await fixture.ask("begin")
            let second = try await fixture.ask("begin")
            #expect(second.branch == .enrollFromScratch)
            #expect(second.handoverCode != first.handoverCode)
            #expect(try await fixture.ask("begin", contact: "contact-2").branch == .enroll)
            #expect(await fixture.users.count == 1)
            #expect(try await fixture.call("CA1", code: second.handoverCode) == .verified)
        }
    }

    @Test func `before its code has come the result is retry, then failedverified, and nothing changes`() async throws {
        try await Bench.run { fixture async throws in
            #expect(try await fixture.branch("result") == "retry")
            #expect(fixture.aws.items.isEmpty)
            let output = try await fixture.ask("begin")
            func asked(_ branch: String) async throws {
                let writes = fixture.aws.bodies(of: .putItem).count
                #expect(try await fixture.branch("result") == branch)
                #expect(fixture.aws.bodies(of: .putItem).count == writes)
            }
            try await asked("retry")
            #expect(try await fixture.call("CA0", code: "00000000") == nil)
            try await asked("retry")
            #expect(try await fixture.call("CA1", code: output.handoverCode, []) == nil)
            try await asked("failedverified")
            // Another round, whose code has not come.
            _ = try await fixture.ask("begin")
            try await asked("retry")
        }
    }

    @Test func `a verified call is verified for its contact, again and again, and for no other`() async throws {
        try await Bench.run { fixture async throws in
            let output = try await fixture.ask("begin", Bench.allowed)
            #expect(try await fixture.call("CA1", code: output.handoverCode) == .verified)
            #expect(try await fixture.branch("result", contact: "spoofer") == "retry")
            for _ in 0..<3 { #expect(try await fixture.branch("result") == "verified") }
            fixture.advance(seconds: 86_399)
            #expect(try await fixture.branch("result") == "verified")
            #expect(try await fixture.branch("result", contact: "spoofer") == "retry")
            fixture.advance(seconds: 1)
            #expect(try await fixture.branch("result") == "failedverified")
        }
    }

    @Test func `a spoofer of the number gets a code of his own, and it proves nothing for him`() async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enrollVouched()
            let victim = try await fixture.ask("begin", contact: "victim")
            let spoofer = try await fixture.ask("begin", contact: "spoofer")
            #expect(try await fixture.call("CA1", code: victim.handoverCode) == .verified)
            #expect(try await fixture.branch("result", contact: "spoofer") == "retry")
            #expect(try await fixture.call("CA2", code: spoofer.handoverCode, [.failed]) == nil)
            #expect(try await fixture.branch("result", contact: "spoofer") == "failedverified")
            #expect(try await fixture.branch("result", contact: "victim") == "verified")
        }
    }

    @Test(arguments: [(119.9, "verified"), (120.0, "verified"), (120.1, "failedverified"), (-0.1, "failedverified")])
    func `a proof that is too old, or from the future, is none`(seconds: Double, branch: String) async throws {
        try await Bench.run { fixture async throws in
            let output = try await fixture.ask("begin", Bench.allowed)
            try await fixture.call("CA1", code: output.handoverCode)
            fixture.advance(seconds: seconds)
            #expect(try await fixture.branch("result") == branch)
        }
    }

    @Test func `a code expires`() async throws {
        try await Bench.run(["VOICE_CODE_SECONDS": "5", "VOICE_CODE_DIGITS": "12", "VOICE_CODE_PAUSES": "0"]) {
            fixture async throws in
            let output = try await fixture.ask("begin")
            #expect(output.handoverCode?.count == 12 && output.handoverCode?.allSatisfy(\.isNumber) == true)
            fixture.advance(seconds: 5)
            #expect(try await fixture.call("CA1", code: output.handoverCode) == nil)
        }
    }

    @Test func `an enrolled caller is asked to verify`() async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            let output = try await fixture.ask("begin")
            #expect(output.branch == .verify)
            #expect(output.handoverCode != nil)
            #expect(await fixture.voiceItCalls == ["POST /users"])
        }
    }

    @Test func `three failures lock the caller out, without a code, until one no longer counts`() async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            let output = try await fixture.ask("begin")
            #expect(
                try await fixture.call("CA1", code: output.handoverCode, [.failed, .failed, .failed]) == .lockedOut)
            #expect(try await fixture.branch("result") == "lockedout")
            #expect(try await fixture.ask("begin", contact: "contact-2") == VoiceOutput.branch(.lockedOut))
            fixture.advance(seconds: 899)
            #expect(try await fixture.branch("begin", contact: "contact-3") == "lockedout")
            fixture.advance(seconds: 1)
            #expect(try await fixture.branch("begin", contact: "contact-3") == "verify")
        }
    }

    @Test func `a CRM id is another identity than the number`() async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll(contact: "c1", ["identity": "0035g00000XyZ"])
            #expect(try await fixture.branch("begin", contact: "c2") == "enrollfromscratch")
            #expect(try await fixture.branch("begin", ["identity": "0035g00000XyZ"], contact: "c3") == "verify")
            #expect(await fixture.users.count == 2)
        }
    }

    @Test func `a result that does not repeat the identity finds it, and another one proves nothing`() async throws {
        try await Bench.run { fixture async throws in
            let record = ["identity": "0035g00000XyZ"]
            let output = try await fixture.ask("begin", record.merging(Bench.allowed) { $1 }, number: nil)
            try await fixture.call("CA1", code: output.handoverCode)
            #expect(try await fixture.branch("result", ["identity": "0035g00000AbC"], number: nil) == "retry")
            #expect(try await fixture.branch("result", number: nil) == "verified")
            #expect(try await fixture.branch("result", ["identity": "0035g00000XyZ"]) == "verified")
        }
    }

    @Test(arguments: [
        nil, "anonymous", "", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253", "12065550142",
    ]) func `a withheld caller is unavailable and becomes nobody`(number: String?) async throws {
        try await Bench.run { fixture async throws in
            for phase in ["begin", "result", "confirm", "optout", "delete"] {
                #expect(try await fixture.ask(phase, number: number) == VoiceOutput.branch(.unavailable))
            }
            #expect(fixture.aws.items.isEmpty)
            #expect(await fixture.voiceItCalls.isEmpty)
            let named = ["identity": number ?? "anonymous"]
            if number != "12065550142", number != "" {
                #expect(try await fixture.ask("begin", named) == VoiceOutput.branch(.unavailable))
            }
        }
    }

    @Test func `gated, only whom the flow allows may enrol`() async throws {
        try await Bench.run(Bench.gated) { fixture async throws in
            #expect(try await fixture.ask("begin") == VoiceOutput.branch(.notEnrolled))
            #expect(try await fixture.ask("begin", ["enrollmentAllowed": "false"]) == VoiceOutput.branch(.notEnrolled))
            #expect(await fixture.voiceItCalls.isEmpty)
            let output = try await fixture.ask("begin", ["enrollmentAllowed": "true"])
            #expect(output.branch == .enrollFromScratch)
            #expect(try await fixture.branch("begin", contact: "contact-2") == "notenrolled")
            #expect(try await fixture.call("CA1", code: output.handoverCode) == .verified)
            #expect(try await fixture.branch("begin", contact: "contact-2") == "verify")
        }
    }
}
