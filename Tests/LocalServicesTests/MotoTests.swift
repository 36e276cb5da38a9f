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
            #expect(try await moto.messages().texts.map(\.text) == ["right"])
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
            #expect(try await moto.items(inTable: "later").contains(#""Count": 0"#))
        }
    }

    @Test func `stopping ends the server`() async throws {
        let moto = try await Moto.start(virtualEnvironment: Moto.testEnvironment)
        await moto.stop()
        await #expect(throws: (any Error).self) { try await moto.requests() }
    }
}
