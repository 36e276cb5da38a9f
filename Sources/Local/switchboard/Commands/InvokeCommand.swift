import ArgumentParser
import Foundation
import LocalServices
import SystemPackage
import Timeline

struct InvokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoke",
        abstract: "Runs one function on one event.",
        usage: "switchboard invoke <function> [<options>]",
        discussion: """
            The answer goes to standard output; the function's log and the START, END and REPORT lines go to standard \
            error. Exits with 1 when the function fails: the answer is then its error as JSON, as Lambda gives it.

            Environment variables come from (1) template.yaml with its parameters' defaults, (2) events/<Function>/env.json, \
            which overrides them and may only have names that template.yaml declares, or (3) --env-vars in its place.

            A function that has variables gets a local AWS (moto) with its senders, tables, buckets and secrets. Where a \
            variable is "local", such as SALESFORCE_LOGIN_URL or CRM_API_URL, that service is started, too. Standard error \
            says afterwards what arrived.

            --live calls the real AWS with this shell's AWS_ variables: messages are really sent.

              switchboard invoke SendEmail
              switchboard invoke SendEmail --event 02-form-data-as-json-string
              echo '{"hello":"world"}' | switchboard invoke Echo --event -
            """)

    @Argument(help: "The function's name, as in 'switchboard list'.", completion: Completions.functions)
    var function: String

    @Option(
        help: """
            An event of events/<Function> by its name, a file, or - for standard input. Default: the function's first.
            """, completion: Completions.events)
    var event: String?

    @Option(
        help: "Variables over those of template.yaml, as JSON or YAML. Default: events/<Function>/env.json.",
        completion: .file())
    var envVars: String?

    @OptionGroup var salesforce: SalesforceFile
    @OptionGroup var events: EventsFile

    @Flag(help: "Call the real AWS with this shell's AWS_ variables.")
    var live = false

    @Option(help: "How long the function may take, in seconds.")
    var timeout: Double = 30

    func validate() throws {
        guard timeout > 0, timeout <= 900 else {
            throw ValidationError("--timeout takes seconds above 0, up to Lambda's 900.")
        }
    }

    func run() async throws {
        let project = try Project.locate()
        let function = try project.function(named: function)
        try function.checkIsBuilt()
        let event = try readEvent(of: function)
        if let fault = JSONFault(in: event) {
            Terminal.say("The event is not JSON\(fault.place): Lambda would refuse it.")
        }
        if envVars == nil, let file = function.environmentFile {
            Terminal.say("Variables: events/\(function.name)/\(file.lastPathComponent)")
        }
        let variables = try project.variables(of: function, given: envVars.map { URL(filePath: $0) })
        let command = self
        let addition = try salesforce.addition()
        let timeline = try events.timelineIfGiven()
        try await Interruption.guarding {
            guard try await command.run(function, event, variables, addition, timeline, in: project) else {
                throw ExitCode(1)
            }
        }
    }

    private func run(
        _ function: Function, _ event: [UInt8], _ variables: [String: String]?, _ addition: SalesforceAddition?,
        _ timeline: Timeline?, in project: Project
    ) async throws -> Bool {
        let plain = timeline.map { FunctionReporting($0) }
        if live {
            let environment = LiveEnvironment.variables()
                .merging(LocalVariables.withoutLocal(variables ?? [:])) { $1 }
            LiveEnvironment.warning(environment).map(Terminal.say)
            return try await invoke(function, event, environment, plain)
        }
        guard let variables else {
            return try await invoke(function, event, [:], plain)
        }
        return try await BackEnds.withRunning(
            project, [(function, variables)], salesforce: addition, timeline: timeline,
            followsRequests: events.followsRequests
        ) { backEnds in
            let isAnswer = try await invoke(
                function, event, backEnds.environment(variables), backEnds.reporting())
            Terminal.say(try await backEnds.arrivals().full)
            return isAnswer
        }
    }

    /// Runs the function once and prints the outcome; returns true for a response without an error.
    private func invoke(
        _ function: Function, _ event: [UInt8], _ environment: [String: String], _ reporting: FunctionReporting?
    ) async throws -> Bool {
        var configuration = LocalFunction.Configuration(
            name: function.name, bootstrap: function.bootstrap.path, environment: environment)
        configuration.region = environment["AWS_REGION"] ?? configuration.region
        configuration.timeout = .seconds(timeout)
        configuration.log = { Terminal.say($0) }
        configuration.reporting = reporting
        configuration.reporting?.echo = .standardError
        let own = ShellCommand.own(CommandLine.arguments.dropFirst())
        let command = self.event == "-" ? ShellCommand.piped(event, to: own) : own
        let report = try await LocalFunction.withRunning(configuration) { await $0.invoke(event, command: command) }
        try Task.checkCancellation()
        if case .streamError(let partial, _) = report.outcome, !partial.isEmpty {
            Terminal.print(payload: partial)
        }
        Terminal.print(payload: report.outcome.payload)
        return !report.outcome.isError
    }

    private func readEvent(of function: Function) throws -> [UInt8] {
        switch event {
        case "-":
            if isatty(STDIN_FILENO) == 1 { Terminal.say("Type the event, then Ctrl-D.") }
            return Array(try FileHandle.standardInput.readToEnd() ?? Data())
        case let name?:
            return try Files.read(function.event(named: name), "event file")
        case nil:
            guard let first = function.events.first else {
                throw Refusal(
                    "There is no event in events/\(function.name): give one with --event <file>, or --event - for standard input."
                )
            }
            Terminal.say("Event: events/\(function.name)/\(first.lastPathComponent)")
            return try Files.read(first, "event file")
        }
    }
}
