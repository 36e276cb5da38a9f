import AmazonConnect
import Foundation
import JSON
import LambdaRuntime
import Settings
import Testing

@Suite struct ContactFlowEventTests {
    private func decode(_ json: String) throws -> ContactFlowEvent {
        try ContactFlowEvent(parsing: Array(json.utf8))
    }

    @Test func `a contact flow's event is read, whatever else is in it`() throws {
        let event = try decode(
            #"""
            {"Name":"ContactFlowEvent","Details":{"ContactData":{"Attributes":{"lang":"pt"},"Channel":"VOICE",
            "ContactId":"c-1","InitialContactId":"c-0","PreviousContactId":"c-0","RelatedContactId":"c-9",
            "CustomerEndpoint":{"Address":"+12065550142","Type":"TELEPHONE_NUMBER"},"SystemEndpoint":null,
            "CustomerId":"7","Description":"d","Name":"n","InitiationMethod":"QUEUE_TRANSFER","InstanceARN":"arn:i",
            "LanguageCode":"en-US","MediaStreams":{"Customer":{"Audio":{"StreamARN":"arn:s","StartTimestamp":"1"}}},
            "Queue":{"ARN":"arn:q","Name":"Sales","OutboundCallerId":{"Address":"+12065550100","Type":"T"}},
            "References":{"r":{"Type":"URL","Value":"https://example.com"}},"Tags":{"a":"b"},
            "SegmentAttributes":{"connect:Subtype":{"ValueString":"connect:Telephony"}}},
            "Parameters":{"text":"t","form":{"a":1}}}}
            """#)
        let contact = event.contact
        #expect(contact.contactID == "c-1")
        #expect(contact.relatedContactID == "c-9")
        #expect(contact.initiationMethod == .queueTransfer)
        #expect(contact.customerEndpoint?.address == "+12065550142")
        #expect(contact.segmentAttributes["connect:Subtype"]?.object != nil)
        #expect(try event.parameters.text("text") == "t")
        #expect(try event.parameters.object("form") == ["a": .number("1")])
    }

    @Test(arguments: [
        #"{"Name":"ContactFlowEvent"}"#, #"{"Details":null}"#, #"{"Name":null,"Details":{}}"#,
        #"{"Details":{"ContactData":null,"Parameters":null}}"#,
        #"{"Details":{"ContactData":{"ContactId":null,"Channel":null,"Queue":null,"Attributes":null,"Tags":7,"#
            + #""MediaStreams":[],"CustomerEndpoint":"x","References":false},"Parameters":{}}}"#,
    ]) func `whatever is missing, null or of another type reads as empty`(json: String) throws {
        #expect(try decode(json) == ContactFlowEvent())
    }

    @Test func `a direct invoke's event is the parameters themselves`() throws {
        let event = try decode(#"{"destination":"+12065550142","ContactData":"mine"}"#)
        #expect(event.contact == ContactData())
        #expect(try event.parameters.text("destination") == "+12065550142")
        #expect(try event.parameters.text("ContactData") == "mine")
    }

    @Test(arguments: ["null", "[]", "[{}]", "1", "true", #""text""#])
    func `an event that is no object is an invalid request that says what is expected`(json: String) {
        let error = #expect(throws: InvalidInput.self) { try decode(json) }
        #expect(error?.description.contains("must be a JSON object") == true)
    }

    @Test(arguments: [
        (#"{"Details":[]}"#, "Details"), (#"{"Details":{"Parameters":"x"}}"#, "Details.Parameters"),
        (#"{"Details":{"ContactData":1}}"#, "Details.ContactData"),
    ]) func `a part that must be an object is named when it is none`(json: String, name: String) {
        let error = #expect(throws: InvalidInput.self) { try decode(json) }
        #expect(error == InvalidInput("\(name) must be a JSON object."))
    }

    @Test func `an unknown initiation method stays as it came`() throws {
        let contact = try decode(#"{"Details":{"ContactData":{"InitiationMethod":"WEBRTC_API"}}}"#).contact
        #expect(contact.initiationMethod?.rawValue == "WEBRTC_API")
    }
}
