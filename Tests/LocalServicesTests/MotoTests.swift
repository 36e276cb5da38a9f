import Foundation
import LocalServices
import TestSupport
import Testing

@Suite(.takingTurns) struct MotoTests {
    @Test func `without a virtual environment the sentence names build.sh`() async {
        await #expect {
            try await Moto.start(virtualEnvironment: "/nowhere")
        } throws: {
            "\($0)".contains("/nowhere/bin/moto_server") && "\($0)".contains("./build.sh")
        }
    }

    @Test func `the local AWS checks signatures and what a key may do`() async throws {
        try await Moto.withRunningForTests { moto in
            let project = try TemporaryProject(bootstrap: PythonFunction.source("calling_function"))
            var configuration = project.configuration
            configuration.environment = moto.environment
            let outcome = try await LocalFunction.withRunning(configuration) { await $0.invoke([]).outcome }
            let came = try JSONDecoder().decode([String: String].self, from: Data(outcome.payload))
            #expect(came["right"] == "200")
            #expect(came["wrong secret"] == "SignatureDoesNotMatch")
            #expect(came["another action"] == "AccessDenied")
            let texts = try await moto.messages().texts
            #expect(texts.map(\.text) == ["right"] && texts.first?.from == "Clinic")
            #expect(try Self.age(of: texts.first?.time) < 60)
            #expect(try await moto.requests().map(\.status).prefix(3) == [200, 403, 403])
        }
    }

    @Test func `seeds can be added later, and signatures are checked again afterwards`() async throws {
        try await Moto.withRunningForTests { moto in
            try await moto.add(.init(senders: ["@later.example"], tables: ["later"], secrets: ["later": "{}"]))
            let project = try TemporaryProject(bootstrap: PythonFunction.source("calling_function"))
            var configuration = project.configuration
            configuration.environment = moto.environment
            let outcome = try await LocalFunction.withRunning(configuration) { await $0.invoke([]).outcome }
            let came = try JSONDecoder().decode([String: String].self, from: Data(outcome.payload))
            #expect(came["wrong secret"] == "SignatureDoesNotMatch")
            #expect(came["secret later"] == "{}")
            let email = try #require(try await moto.messages().emails.first)
            #expect(email.from == "a@later.example" && email.to == ["b@example.net"] && email.cc == ["c@example.net"])
            #expect(email.replyTo == ["r@example.net"] && email.bcc.isEmpty && email.size == 2 + 7)
            #expect(try Self.age(of: email.time) < 60)
            #expect(try await moto.items(inTable: "later").contains(#""Count": 0"#))
        }
    }

    /// Returns the seconds since a time in ISO 8601.
    private static func age(of time: String?) throws -> Double {
        let parsed = try Date(#require(time), strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        return abs(parsed.timeIntervalSinceNow)
    }

    @Test func `stopping ends the server`() async throws {
        let moto = try await Moto.start(virtualEnvironment: Moto.testEnvironment)
        await moto.stop()
        await #expect(throws: (any Error).self) { try await moto.requests() }
    }
}
