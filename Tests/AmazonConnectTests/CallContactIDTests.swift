import AmazonConnect
import JSON
import LambdaRuntime
import Testing

@Suite struct CallContactIDTests {
    private func id(contact: String, parameters: String = "{}") throws -> String {
        try ContactFlowEvent(
            parsing: Array(#"{"Details":{"ContactData":\#(contact),"Parameters":\#(parameters)}}"#.utf8)
        ).callContactID
    }

    private static let guide = #"{"connect:Subtype":{"ValueString":"connect:Guide"}}"#
    private static let call = #"{"connect:Subtype":{"ValueString":"connect:Telephony"}}"#

    @Test func `the parameter wins in a call's contact and in a guide's`() throws {
        for segments in [Self.call, Self.guide] {
            let contact = #"{"ContactId":"own","RelatedContactId":"related","SegmentAttributes":\#(segments)}"#
            #expect(try id(contact: contact, parameters: #"{"callContactId":"given"}"#) == "given")
        }
    }

    @Test(arguments: [#"{"callContactId":""}"#, #"{"callContactId":null}"#, "{}", "null"])
    func `without the parameter a guide's contact is that of the call it is related to`(parameters: String) throws {
        let contact = #"{"ContactId":"own","RelatedContactId":"related","SegmentAttributes":\#(Self.guide)}"#
        #expect(try id(contact: contact, parameters: parameters) == "related")
    }

    @Test(arguments: [#""RelatedContactId":null"#, #""RelatedContactId":"""#, #""Name":"n""#])
    func `a guide that is related to no contact has its own id`(related: String) throws {
        #expect(
            try id(contact: #"{"ContactId":"own",\#(related),"SegmentAttributes":\#(Self.guide)}"#) == "own")
    }

    @Test(arguments: [
        call, "null", "{}", "[]", #"{"connect:Subtype":null}"#, #"{"connect:Subtype":"connect:Guide"}"#,
        #"{"connect:Subtype":{"ValueString":"connect:guide"}}"#, #"{"connect:Subtype":{"ValueString":7}}"#,
    ]) func `any other contact has its own id, whatever it is related to`(segments: String) throws {
        let contact = #"{"ContactId":"own","RelatedContactId":"related","SegmentAttributes":\#(segments)}"#
        #expect(try id(contact: contact) == "own")
    }

    @Test func `a direct invoke has the id that it gives, or none`() throws {
        #expect(try ContactFlowEvent(parsing: Array(#"{"callContactId":"given"}"#.utf8)).callContactID == "given")
        #expect(try ContactFlowEvent(parsing: Array(#"{"callContactId":""}"#.utf8)).callContactID.isEmpty)
        #expect(try ContactFlowEvent(parsing: Array("{}".utf8)).callContactID.isEmpty)
    }

    @Test func `a parameter that is no text is refused by name`() throws {
        let event = try ContactFlowEvent(parsing: Array(#"{"callContactId":{"id":"x"}}"#.utf8))
        let error = #expect(throws: InvalidInput.self) { try event.callContactID }
        #expect(error == InvalidInput("The parameter callContactId must be a string."))
    }
}
