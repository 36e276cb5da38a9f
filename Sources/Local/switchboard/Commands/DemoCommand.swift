import ArgumentParser
import Foundation
import LocalServices
import Timeline

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Runs every function, or those named, on every event and compares with what is expected.",
        usage: "switchboard demo [<functions> ...] [<options>]",
        discussion: """
            Each function runs in one process, against one local AWS for all. events/<Function>/expected.json holds what \
            each event leads to, by its file name. A line is printed for each function as it finishes; failures are \
            printed at once, with the expected and the actual response. Exits with 1 when anything differs.

              switchboard demo
              switchboard demo SendEmail -v
              switchboard demo --json
            """)

    @Argument(
        help: "The functions' names, as in 'switchboard list'. Default: all that have events.",
        completion: Completions.functions)
    var names: [String] = []

    @Flag(name: .shortAndLong, help: "Print a line for each event: what was said, to whom, which status.")
    var verbose = false

    @Flag(help: "Print a JSON object for each event on a line of its own, and the totals on the last.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Write a page with every event, its response, its messages and requests, into a folder: index.html.",
            valueName: "folder"), completion: .directory)
    var html: String?

    @OptionGroup var salesforce: SalesforceFile
    @OptionGroup var events: EventsFile

    func run() async throws {
        let project = try Project.locate()
        let named =
            names.isEmpty
            ? project.functions
            : try names.map(project.function).reduce(into: []) { functions, function in
                if !functions.contains(where: { $0.name == function.name }) { functions.append(function) }
            }
        let functions = named.filter { !$0.events.isEmpty }
        guard !functions.isEmpty else {
            throw Refusal(
                "There are no events: put one into events/<Function>/, and what it leads to into expected.json there.")
        }
        let demos = try functions.map { try FunctionDemo($0, in: project) }
        let addition = try salesforce.addition()
        let timeline = try events.timelineIfGiven() ?? (html == nil ? nil : Timeline())
        let follows = events.followsRequests || html != nil
        let folder = html.map { URL(filePath: $0, directoryHint: .isDirectory) }
        let form: DemoReport.Form = json ? .json : verbose ? .verbose : .brief
        try await Interruption.guarding {
            let style = TerminalStyle.ofStandardOutput()
            let line = StatusLine(style)
            var report = DemoReport(form: form, terminal: style, names: demos.map(\.name), print: line.print)
            let startedAt = ContinuousClock.now
            var page: DemoPage?
            if let folder, let timeline { page = try DemoPage(folder, in: project, timeline) }
            do {
                try await BackEnds.withRunning(
                    project, demos.map(\.needs), salesforce: addition, timeline: timeline, followsRequests: follows
                ) { backEnds in
                    for demo in demos { try await Self.run(demo, backEnds, &report, &page, line) }
                }
            } catch {
                guard Task.isCancelled else { throw error }
                report.finish(after: .now - startedAt, isWhole: false, next: [])
                throw error
            }
            let path = try page?.write()
            if let path, form != .json { line.print("Page:    \(path)") }
            report.finish(after: .now - startedAt, isWhole: true, next: Self.next(after: demos, project, form))
            guard report.failed == 0 else { throw ExitCode(1) }
        }
    }

    /// Runs one function; its line is printed too when it is interrupted half-way.
    private static func run(
        _ demo: FunctionDemo, _ backEnds: BackEnds, _ report: inout DemoReport, _ page: inout DemoPage?,
        _ line: StatusLine
    ) async throws {
        let before = try await backEnds.arrivals()
        var seen = before
        var results: [DemoResult] = []
        report.begin(demo.name)
        line.show("\(demo.name)  0 of \(demo.count)")
        do {
            try await demo.run(backEnds) { result in
                var result = result
                if report.form != .brief {
                    let now = try await backEnds.arrivals()
                    result.arrivals = now.since(seen)
                    seen = now
                }
                results.append(result)
                page?.add(result)
                report.add(result, eventWidth: demo.eventWidth)
                line.show("\(demo.name)  \(results.count) of \(demo.count)")
            }
        } catch {
            if Task.isCancelled, !results.isEmpty {
                report.end(
                    DemoRow(function: demo.name, results: results, count: demo.count, arrivals: seen.since(before)))
            }
            throw error
        }
        let after = try await backEnds.arrivals()
        report.end(DemoRow(function: demo.name, results: results, count: demo.count, arrivals: after.since(before)))
    }

    /// The commands to try when the demo is over.
    private static func next(
        after demos: [FunctionDemo], _ project: Project, _ form: DemoReport.Form
    ) -> [(label: String, command: String)] {
        let command = Switchboard.invocation
        var next: [(String, String)] = []
        if form == .brief, let demo = demos.first(where: { $0.name == "SendEmail" }) ?? demos.first {
            next.append(("Details:", "\(command) demo \(demo.name) -v"))
        }
        if let skill = demos.first(where: { (try? SkillPackage(of: $0.name, in: project)) != nil }) {
            next.append(("Try:", "\(command) talk \(skill.name)"))
        }
        if (try? project.flow(named: "voice-auth-contact")) != nil {
            next.append((next.contains { $0.0 == "Try:" } ? "" : "Try:", "\(command) call guide"))
        }
        return next
    }
}
