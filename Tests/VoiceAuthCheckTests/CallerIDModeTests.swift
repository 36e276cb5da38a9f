import LocalServices
import TestSupport
import VoiceAuth
import Testing

@testable import VoiceAuthCheck

@Suite(.takingTurns) struct CallerIDModeTests {
    typealias Bench = VoiceCheckFixture

    @Test func `the seed's first call: enrol, come back, verify, come back verified`() async throws {
        try await Bench.run(Bench.callerID) { fixture async throws in
            #expect(try await fixture.ask("begin", contact: "c1") == VoiceOutput.branch(.enrollFromScratch))
            #expect(try await fixture.call("CA1") == .enrolled)
            #expect(try await fixture.ask("begin", contact: "c2") == VoiceOutput.branch(.verify))
            #expect(try await fixture.call("CA2") == .verified)
            fixture.advance(seconds: 3)
            #expect(try await fixture.ask("begin", contact: "c3") == VoiceOutput.branch(.verified))
            #expect(try await fixture.ask("begin", contact: "c3") == VoiceOutput.branch(.verified))
            #expect(try await fixture.ask("begin", contact: "c4") == VoiceOutput.branch(.verify))
        }
    }

    @Test func `too few recordings are continued`() async throws {
        try await Bench.run(Bench.callerID) { fixture async throws in
            #expect(try await fixture.branch("begin", contact: "c1") == "enrollfromscratch")
            #expect(try await fixture.branch("begin", contact: "c1") == "enrollfromscratch")
            #expect(try await fixture.branch("begin", contact: "c2") == "enroll")
        }
    }

    @Test(arguments: [(10.0, "verified"), (10.1, "failedverified"), (-1.0, "failedverified")])
    func `a proof holds for ten seconds, and begins before it does not`(seconds: Double, branch: String) async throws {
        try await Bench.run(Bench.callerID) { fixture async throws in
            _ = try await fixture.ask("begin", contact: "c1")
            try await fixture.call("CA1")
            _ = try await fixture.ask("begin", contact: "c2")
            try await fixture.call("CA2")
            fixture.advance(seconds: seconds)
            #expect(try await fixture.branch("result", contact: "c3") == branch)
            #expect(try await fixture.branch("begin", contact: "c3") == branch)
            // A retry of the same contact; then the same number again.
            #expect(try await fixture.branch("begin", contact: "c3") == branch)
            #expect(try await fixture.branch("result", contact: "c4") == "failedverified")
            #expect(try await fixture.branch("begin", contact: "c4") == "verify")
        }
    }

    @Test func `a result consumes the proof as a begin does, but starts nothing`() async throws {
        try await Bench.run(Bench.callerID) { fixture async throws in
            _ = try await fixture.ask("begin", contact: "c1")
            try await fixture.call("CA1")
            #expect(try await fixture.branch("result", contact: "c2") == "failedverified")
            #expect(try await fixture.call("CA2") == .unknown)
            _ = try await fixture.ask("begin", contact: "c2")
            try await fixture.call("CA2")
            #expect(try await fixture.branch("result", contact: "c3") == "verified")
            #expect(try await fixture.branch("result", contact: "c3") == "verified")
            #expect(try await fixture.branch("result", contact: "c4") == "failedverified")
        }
    }

    @Test(arguments: ["begin", "result"])
    func `of 50 contacts of the number at once, one is verified`(phase: String) async throws {
        try await Bench.run(Bench.callerID) { fixture async throws in
            _ = try await fixture.ask("begin", contact: "c1")
            try await fixture.call("CA1")
            _ = try await fixture.ask("begin", contact: "c2")
            try await fixture.call("CA2")
            let answers = try await withThrowingTaskGroup(of: (String, String).self) { group in
                for number in 0..<50 {
                    group.addTask { ("racer-\(number)", try await fixture.branch(phase, contact: "racer-\(number)")) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            let branches = Array(answers.values)
            #expect(branches.count { $0 == "verified" } == 1)
            // Every begin is a write of the one item: of fifty at once some may not come to it in the time that a flow has.
            let losers: Set = phase == "begin" ? ["verify", "failedverified", "unavailable"] : ["failedverified"]
            #expect(Set(branches).subtracting(losers) == ["verified"])
            // Whatever the others have begun since.
            let winner = answers.first { $0.value == "verified" }?.key
            #expect(try await fixture.branch(phase, contact: winner) == "verified")
        }
    }

    @Test func `the record that the flow names is found by the number alone`() async throws {
        try await Bench.run(Bench.callerID) { fixture async throws in
            let record = ["identity": "0035g00000XyZ"]
            #expect(try await fixture.branch("begin", record, contact: "c1") == "enrollfromscratch")
            #expect(try await fixture.call("CA1") == .enrolled)
            #expect(try await fixture.branch("begin", record, contact: "c2") == "verify")
            #expect(try await fixture.call("CA2") == .verified)
            #expect(try await fixture.branch("begin", record, contact: "c3") == "verified")
            #expect(await fixture.users.count == 1)
        }
    }

    @Test func `a proof of one number is none for another of the same record`() async throws {
        try await Bench.run(Bench.callerID) { fixture async throws in
            let record = ["identity": "0035g00000XyZ"]
            _ = try await fixture.ask("begin", record, contact: "c1")
            try await fixture.call("CA1")
            _ = try await fixture.ask("begin", record, contact: "c2")
            try await fixture.call("CA2")
            let other = try await fixture.branch("begin", record, contact: "c3", number: "+12065550143")
            #expect(other == "verify")
        }
    }

    @Test func `a withheld caller is unavailable, whatever the flow names`() async throws {
        try await Bench.run(Bench.callerID) { fixture async throws in
            #expect(try await fixture.branch("begin", ["identity": "0035g00000XyZ"], number: nil) == "unavailable")
            #expect(try await fixture.branch("begin", number: "anonymous") == "unavailable")
            #expect(fixture.aws.items.isEmpty)
        }
    }

    @Test func `failures lock the number out`() async throws {
        try await Bench.run(Bench.callerID.merging(["VOICE_MAX_FAILURES": "1"]) { $1 }) { fixture async throws in
            _ = try await fixture.ask("begin", contact: "c1")
            try await fixture.call("CA1")
            _ = try await fixture.ask("begin", contact: "c2")
            #expect(try await fixture.call("CA2", [.failed]) == .lockedOut)
            #expect(try await fixture.branch("begin", contact: "c3") == "lockedout")
            #expect(try await fixture.branch("result", contact: "c3") == "lockedout")
        }
    }
}
