import Foundation
import LambdaRuntime
import LocalServices
import Settings
import TestSupport
import VoiceAuth
import Testing

@testable import VoiceAuthCheck

@Suite(.takingTurns) struct FailureTests {
    typealias Bench = VoiceCheckFixture

    @Test(
        arguments: [
            ["phase": "verify"], ["phase": 7], ["identity": ["a"]], ["identity": String(repeating: "x", count: 257)],
            ["enrollmentAllowed": "yes"], ["enrollmentAllowed": 1],
        ] as [[String: any Sendable]]) func `bad input is an invalid request and reaches no service`(
            parameters: [String: any Sendable]
        ) async throws
    {
        try await Bench.run { fixture async throws in
            let event = try Bench.event(parameters)
            let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
            #expect(error?.code == .invalidRequest)
            #expect(fixture.aws.calls.isEmpty)
            #expect(await fixture.voiceItCalls.isEmpty)
        }
    }

    @Test(arguments: ["begin", "result", "confirm"])
    func `in contact mode there must be a contact`(phase: String) async throws {
        try await Bench.run { fixture async throws in
            for event in [
                try Bench.event(["phase": phase], contact: nil),
                try Bench.decode(["phase": phase, "identity": "0035g00000XyZ"]),
            ] {
                let error = await #expect(throws: FunctionError.self) { try await fixture.invoke(event) }
                #expect(error?.code == .invalidRequest)
            }
        }
    }

    @Test(arguments: ["begin", "result", "confirm", "optout", "delete"])
    func `a table that fails makes the answer unavailable`(phase: String) async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            fixture.aws.behave { _, _ in .refuse(status: 500, code: "InternalServerError") }
            #expect(try await fixture.ask(phase) == VoiceOutput.branch(.unavailable))
        }
    }

    @Test(arguments: ["begin", "result", "confirm", "optout", "delete"])
    func `a table that hangs makes the answer unavailable within 3 s`(phase: String) async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            fixture.aws.behave { _, _ in .hang }
            let start = ContinuousClock.now
            #expect(try await fixture.ask(phase) == VoiceOutput.branch(.unavailable))
            #expect(ContinuousClock.now - start < .seconds(3))
        }
    }

    @Test func `a shorter time than 3 s counts too`() async throws {
        try await Bench.run { fixture async throws in
            fixture.aws.behave { _, _ in .hang }
            let start = ContinuousClock.now
            #expect(try await fixture.invoke(Bench.event(), within: .seconds(1)) == VoiceOutput.branch(.unavailable))
            #expect(ContinuousClock.now - start < .seconds(1))
        }
    }

    @Test func `a VoiceIt that fails makes the answer unavailable, and the next begin makes the user`() async throws {
        try await Bench.run { fixture async throws in
            await fixture.voiceIt.account.misbehave(.code("GERR"))
            #expect(try await fixture.ask("begin") == VoiceOutput.branch(.unavailable))
            #expect(fixture.aws.items.isEmpty)
            #expect(try await fixture.branch("begin") == "enrollfromscratch")
            #expect(await fixture.users.count == 1)
        }
    }

    @Test func `a VoiceIt that is slow makes the answer unavailable within 3 s`() async throws {
        try await Bench.run { fixture async throws in
            await fixture.voiceIt.account.misbehave(.slow(milliseconds: 4000))
            let start = ContinuousClock.now
            #expect(try await fixture.ask("begin") == VoiceOutput.branch(.unavailable))
            #expect(ContinuousClock.now - start < .seconds(3))
            #expect(try await fixture.branch("begin") == "enrollfromscratch")
        }
    }

    @Test(arguments: [
        AWSDouble.Behaviour.refuse(status: 500, code: "InternalServerError"), .refuse(status: 400, code: "Odd"),
    ]) func `a user that cannot be written down is deleted again`(behaviour: AWSDouble.Behaviour) async throws {
        try await Bench.run { fixture async throws in
            // The first write claims the making; the next ones would name the user.
            fixture.aws.behave { operation, number in operation == .putItem && number > 1 ? behaviour : .normal }
            #expect(try await fixture.ask("begin") == VoiceOutput.branch(.unavailable))
            #expect(await fixture.voiceItCalls == ["POST /users", "DELETE /users"])
            #expect(await fixture.users.isEmpty)
        }
    }

    @Test func `a user is deleted again when the table does not even answer`() async throws {
        try await Bench.run { fixture async throws in
            fixture.aws.behave { _, number in number > 1 ? .hang : .normal }
            #expect(try await fixture.ask("begin") == VoiceOutput.branch(.unavailable))
            #expect(await fixture.users.isEmpty)
        }
    }

    @Test(arguments: [
        AWSDouble.Behaviour.resetAfterDoing, .refuseAfterDoing(status: 500), .unreadable, .hang,
    ]) func `a user that is written down, though nobody said so, stays`(behaviour: AWSDouble.Behaviour) async throws {
        try await Bench.run { fixture async throws in
            fixture.aws.behave { operation, number in
                operation == .putItem && (2...4).contains(number) ? behaviour : .normal
            }
            _ = try await fixture.ask("begin")
            fixture.aws.behave { _, _ in .normal }
            #expect(try await fixture.branch("begin") == "enrollfromscratch")
            #expect(await fixture.users.count == 1)
            #expect(await fixture.voiceItCalls == ["POST /users"])
        }
    }

    @Test func `of ten first begins at once one makes the user, and all have codes`() async throws {
        try await Bench.run { fixture async throws in
            let outputs = try await withThrowingTaskGroup(of: VoiceOutput.self) { group in
                for number in 0..<10 {
                    group.addTask { try await fixture.ask("begin", contact: "racer-\(number)") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(await fixture.users.count == 1)
            #expect(outputs.count { $0.branch == .enrollFromScratch } == 1)
            #expect(outputs.count { $0.branch == .enroll } == 9)
            #expect(Set(outputs.compactMap(\.handoverCode)).count == 10)
        }
    }

    @Test(arguments: [nil, AWSDouble.Behaviour.refuse(status: 400, code: "Odd"), .hang])
    func `no item, log line or error holds a number, code or id`(behaviour: AWSDouble.Behaviour?) async throws {
        try await Bench.run { fixture async throws in
            let output = try await fixture.ask("begin", ["identity": "0035g00000XyZ"], contact: "contact-4711")
            if let behaviour { fixture.aws.behave { operation, _ in operation == .putItem ? behaviour : .normal } }
            for phase in ["begin", "result", "optout"] {
                _ = try await fixture.ask(phase, contact: "contact-4711")
            }
            await fixture.voiceIt.account.misbehave(.code("GERR"), times: 9)
            _ = try await fixture.ask("begin", contact: "contact-4712", number: "+12065550199")
            let written = fixture.aws.calls.map(\.body).joined() + fixture.aws.itemText
            let code = try #require(output.handoverCode).filter(\.isNumber)
            #expect(code.count == 8)
            for text in ["5550142", "5550199", "0035g00000XyZ", "contact-471", "\"\(code)\""] {
                #expect(!written.contains(text))
                #expect(!fixture.log.contains(text))
            }
            #expect(!fixture.log.contains(code))
            #expect(!fixture.log.contains("usr_"))
            #expect(fixture.log.contains("unavailable"))
        }
    }

    @Test func `every fault of the environment is in one message`() async throws {
        let error = await #expect(throws: EnvironmentError.self) {
            try await VoiceAuthCheck(
                environment: Environment(["VOICE_AUTH_BINDING": "number", "VOICEIT_BASE_URL": "voiceit"]))
        }
        let message = try #require(error).description
        for text in [
            "VOICE_AUTH_BINDING must be", "VOICEIT_BASE_URL must be", "VOICE_TABLE is not set",
            "VOICE_HASH_SECRET is not set", "VIAPIKEY is not set", "VIAPITOKEN is not set", "AWS_REGION is not set",
        ] { #expect(message.contains(text), "\(text): \(message)") }
    }

    @Test func `half of Twilio's secret is a fault, and none of it is not`() async throws {
        let error = await #expect(throws: EnvironmentError.self) {
            try await VoiceAuthCheck(environment: Environment(["TWILIO_ACCOUNT_SID": "AC1"]))
        }
        #expect(error?.description.contains("TWILIO_AUTH_TOKEN is not set") == true)
        let none = await #expect(throws: EnvironmentError.self) {
            try await VoiceAuthCheck(environment: Environment([:]))
        }
        #expect(none?.description.contains("TWILIO") == false)
    }
}
