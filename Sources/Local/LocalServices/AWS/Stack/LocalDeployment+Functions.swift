package import Timeline

/// The stack's functions, as Amazon Connect, Alexa, Twilio and people invoke them.
extension LocalDeployment {
    /// The longest time that the event of an invocation takes after its response.
    private static let patience = Duration.seconds(2)

    /// Returns the stack's name of a function.
    package func name(of function: String) -> String { "\(stack.name)-\(function)" }

    /// The variables of the stack's functions, by the project's names of these.
    package func variables() async throws -> [String: [String: String]] {
        let prefix = "\(stack.name)-"
        return try await aws.variables().reduce(into: [:]) { all, function in
            if function.key.hasPrefix(prefix) { all[String(function.key.dropFirst(prefix.count))] = function.value }
        }
    }

    /// Invokes a function of the project by Lambda's API, and waits for its outcome.
    ///
    /// The timeline is told of the invocation, and not of the request that brings it.
    /// - Parameter source: The flow or the session that invokes, for the timeline.
    package func invoke(
        _ function: String, _ event: [UInt8], source: String? = nil
    ) async throws -> InvocationOutcome {
        try await run(function, event, source: source, command: nil) { outcome, _ in outcome }
    }

    /// Invokes a function of the project by Lambda's API, and returns its outcome and the invocation's event in the
    /// timeline; nil when nobody reads it.
    ///
    /// - Parameter command: The command that does the same in a terminal; nil for the stack's own.
    package func run(
        _ function: String, _ event: [UInt8], command: String?
    ) async throws -> (outcome: InvocationOutcome, told: TimelineEvent?) {
        try await run(function, event, source: nil, command: command) { outcome, events in
            let first = Task { await events.first { _ in true } }
            let limit = Task {
                if (try? await Task.sleep(for: Self.patience)) != nil { first.cancel() }
            }
            defer { limit.cancel() }
            return (outcome, await first.value)
        }
    }

    private func run<Result: Sendable>(
        _ function: String, _ event: [UInt8], source: String?, command: String?,
        _ body: (InvocationOutcome, AsyncStream<TimelineEvent>) async -> Result
    ) async throws -> Result {
        guard let callers = reporting?.callers else {
            let (none, end) = AsyncStream.makeStream(of: TimelineEvent.self)
            end.finish()
            return await body(try await aws.invoke(name(of: function), event), none)
        }
        let (token, events) = callers.add(source: source, command: command)
        do {
            let outcome = try await aws.invoke(
                name(of: function), event, fields: aws.own.merging([StackCallers.header: token]) { $1 })
            return await body(outcome, events)
        } catch {
            callers.remove(token)
            throw error
        }
    }

    /// Returns the log of an invocation from CloudWatch Logs; nil when it has none there.
    package func log(of requestID: String, function: String) async throws -> [String]? {
        try await aws.log(of: requestID, function: name(of: function))
    }

    /// Sends a request to the stack's HTTP API, on the part of `source` for the timeline.
    package func request(
        _ method: String, _ url: String, fields: [String: String] = [:], body: [UInt8] = [], source: String? = nil
    ) async throws -> (status: Int, location: String?, body: [UInt8]) {
        var fields = fields
        fields[StackCallers.header] = reporting?.callers.add(source: source, command: nil).token
        let answer = try await aws.request(method, url, fields: fields, body: body)
        return (answer.status ?? 0, answer.fields["Location"], answer.body)
    }
}
