import LocalServices
import Testing

@testable import switchboard

struct EnvironmentFileTests {
    private func values(_ text: String, function: String = "SendSMS") throws -> [String: String] {
        try EnvironmentFile(Array(text.utf8), named: "env.json", function: function).values
    }

    @Test func `a flat object is for whatever function is run`() throws {
        #expect(try values(#"{"A":"1","B":2,"C":true,"D":null,"E":""}"#) == ["A": "1", "B": "2", "C": "true", "E": ""])
    }

    @Test func `in SAM's form the function's own variables win over the shared ones`() throws {
        let file = #"{"SendSMS":{"A":"own"},"SendEmail":{"A":"other"},"Parameters":{"A":"shared","B":"shared"}}"#
        #expect(try values(file) == ["A": "own", "B": "shared"])
        #expect(try values(file, function: "Echo") == ["A": "shared", "B": "shared"])
    }

    @Test func `YAML keeps the characters of a number`() throws {
        #expect(
            try values("A: 007\nB: '1'\nC: 1.10\nD: ~\nE: yes\n") == ["A": "007", "B": "1", "C": "1.10", "E": "yes"])
        #expect(try values("SendSMS:\n  A: x\nParameters:\n  B: y\n") == ["A": "x", "B": "y"])
    }

    @Test(arguments: [
        ("[1]", "must be an object"), (#"{"A":["x"]}"#, "A in env.json must be a text"),
        (#"{"SendSMS":{"A":"x"},"B":"y"}"#, "mixes variables (B)"), ("a: [", "neither JSON nor YAML"),
        (#"{"SendSMS":{"A":{"B":"x"}}}"#, "A in env.json must be a text"),
    ])
    func `anything else is refused with what is wrong`(text: String, reason: String) {
        #expect { try values(text) } throws: { "\($0)".contains(reason) }
    }

    @Test func `senders, tables and secrets to seed are read from the variables`() throws {
        let seeds = try BackEnds.seeds(for: [
            "EMAIL_FROM": "a@example.com", "EMAIL_ALLOWED_SENDERS": "@example.org, b@example.net,",
            "IDEMPOTENCY_TABLE": "mine", "OTHER": "x",
        ])
        #expect(seeds.senders == ["a@example.com", "@example.org", "b@example.net"])
        #expect(seeds.tables == ["mine"])
    }

    @Test func `a live run takes AWS's variables of the shell and nothing of the project's`() {
        let shell = [
            "AWS_PROFILE": "clinic", "AWS_ACCESS_KEY_ID": "A", "AWS_LAMBDA_RUNTIME_API": "x", "EMAIL_FROM": "y",
            "https_proxy": "z", "AWS_DEFAULT_REGION": "eu-west-3", "AWS_SESSION_TOKEN": "",
        ]
        let variables = LiveEnvironment.variables(of: shell)
        #expect(
            variables == [
                "AWS_PROFILE": "clinic", "AWS_ACCESS_KEY_ID": "A", "https_proxy": "z",
                "AWS_DEFAULT_REGION": "eu-west-3",
                "AWS_REGION": "eu-west-3",
            ])
        #expect(LiveEnvironment.warning(variables)?.hasPrefix("This shell has no AWS_SECRET_ACCESS_KEY:") == true)
        #expect(LiveEnvironment.warning(variables.merging(["AWS_SECRET_ACCESS_KEY": "S"]) { $1 }) == nil)
    }
}
