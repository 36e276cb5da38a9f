import AmazonConnect
import JSON
import TestSupport
import Testing

@testable import SendEmail

@Suite(.takingTurns) struct EventTests {
    @Test(arguments: try EventFixture.all(of: "SendEmail"))
    func `an event brings what its expectation says`(_ fixture: EventFixture) async throws {
        let setup = try EmailFixture(EventFixture.environment(of: "SendEmail"))
        setup.aws.optOut("+12065550199")
        try await fixture.check { event in
            try await JSONText.encode(setup.invoke(ContactFlowEvent(parsing: Array(event))))
        }
    }
}
