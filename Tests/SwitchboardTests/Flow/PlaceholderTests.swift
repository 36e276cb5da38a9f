import JSON
import Testing

@testable import switchboard

@Suite struct PlaceholderTests {
    private func faults(_ type: String, _ name: String, _ value: JSONValue) throws -> [String] {
        try BlockDraft(type, [.with(name, value)]).check.faults
    }

    private static let markers = [
        "INSERT_NAME_HERE", "{{LAMBDA_ARN}}", "<your queue>", "%NAME%", "REPLACE_ME", "__NAME__", "${Unknown.Arn}",
    ]

    @Test(
        arguments: markers.map { "Hello \($0), welcome." } + [
            "TODO", "TBD", "FIXME", "XXX", "XXXXX", "PLACEHOLDER", " TODO. ", "[AWS ACCOUNT ID]", "mail@example.com",
            "+12065550100",
        ])
    func `a marker in what people hear or see is a fault`(text: String) throws {
        let spoken = try faults("MessageParticipant", "Text", .string(text))
        #expect(spoken.count == 1 && spoken.first?.lowercased().contains("placeholder") == true, "\(spoken)")
        #expect(try faults("ShowView", "ViewData", ["Heading": .string(text)]).count == 1)
        #expect(try faults("MessageParticipantIteratively", "Messages", [["Text": .string(text)]]).count == 1)
        #expect(try faults("UpdateContactData", "Name", .string(text)).count == 1)
    }

    @Test(arguments: markers.dropLast()) func `a key is a text like others`(text: String) throws {
        #expect(try faults("ShowView", "ViewData", .object([text: "Repair"])).count == 1)
    }

    @Test(arguments: ["INSERT_NAME_HERE", "{{name}}", "<name>", "%NAME%", "YOUR_KEY"])
    func `attributes are looked at too, keys and values`(text: String) throws {
        #expect(try faults("UpdateContactAttributes", "Attributes", .object([text: "a"])).count == 1)
        #expect(try faults("UpdateContactAttributes", "Attributes", ["a": .string(text)]).count == 1)
    }

    @Test(arguments: [
        "To order a replacement card, press 1.", "Termin TBD", "see TODO", "Todo", "The placeholder of Ms Insert.",
        "<speak>Hello <break time=\"1s\"/> <emphasis>you</emphasis></speak>", "1 < 2", "Press [ENTER].",
        "Choose [1] or [2].", "It is $.Attributes.FIRST_NAME, $['Attributes']['LAST_NAME'], $5 or 10% off.",
        "arn:${AWS::Partition}:connect:${AWS::Region}:aws:view/cards:1", "<b>Now</b><br>or <a href=\"x\">later</a>",
        "100% of XXL", "${QueueArn}", "${Sender.Arn}",
    ])
    func `ordinary words, markup and references are none`(text: String) throws {
        #expect(try faults("MessageParticipant", "Text", .string(text)) == [])
    }

    @Test func `SSML has tags, and markers between them`() throws {
        let spoken = { (text: String) throws -> Int in
            let ssml = JSONValue.string("<speak>\(text)</speak>")
            return try BlockDraft("MessageParticipant", [.no("Text"), .with("SSML", ssml)]).check.faults.count
        }
        #expect(try spoken("It is <say-as interpret-as=\"X_Y\">5</say-as> <mark name='A_B'/> now.") == 0)
        #expect(try spoken("Hello INSERT_NAME_HERE.") == 1)
        #expect(try spoken("TODO") == 1)
    }

    @Test(arguments: [
        "arn:aws:lambda:eu-west-1:123456789012:function:x", "arn:aws:lambda:eu-west-1:REPLACE_ME:function:x",
        "arn:aws:lambda:REGION:210987654321:function:x", "arn:aws:lambda:eu-west-1:[account]:function:x",
        "arn:aws:lambda:eu-west-1:xxxxxxxxxxxx:function:x", "arn:aws:lambda:eu-west-1:210987654321:function:TODO",
        "arn:aws:lambda:eu-west-1:210987654321:function:todo", "$LAMBDA_ARN", "%lambda_arn%", "__LAMBDA_ARN__",
        "arn:aws:lambda:eu-west-1:210987654321:function:REPLACE_ME", "changeme", "CHANGE-ME", "your-function",
        "arn:aws:lambda:eu-west-1:210987654321:function:your-function", "<function>", "{{arn}}", "replace_me",
        "arn:aws:lambda:eu-west-1:210987654321:function:<name>",
    ])
    func `a marker in an ARN is a fault in any case`(text: String) throws {
        let faults = try faults("InvokeLambdaFunction", "LambdaFunctionARN", .string(text))
        #expect(!faults.isEmpty && faults.allSatisfy { $0.hasPrefix("\"it\" has a placeholder left: ") }, "\(faults)")
    }

    @Test func `an example account number is called one`() throws {
        let text = "arn:aws:lambda:eu-west-1:123456789012:function:x"
        let faults = try faults("InvokeLambdaFunction", "LambdaFunctionARN", .string(text))
        #expect(faults == ["\"it\" has a placeholder left: 123456789012, an example account number"])
    }

    @Test(arguments: [
        "arn:aws:lambda:eu-west-1:210987654321:function:x", "arn:aws:lambda:eu-west-1:210987654321:function:todo-list",
        "arn:aws-us-gov:connect:us-gov-west-1:210987654321:instance/x/queue/y", "my_function", "$.Attributes.YOUR_ARN",
        "arn:aws:lambda:eu-west-1:210987654321:function:at-your-service", "replacement", "${Asker.Arn}",
    ])
    func `an id that is one is no placeholder`(text: String) throws {
        #expect(try faults("InvokeLambdaFunction", "LambdaFunctionARN", .string(text)) == [])
    }

    @Test func `a setting is nobody's to hear`() throws {
        #expect(
            try faults("InvokeLambdaFunction", "ResponseValidation", ["ResponseType": "STRING_MAP"]) == [])
        #expect(try faults("UpdateContactAttributes", "Attributes", ["lang": "EN_US", "due": "TBD"]) == [])
        #expect(try BlockDraft("Compare", [.condition("GOLD_PLUS")]).check.faults == [])
        #expect(
            try faults("ShowView", "ViewData", ["Items": [["Type": "FORM_INPUT", "Name": "FIRST_NAME"]]]) == [])
    }
}
