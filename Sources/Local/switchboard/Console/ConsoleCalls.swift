import Foundation
import JSON
import LocalServices

/// The functions and the Twilio number of the console's calls, each started when a call first needs it.
///
/// A flow that sends a code with its transfer binds a session of voice authentication to the contact, another one to the
/// caller's number: a variable decides, so there are processes for each.
actor ConsoleCalls {
    private struct Line {
        let functions: FlowFunctions
        let front: FunctionFront?
        let line: TwilioLine?
    }

    private static let somebody = [
        "FirstName": "Maria", "LastName": "Silva", "EmailAddress": "maria.silva@example.net",
    ]

    private var lines: [String: Line] = [:]

    /// Returns the session in which calls of a flow are played.
    func session(_ flow: ContactFlow, _ file: URL, _ services: ConsoleServices) async throws -> CallSession {
        let binding = flow.usesDigits(in: services.project) ? "contact" : "caller-id"
        let line = try await line(binding, services)
        return CallSession(
            project: services.project, flow: flow, folder: file.deletingLastPathComponent(), choices: try FlowChoices(),
            functions: line.functions, line: line.line,
            profile: .object(Self.somebody.mapValues(JSONValue.string)), outbox: services.outbox,
            events: CallEvents(timeline: services.timeline, source: flow.name))
    }

    private func line(_ binding: String, _ services: ConsoleServices) async throws -> Line {
        if let line = lines[binding] { return line }
        var configurations: [String: LocalFunction.Configuration] = [:]
        for (function, _) in services.needs {
            var configuration = try services.configuration(of: function, ["VOICE_AUTH_BINDING": binding])
            // More than a block's limit; Twilio waits fifteen seconds.
            configuration.timeout = .seconds(function.name == "TwilioVoice" ? 15 : 10)
            configurations[function.name] = configuration
        }
        let functions = FlowFunctions(configurations)
        var (front, line): (FunctionFront?, TwilioLine?)
        if let variables = configurations["TwilioVoice"]?.environment {
            let routes = try services.project.template()?.routes ?? .all(to: "TwilioVoice")
            let started = try await FunctionFront(routes) { try await functions.pool($0) }
            (front, line) = (started, TwilioLine(variables, front: started, recordings: services.backEnds.recordings))
        }
        let made = Line(functions: functions, front: front, line: line)
        lines[binding] = made
        return made
    }

    /// Returns the HTTP API of the functions; nil when it leads to none of them.
    func front(_ services: ConsoleServices) async throws -> FunctionFront? {
        try await line("contact", services).front
    }

    /// Ends every process.
    func stop() async {
        for line in lines.values {
            await line.front?.stop()
            await line.functions.stop()
        }
        lines = [:]
    }
}
