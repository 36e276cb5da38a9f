import Testing

@testable import switchboard

struct NamesTests {
    private let names = ["AlexaCRM", "AlexaJokebox", "Echo", "SendEmail", "SendSMS"]

    @Test func `any case is taken, unless two names differ in case alone`() {
        #expect(Names.match("sendemail", in: names) == "SendEmail")
        #expect(Names.match("SendEmail", in: names) == "SendEmail")
        #expect(Names.match("Send", in: names) == nil)
        #expect(Names.match("ECHO", in: ["Echo", "echo"]) == nil)
        #expect(Names.match("echo", in: ["Echo", "echo"]) == "echo")
    }

    @Test(arguments: [
        ("SendEmial", "SendEmail"), ("sendsm", "SendSMS"), ("ehco", "Echo"), ("jokebox", "AlexaJokebox"),
        ("sms", "SendSMS"),
    ])
    func `the nearest is suggested`(typed: String, meant: String) {
        #expect(Names.nearest(typed, in: names) == meant)
    }

    @Test(arguments: ["Nope", "", "e", "Send", "Alexa"]) func `nothing is suggested where nothing is near`(
        typed: String
    ) {
        #expect(Names.nearest(typed, in: names) == nil)
    }

    @Test func `a refusal suggests, or names all`() {
        #expect(
            Names.refusal("function", "SendEmial", in: names)
                == Refusal("There is no function SendEmial. Did you mean SendEmail?"))
        #expect(Names.refusal("flow", "x", in: ["a", "b"]) == Refusal("There is no flow x. The flows are: a, b."))
        #expect(
            Names.refusal("event", "x", in: [], of: " of Y")
                == Refusal("There is no event x of Y. The events are: none."))
    }

    @Test func `a swap of two letters is one step`() {
        #expect(Names.distance("lst", "list") == 1)
        #expect(Names.distance("ab", "ba") == 1)
        #expect(Names.distance("", "abc") == 3)
        #expect(Names.distance("kitten", "sitting") == 3)
    }
}
