import Foundation
import TestSupport
import Testing

/// The command from a user's view: its output, its exit status, and its leftovers.
@Suite(.serialized, .takingTurns)
struct CommandTests {
    let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
    }

    func run(_ arguments: String..., input: String = "") throws -> CommandRun {
        let run = try CommandRun(arguments, in: project.root, input: input)
        run.wait()
        return run
    }

    @Test func `the answer goes to standard output, all else to standard error`() throws {
        let run = try run("invoke", "Scripted", "--event", "-", input: #"{"do":"echo","number":9007199254740993}"#)
        #expect(run.status == 0)
        #expect(run.output == "{\"do\":\"echo\",\"number\":9007199254740993}\n")
        let lines = run.errors.split(separator: "\n")
        #expect(lines.first?.hasPrefix("START RequestId: ") == true)
        #expect(lines.dropFirst().first == "doing echo")
        #expect(lines.last?.hasPrefix("REPORT RequestId: ") == true)
    }

    @Test func `a function error is printed as JSON and exits with 1`() throws {
        let run = try run("invoke", "Scripted", "--event", "-", input: #"{"do":"fail"}"#)
        #expect(run.status == 1)
        #expect(run.output == "{\"errorType\":\"Function.X\",\"errorMessage\":\"m\",\"stackTrace\":[]}\n")
    }

    @Test func `a stream's error follows what came before it`() throws {
        let run = try run("invoke", "Scripted", "--event", "-", input: #"{"do":"break"}"#)
        #expect(run.status == 1)
        #expect(run.output == "one,two,\n{\"errorType\":\"Function.Broken\",\"errorMessage\":\"half\"}\n")
    }

    @Test func `a time-out says after how long`() throws {
        let run = try run("invoke", "Scripted", "--event", "-", "--timeout", "0.4", input: #"{"do":"hang"}"#)
        #expect(run.status == 1)
        #expect(run.output.contains("Task timed out after 0.40 seconds"))
    }

    @Test func `the first event is the default, and what is missing is said`() throws {
        #expect(try run("invoke", "Scripted").errors.contains("There is no event in events/Scripted"))
        try project.add("events/Scripted/b.json", #"{"do":"fail"}"#)
        try project.add("events/Scripted/a.json", #"{"which":"first"}"#)
        #expect(try run("invoke", "Scripted").output == "{\"which\":\"first\"}\n")
        let missing = try run("invoke", "Scripted", "--event", "nowhere.json")
        #expect(missing.status == 1)
        #expect(missing.errors.contains("There is no event nowhere.json of Scripted, and no such file"))
        #expect(try run("invoke", "Nope").errors == "Error: There is no function Nope. The functions are: Scripted.\n")
    }

    @Test func `what a function sends to the local AWS is said afterwards`() throws {
        try project.add("events/Scripted/env.json", #"{"Scripted":{"EMAIL_FROM":"clinic@example.com"}}"#)
        let run = try run("invoke", "Scripted", "--event", "-", input: #"{"do":"send"}"#)
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.errors.contains(
                "From:    clinic@example.com\n  To:      jo@example.org\n  Subject: Grüße\n  plain\n  text\n"))
        #expect(run.errors.contains("To: +4915112345678\n  short text\n"))
        #expect(!run.errors.contains("rich"))
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `a signal half-way leaves no process behind`(signal: Int32) async throws {
        try project.add("events/Scripted/env.json", "{}")
        let run = try CommandRun(["invoke", "Scripted", "--event", "-"], in: project.root, input: #"{"do":"hang"}"#)
        #expect(await Processes.eventually { project.text("dist/Scripted/processes") != nil })
        let children = Processes.children(of: run.processID)
        #expect(children.count == 2, "moto and the bootstrap")
        run.send(signal)
        run.wait()
        #expect(run.status == 128 + signal)
        #expect(await Processes.haveEnded(children))
        #expect(await Processes.eventually { Processes.naming(project.root.path).isEmpty })
    }

    @Test func `not even SIGKILL leaves the bootstrap or the local AWS behind`() async throws {
        try project.add("events/Scripted/env.json", "{}")
        let run = try CommandRun(["invoke", "Scripted", "--event", "-"], in: project.root, input: #"{"do":"hang"}"#)
        #expect(await Processes.eventually { project.text("dist/Scripted/processes") != nil })
        let children = Processes.children(of: run.processID)
        run.send(SIGKILL)
        run.wait()
        #expect(await Processes.haveEnded(children))
        for process in Processes.naming(project.root.path) {
            kill(process, SIGKILL)
        }
    }

    @Test func `a signal while the local AWS is starting leaves no process behind`() async throws {
        try project.add("events/Scripted/env.json", "{}")
        let run = try CommandRun(["invoke", "Scripted", "--event", "-"], in: project.root, input: "{}")
        #expect(await Processes.eventually { !Processes.children(of: run.processID).isEmpty })
        let children = Processes.children(of: run.processID)
        run.send(SIGINT)
        run.wait()
        #expect(run.status == 130)
        #expect(await Processes.haveEnded(children))
        #expect(await Processes.eventually { Processes.naming(project.root.path).isEmpty })
    }
}
