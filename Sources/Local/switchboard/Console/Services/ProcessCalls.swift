import LocalServices
import Timeline

/// The processes of the console's calls and their Twilio number, each started when a call first needs it.
///
/// A flow that sends a code with its transfer binds a session of voice authentication to the contact, another one to the
/// caller's number: a variable decides, so there are processes for each.
actor ProcessCalls {
    private struct Line {
        let functions: FlowFunctions
        let front: FunctionFront?
        let line: TwilioLine?
    }

    private var lines: [VoiceAuthBinding: Line] = [:]
    /// The call that is under way, or was the last.
    private let call = TimelineSource.Current()

    /// Returns what the next call uses, of a flow that binds sessions in that way.
    func parts(
        of binding: VoiceAuthBinding, _ source: TimelineSource, _ backEnds: ProcessBackEnds
    ) async throws -> CallParts {
        call.begin(source)
        let line = try await line(binding, backEnds)
        return CallParts(functions: line.functions, line: line.line)
    }

    private func line(_ binding: VoiceAuthBinding, _ backEnds: ProcessBackEnds) async throws -> Line {
        if let line = lines[binding] { return line }
        var configurations: [String: LocalFunction.Configuration] = [:]
        for (function, _) in backEnds.needs {
            var configuration = try backEnds.configuration(
                of: function, [VoiceAuthBinding.variable: binding.rawValue], source: { [call] in call.value })
            // More than a block's limit; Twilio waits fifteen seconds.
            configuration.timeout = .seconds(function.name == "TwilioVoice" ? 15 : 10)
            configurations[function.name] = configuration
        }
        let functions = FlowFunctions(configurations)
        var (front, line): (FunctionFront?, TwilioLine?)
        let variables = configurations["TwilioVoice"]?.environment
        // Links to recordings are answered without Twilio, too.
        if let routes = try backEnds.project.template()?.routes ?? variables.map({ _ in .all(to: "TwilioVoice") }) {
            let started = try await FunctionFront(routes) { try await functions.pool($0) }
            front = started
            line = variables.flatMap { TwilioLine($0, front: started, recordings: backEnds.recordings) }
        }
        let made = Line(functions: functions, front: front, line: line)
        lines[binding] = made
        return made
    }

    /// Returns the HTTP API of the functions; nil when it leads to none of them.
    func front(_ backEnds: ProcessBackEnds) async throws -> FunctionFront? {
        try await line(.contact, backEnds).front
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
