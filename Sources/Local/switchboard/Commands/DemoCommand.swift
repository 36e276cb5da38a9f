import ArgumentParser

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Runs every function, or those named, on every event and compares with what is expected.",
        discussion: """
            Each function runs in one process, against one local AWS for all. events/<Function>/expected.json says what \
            each event brings, by its file name. Exits with 1 when anything differs.
            """)

    @Argument(help: "The functions' names, as in 'switchboard list'. Default: all that have events.")
    var names: [String] = []

    func run() async throws {
        let project = try Project.locate()
        let named = names.isEmpty ? project.functions : try names.map(project.function)
        let functions = named.filter { !$0.events.isEmpty }
        guard !functions.isEmpty else {
            throw Refusal("There are no events: put one into events/<Function>/ with what it brings in expected.json.")
        }
        let demos = try functions.map { try FunctionDemo($0, in: project) }
        try await Interruption.guarding {
            let isAsExpected = try await BackEnds.withRunning(project, demos.map(\.needs)) { backEnds in
                var results: [DemoResult] = []
                for demo in demos {
                    results += try await demo.run(backEnds)
                }
                print(DemoReport(results: results, arrivals: try await backEnds.arrivals()).text)
                return results.allSatisfy(\.isAsExpected)
            }
            guard isAsExpected else { throw ExitCode(1) }
        }
    }
}
