import HTTPTypes
import Testing

@testable import AWS

struct AWSFaultTests {
    private func fault(_ body: String, errorType: String? = nil) -> AWSFault {
        var head = HTTPResponse(status: .badRequest)
        head.headerFields[.amzErrorType] = errorType
        return AWSFault(head: head, body: Array(body.utf8))
    }

    @Test(arguments: [
        (
            #"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}"#,
            "ConditionalCheckFailedException"
        ),
        (#"{"__type":"ThrottlingException:http://internal.amazon.com/coral/"}"#, "ThrottlingException"),
        (#"{"code":"aws.x#Name:http://y#z"}"#, "Name"), (#"{"Code":"Name"}"#, "Name"),
        (#"{"code":400,"__type":"Name"}"#, "Name"), (#"{"message":"no code"}"#, ""), ("", ""), ("<html>", ""),
        ("[1]", ""), ("null", ""),
        (
            "<ErrorResponse xmlns='http://sns'><Error><Type>Sender</Type><Code>OptedOut</Code></Error></ErrorResponse>",
            "OptedOut"
        ),
        (
            "<ErrorResponse><Errors><Error><Code>SignatureDoesNotMatch</Code></Error></Errors></ErrorResponse>",
            "SignatureDoesNotMatch"
        ),
        ("\n<?xml version='1.0'?>\n<Error><Code>NoSuchKey</Code></Error>", ""),
        ("<?xml version='1.0'?>\n<Error><Code>NoSuchKey</Code></Error>", "NoSuchKey"),
        // A code is printed, so an invalid one is dropped.
        (#"{"__type":"jane@example.com is not verified"}"#, ""),
    ])
    func `the code is found in every protocol`(_ body: String, _ code: String) {
        #expect(fault(body).code == code)
    }

    @Test func `the header's type goes before the body's`() {
        let fault = fault(#"{"__type":"Body"}"#, errorType: "TooManyRequestsException:http://internal/")
        #expect(fault.code == "TooManyRequestsException")
    }

    @Test func `the reason of a conflict is kept`() {
        let body = #"{"__type":"ConflictException","Reason":"DESTINATION_PHONE_NUMBER_OPTED_OUT","Message":"x"}"#
        #expect(fault(body).reason == "DESTINATION_PHONE_NUMBER_OPTED_OUT")
        #expect(fault(#"{"__type":"ConflictException"}"#).reason == nil)
    }
}
