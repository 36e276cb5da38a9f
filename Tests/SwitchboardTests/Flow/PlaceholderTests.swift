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
            "TODO", "TBD", "FIXME", "XXX", "XXXXX", "PLACEHOLDER", " TODO. ", "<TODO>", "Dear {{ first name }},",
            "<link to an external website>", "ask <your admin> first",
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
        "100% of XXL", "${QueueArn}", "${Sender.Arn}", "Press [YES PLEASE].", "mail@example.com", "+12065550100",
        "TBD TODO", "1 <2> 3", "https://clinic.example/caf%C3%A9", "<https://clinic.example/a>", "<jo@example.net>",
        "<img src='x'><audio src=$.External.url></audio><li>a<li>b", "<p>A<p>B", "$.Attributes['GIVEN_NAME'] is here",
        "a {b} {{c} d", "50% OFF% A", "X-RAY", "XX",
    ])
    func `ordinary words, markup and references are none`(text: String) throws {
        #expect(try faults("MessageParticipant", "Text", .string(text)) == [])
    }

    @Test(arguments: [
        "REPLACE_CARD", "ENTER_PIN", "CHANGE_ADDRESS", "GOLD_PLUS", "TBD", "<break time=\"1s\"/>", "EN_US", "A_B",
        "<speak>Hello <break/></speak>",
    ])
    func `values of attributes are no markers only for their capitals`(text: String) throws {
        #expect(try faults("UpdateContactAttributes", "Attributes", ["a": .string(text)]) == [])
        #expect(try faults("InvokeLambdaFunction", "LambdaInvocationAttributes", ["a": .string(text)]) == [])
    }

    @Test(arguments: [("INSERT_NAME_HERE", 1), ("YOUR_KEY", 1), ("{{name}}", 0), ("Hello {{name}}, <b>", 0)])
    func `what a function is passed is data, a template too`(text: String, count: Int) throws {
        #expect(try faults("InvokeLambdaFunction", "LambdaInvocationAttributes", ["a": .string(text)]).count == count)
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
        "arn:aws:lambda:eu-west-1:210987654321:function:<name>", "ENTER LAMBDA HERE", "Changeme123",
        "insert-lambda-arn",
        "arn:aws:lambda:eu-west-1:210987654321:function:xxx-xxx", "__lambda_arn__", "lambda_arn_here", "TBD", "$LAMBDA",
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
        "arn:aws:lambda:eu-west-1:210987654321:function:replace-card", "insert-order", "enter_pin",
        "arn:aws:lambda:eu-west-1:999999999999:function:x:$LATEST",
        "arn:${AWS::Partition}:lambda:${AWS::Region}:210987654321:function:x",
    ])
    func `an id that is one is no placeholder`(text: String) throws {
        #expect(try faults("InvokeLambdaFunction", "LambdaFunctionARN", .string(text)) == [])
    }

    @Test func `an ARN is looked at wherever it stands`() throws {
        let arn = JSONValue.string("arn:aws:connect:REGION:210987654321:instance/1/queue/2")
        #expect(try faults("UpdateContactAttributes", "Attributes", ["queue": arn]).count == 1)
        #expect(try faults("InvokeLambdaFunction", "LambdaInvocationAttributes", ["queue": arn]).count == 1)
    }

    @Test func `a long text takes no longer for each of its characters`() throws {
        for part in ["$.Attributes.first_name ", "{{", "<a ", "%A", "[", "${", "$['", "</b", "A_B ", "<b>"] {
            let text = String(repeating: part, count: 300_000 / part.utf8.count)
            let clock = ContinuousClock()
            var found = 0
            let taken = clock.measure {
                for use in [FlowText.Use.seen, .ssml, .address] {
                    found += Placeholder.all(in: FlowText(text: text, use: use)).count
                }
            }
            #expect(found >= 0 && taken < .seconds(20), "\(part): \(taken)")
        }
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
