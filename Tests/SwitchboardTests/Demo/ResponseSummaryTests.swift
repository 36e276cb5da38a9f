import LocalServices
import Testing

@testable import switchboard

struct ResponseSummaryTests {
    private func summary(_ json: String) -> String { ResponseSummary.text(of: .answer(Array(json.utf8))) }

    @Test func `of a skill it is what Alexa says and does`() {
        #expect(
            summary(
                #"{"version":"1.0","response":{"outputSpeech":{"type":"SSML","ssml":"<speak>Here &amp; <b>now</b>.</speak>"},"#
                    + #""card":{"type":"Simple"},"directives":[{"type":"AudioPlayer.Play"}]}}"#)
                == #""Here & now." + Play + card"#)
        #expect(summary(#"{"version":"1.0","response":{}}"#) == "says nothing")
        #expect(summary(#"{"version":"1.0","response":{"canFulfillIntent":{"canFulfill":"NO"}}}"#) == "can fulfil: NO")
    }

    @Test func `of HTTP it is the status, and the body as people read it`() {
        #expect(
            summary(#"{"statusCode":200,"body":"{\"records\":[1,2],\"done\":true}"}"#) == "200 done=true, records (2)")
        #expect(summary(#"{"statusCode":404,"body":"Not\nhere."}"#) == #"404 "Not here.""#)
        #expect(summary(#"{"statusCode":204,"body":""}"#) == "204")
        let twiML = #"<?xml version=\"1.0\"?><Response><Say language=\"en\">Don&apos;t.</Say><Record/></Response>"#
        #expect(summary(#"{"statusCode":200,"body":""# + twiML + #""}"#) == #"200 <Say> "Don't." <Record>"#)
    }

    @Test func `a signature in a URL is left out`() {
        let location = #"{"statusCode":302,"headers":{"Location":"https://example.com/a.wav?X-Amz-Signature=0f1e"}}"#
        #expect(summary(location) == "302 to https://example.com/a.wav?…")
        #expect(summary(#"{"url":"https://example.com/a?sig=0f1e"}"#) == "url=https://example.com/a?…")
    }

    @Test func `of other objects it is the status and the fields that say something`() {
        #expect(summary(#"{"parts":"1","status":"sent","note":"","none":null}"#) == "sent, parts=1")
        #expect(summary(#"{"error":{"code":"X","at":3}}"#) == "error (at=3, code=X)")
        #expect(summary("[]") == "an empty list")
        #expect(summary(#"[{"code":"X"}]"#) == "code=X")
        #expect(summary("5") == "5")
    }

    @Test func `of a failure it is the error's type and sentence`() {
        let error = Array(#"{"errorType":"Function.X","errorMessage":"It is so."}"#.utf8)
        #expect(ResponseSummary.text(of: .functionError(error)) == #"Function.X "It is so.""#)
    }
}
