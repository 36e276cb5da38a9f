import TestSupport
import Testing

@testable import AWS

@Suite(.takingTurns) struct EndUserMessagingClientTests {
    private let message = TextMessage(
        phoneNumber: "+4915112345678", text: "Termin: 5 & 6 Uhr 🎉", originationIdentity: "pool-a1b2c3",
        configurationSet: "switchboard", maxPrice: "0.50", timeToLive: 600)

    @Test func `a message is on the wire as botocore puts it there`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(#"{"MessageId":"m-1"}"#))
        #expect(try await EndUserMessagingClient(fixture.client).sendTextMessage(message, deadline: soon) == "m-1")
        let request = try fixture.onlyRequest(signedFor: "sms-voice")
        #expect(request.target == "/")
        #expect(request["Content-Type"] == "application/x-amz-json-1.0")
        #expect(request["X-Amz-Target"] == "PinpointSMSVoiceV2.SendTextMessage")
        let body = try #require(BotocoreVectors.body("pinpoint-sms-voice-v2", "send_text_message"))
        #expect(try isSameJSON(request.text, body))
    }

    @Test func `the reason says that a number has opted out`() async throws {
        let fixture = try ClientFixture(
            ScriptedServer.Response(
                status: 400,
                #"{"__type":"ConflictException","Message":"+491","Reason":"DESTINATION_PHONE_NUMBER_OPTED_OUT"}"#))
        let error = await failure { () async throws(AWSError) in
            try await EndUserMessagingClient(fixture.client).sendTextMessage(message, deadline: soon)
        }
        #expect(error?.code == "ConflictException" && error?.reason == "DESTINATION_PHONE_NUMBER_OPTED_OUT")
        #expect(
            error?.description
                == "End User Messaging refused SendTextMessage: status 400, ConflictException, "
                + "DESTINATION_PHONE_NUMBER_OPTED_OUT.")
    }
}
