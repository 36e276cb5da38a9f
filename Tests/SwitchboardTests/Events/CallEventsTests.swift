import Foundation
import JSON
import LocalServices
import Synchronization
import TestSupport
import Testing
import Timeline

@testable import switchboard

/// A call's events, and the lines about them.
struct CallEventsTests {
    private static let source = TimelineSource("entry", command: "call entry")

    private static func flow(_ text: String) throws -> ContactFlow {
        try ContactFlow(Array(text.utf8), named: "greeting")
    }

    private static let asking = #"""
        {"Version": "2019-10-30", "StartAction": "Ask", "Actions": [
          {"Identifier": "Ask", "Type": "InvokeLambdaFunction", "Parameters": {
             "LambdaFunctionARN": "F", "InvocationTimeLimitSeconds": "8",
             "LambdaInvocationAttributes": {"number": "$.CustomerEndpoint.Address"}},
           "Transitions": {"NextAction": "Check", "Conditions": [],
             "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "Check"}]}},
          {"Identifier": "Check", "Type": "Compare", "Parameters": {"ComparisonValue": "$.External.Branch"},
           "Transitions": {"NextAction": "End", "Conditions": [
              {"NextAction": "Note", "Condition": {"Operator": "Equals", "Operands": ["known"]}},
              {"NextAction": "Note", "Condition": {"Operator": "Equals", "Operands": ["new"]}}],
             "Errors": [{"ErrorType": "NoMatchingCondition", "NextAction": "End"}]}},
          {"Identifier": "Note", "Type": "UpdateContactAttributes",
           "Parameters": {"Attributes": {"name": "$.External.Name"}},
           "Transitions": {"NextAction": "Keys", "Conditions": [],
             "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "Keys"}]}},
          {"Identifier": "Keys", "Type": "GetParticipantInput", "Parameters": {"Text": "Press 1."},
           "Transitions": {"NextAction": "End", "Conditions": [
              {"NextAction": "Note", "Condition": {"Operator": "Equals", "Operands": ["2"]}}],
             "Errors": [{"ErrorType": "InputTimeLimitExceeded", "NextAction": "End"},
                        {"ErrorType": "NoMatchingCondition", "NextAction": "End"},
                        {"ErrorType": "NoMatchingError", "NextAction": "End"}]}},
          {"Identifier": "End", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}
        """#

    private static func steps(
        typed: [String], answer: InvocationOutcome, choice: String? = nil, in text: String = asking
    ) async throws
        -> [FlowStep]
    {
        let state = Mutex((steps: [FlowStep](), typed: typed[...]))
        let world = FlowPlayer.World(
            say: { _ in }, ask: { _ in state.withLock { $0.typed.popFirst() } }, invoke: { _, _, _ in answer },
            transfer: { _, _, _ in .ended }, profile: { _, _ in nil }, flow: { _ in throw Refusal("none") },
            choice: { $0.identifier == "Keys" ? choice : nil },
            took: { step in state.withLock { $0.steps.append(step) } })
        var player = FlowPlayer(
            flow: try flow(text), contact: FlowContact(customer: "+12065550142", system: "+12065550100"), world: world
        )
        try await player.play()
        return state.withLock { $0.steps }
    }

    @Test func `each block is told with its input, its branch, attributes and External`() async throws {
        let answer = InvocationOutcome.answer(Array(#"{"Branch":"new","Name":"Maria"}"#.utf8))
        let steps = try await Self.steps(typed: ["2", "1"], answer: answer)
        #expect(steps.map(\.action.identifier) == ["Ask", "Check", "Note", "Keys", "Note", "Keys", "End"])
        #expect(
            steps.map(\.branch) == ["NextAction", "new", "NextAction", "2", "NextAction", "NoMatchingCondition", nil])
        #expect(steps.map(\.next) == ["Check", "Note", "Keys", "Note", "Keys", "End", nil])
        #expect(steps[0].input == ["number": "+12065550142"] && steps[0].result?["Name"] == "Maria")
        #expect(steps[0].parameters["LambdaInvocationAttributes"] == ["number": "+12065550142"])
        #expect(steps[1].input == "new" && steps[3].input == "2")
        #expect(steps[1].attributes.isEmpty && steps[2].attributes == ["name": "Maria"])
        #expect(steps[6].external?["Branch"] == "new")
        let event = steps[1].event(source: Self.source)
        #expect(event.title == "Check (Compare) → new: Note" && event.source == "entry" && event.kind == "block")
        #expect(event.detail?["flow"] == "greeting" && event.detail?["branch"] == "new")
    }

    @Test func `silence is a branch of its own`() async throws {
        let answer = InvocationOutcome.answer(Array(#"{"Branch":"known"}"#.utf8))
        let steps = try await Self.steps(typed: [""], answer: answer)
        #expect(steps.map(\.branch) == ["NextAction", "known", "NextAction", "InputTimeLimitExceeded", nil])
    }

    @Test func `an error that a block has no branch for is told as the branch of every other error`() async throws {
        let answer = InvocationOutcome.answer(Array(#"{"Branch":"known"}"#.utf8))
        let text = Self.asking.replacing(#"{"ErrorType": "InputTimeLimitExceeded", "NextAction": "End"},"#, with: "")
        let steps = try await Self.steps(typed: [""], answer: answer, in: text)
        #expect(steps.first { $0.action.identifier == "Keys" }?.branch == "NoMatchingError")
    }

    @Test(arguments: ["InputTimeLimitExceeded", "NoMatchingCondition", "NoMatchingError", "2"])
    func `a branch that was chosen is told as itself, though others lead to the same block`(_ choice: String)
        async throws
    {
        let answer = InvocationOutcome.answer(Array(#"{"Branch":"known"}"#.utf8))
        let steps = try await Self.steps(typed: [], answer: answer, choice: choice)
        #expect(steps.first { $0.action.identifier == "Keys" }?.branch == choice)
    }

    @Test func `a function that fails takes the branch of its error`() async throws {
        let steps = try await Self.steps(typed: [], answer: .runtimeError(type: "X", message: ""))
        #expect(steps.map(\.branch) == ["NoMatchingError", "NoMatchingCondition", nil])
        #expect(steps[0].event(source: Self.source).outcome == .failed)
    }

    @Test(arguments: [
        (ShownLine.connect("Hello."), "said", "Connect", "Connect: Hello."),
        (.twilio("Say it."), "said", "Twilio", "Twilio: Say it."),
        (.twilioNote("(Twilio listens for 1 key.)"), "note", "Twilio", "(Twilio listens for 1 key.)"),
        (ShownLine(.transferred, "(Transfers to +12.)"), "transferred", "Connect", "(Transfers to +12.)"),
        (ShownLine(.keys, "(Sends the code 1.)", of: .twilio), "keys", "Twilio", "(Sends the code 1.)"),
        (ShownLine(.ended, "(Amazon Connect hangs up.)"), "ended", "Connect", "(Amazon Connect hangs up.)"),
        ("(Back in the flow.)", "note", "Connect", "(Back in the flow.)"),
    ])
    func `lines of a call become events`(line: ShownLine, kind: String, who: String, title: String) {
        let timeline = Timeline()
        CallEvents(timeline: timeline, source: Self.source).said(line)
        let event = timeline.events().first
        #expect(event?.channel == .call && event?.kind == kind && event?.source == "entry" && event?.title == title)
        #expect(event?.detail?["who"]?.string == who && event?.detail?["text"]?.string == line.words)
    }

    @Test func `what a caller does is keys, speech, silence or the end`() {
        let timeline = Timeline()
        let events = CallEvents(timeline: timeline, source: Self.source)
        for typed in ["1 2 #", "hello", "", nil] { events.typed(typed) }
        #expect(timeline.events().map(\.kind) == ["keys", "speech", "speech", "ended"])
        #expect(timeline.events().first?.detail?["keys"] == "12#")
        #expect(timeline.events().map(\.title).suffix(2) == ["The caller is silent", "The caller hangs up"])
    }

    @Test func `an agent's answers are the agent's, typed and chosen`() throws {
        let timeline = Timeline()
        let events = CallEvents(timeline: timeline, source: TimelineSource("guide"))
        events.typed("1", by: .agent)
        events.answered(.choice(AgentView.Choice("Back", "Back", [:])))
        events.answered(.form(["Day": "Monday"]))
        events.answered(nil)
        let told = timeline.events()
        #expect(told.map(\.kind) == ["answered", "answered", "answered", "ended"])
        #expect(told.allSatisfy { $0.detail?["who"] == "agent" })
        #expect(told[1].title == "The agent chooses Back" && told[2].detail?["fields"] == ["Day": "Monday"])
    }

    @Test func `what is said and every block has the command that plays the call`() throws {
        let timeline = Timeline()
        CallEvents(timeline: timeline, source: Self.source).typed("1")
        let step = try #require(Self.source.command)
        #expect(timeline.events().map(\.command) == [step] && timeline.events().map(\.source) == ["entry"])
    }

    @Test func `a run's own command is in words of a shell, and without its file of events`() {
        let own = { (arguments: [String]) in String(ShellCommand.own(arguments).drop { $0 != " " }.dropFirst()) }
        #expect(
            own(["call", "entry", "--events", "e.jsonl", "--set", "A=b c", "--from", "+12065550142"])
                == "call entry --set 'A=b c' --from +12065550142")
        #expect(own(["talk", "--events=e", "AlexaCRM", "--linked"]) == "talk AlexaCRM --linked")
        #expect(own(["call", "it's"]) == #"call 'it'\''s'"#)
    }

    @Test func `what others wrote steers no terminal`() {
        #expect("a\u{1B}[31mb\u{7F}\u{9B}c\n\td".printable == "a\u{241B}[31mb\u{2421}\u{FFFD}c\n\td")
        #expect("plain ä €".printable == "plain ä €")
    }

    @Test func `a person reads what a function gets and answers, External, and the branch`() {
        let event: JSONValue = ["Details": ["Parameters": ["phase": "begin", "n": 1]]]
        let notes = CallNotes(isWhole: false)
        let told = FunctionReporting.event(
            "F", event.bytes, outcome: .answer(Array(#"{"Branch":"new"}"#.utf8)), duration: .milliseconds(34))
        #expect(notes.lines(of: told) == ["  (F gets: n=1, phase=begin)", "  (F answers in 34 ms: Branch=new)"])
        let failed = FunctionReporting.event(
            "F", event.bytes, outcome: .runtimeError(type: "Function.X", message: "no table"),
            duration: .milliseconds(3))
        #expect(notes.lines(of: failed).last == "  (F fails with Function.X in 3 ms: no table)")
        let block = TimelineEvent(
            .flow, "block", "",
            detail: [
                "block": "Ask", "type": "InvokeLambdaFunction", "branch": "NextAction", "next": "Check",
                "external": ["Branch": "new"],
            ])
        #expect(notes.lines(of: block) == ["  $.External.Branch = new", "  (Ask: NextAction → Check)"])
        let plain = TimelineEvent(
            .flow, "block", "",
            detail: ["block": "A", "type": "MessageParticipant", "branch": "NextAction", "next": "B"])
        #expect(notes.lines(of: plain).isEmpty)
        let web: JSONValue = ["rawPath": "/voice/code", "requestContext": ["http": ["method": "POST"]]]
        let twiML: JSONValue = ["statusCode": 200, "body": "<?xml version=\"1.0\"?>\n<Response/>"]
        let page = FunctionReporting.event(
            "TwilioVoice", web.bytes, outcome: .answer(twiML.bytes), duration: .milliseconds(9))
        #expect(
            notes.lines(of: page) == [
                "  (TwilioVoice gets: POST /voice/code)", "  (TwilioVoice answers in 9 ms: 200 <Response/>)",
            ])
        let whole = CallNotes(isWhole: true).lines(of: told)
        #expect(whole.first?.hasPrefix("F event:    {") == true && whole.last == #"F response: {"Branch":"new"}"#)
    }

    @Test func `a command can be copied into a shell, whatever is in the event`() throws {
        let event = Array(#"{"a":"it's $HOME `x` \"y\""}"#.utf8)
        let command = try #require(ShellCommand.invoke("F", event))
        let echo = command.split(separator: "|").dropLast().joined(separator: "|")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", String(echo)]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd()
        #expect(output.map { Array($0) } == event)
        #expect(command.contains("invoke F --event -"))
        #expect(ShellCommand.invoke("F", Array(repeating: 65, count: 10_000)) == nil)
        #expect(ShellCommand.quoted("a.json") == "a.json" && ShellCommand.quoted("") == "''")
    }
}
