import JSON
import AmazonConnect
import Foundation
import LambdaRuntime
import Settings
import TestSupport
import Testing

@testable import SendEmail

@Suite(.takingTurns) struct EventTests {
    @Test(arguments: try EventFixture.all(of: "SendEmail"))
    func `an event brings what its expectation says`(_ fixture: EventFixture) async throws {
        let setup = try EmailFixture(EventFixture.environment(of: "SendEmail"))
        setup.aws.optOut("+12065550199")
        try #require(!fixture.expectations.isEmpty, "expected.json says nothing of it")
        var first: [String: String] = [:]
        if let before = fixture.before { first = try await output(of: before, setup) }
        for index in fixture.expectations.indices {
            let output = try await output(of: fixture.event, setup)
            if index == 0, fixture.before == nil { first = output }
            let difference = fixture.difference(output, at: index, first: first)
            #expect(difference == nil)
        }
    }

    private func output(of event: Data, _ setup: EmailFixture) async throws -> [String: String] {
        do {
            let event = try ContactFlowEvent(parsing: Array(event))
            let output = try await JSONEncoder().encode(setup.invoke(event))
            return try JSONDecoder().decode([String: String].self, from: output)
        } catch let error as any TypedError {
            return ["errorType": error.errorType, "errorMessage": error.description]
        }
    }
}
