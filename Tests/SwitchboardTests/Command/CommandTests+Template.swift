import Settings
import TestSupport
import Testing

extension CommandTests {
    @Test func `template.yaml's variables are there, and a name that it does not have is refused`() throws {
        try project.add(
            "template.yaml",
            """
            Parameters: {Kind: {Default: plain}}
            Resources:
              Scripted:
                Type: AWS::Serverless::Function
                Properties: {Environment: {Variables: {KIND: !Ref Kind, SMS_TYPE: Promotional}}}
            """)
        try project.add("events/Scripted/env.json", #"{"SMS_TYPE":"Transactional"}"#)
        let run = try run("invoke", "Scripted", "--event", "-", input: #"{"do":"environment"}"#)
        #expect(run.output.contains(#""KIND": "plain""#) && run.output.contains(#""SMS_TYPE": "Transactional""#))
        try project.add("events/Scripted/env.json", #"{"SMS_TYPO":"Transactional"}"#)
        let refused = try self.run("invoke", "Scripted", "--event", "-", input: "{}")
        #expect(refused.status == 1 && refused.errors.contains("SMS_TYPO, which template.yaml does not declare"))
    }
}
