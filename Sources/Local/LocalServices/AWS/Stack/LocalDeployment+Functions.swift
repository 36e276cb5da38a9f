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

    /// Invokes a function of the project by Lambda's API, and returns its outcome and the invocation's event in the
    /// timeline; nil when nobody reads it.
    ///
    /// The timeline is told of the invocation, not of the request that brings it, and before this returns: what it learns
    /// to leave out, such as a one-time code, is not in what a caller reports then.
    /// - Parameters:
    ///   - source: The call or the conversation that invokes, for the timeline.
    ///   - command: The command that does the same in a terminal; nil for the stack's own.
    package func invoke(
        _ function: String, _ event: [UInt8], source: TimelineSource? = nil, command: String? = nil
    ) async throws -> (outcome: InvocationOutcome, told: TimelineEvent?) {
        guard let callers = reporting?.callers else { return (try await aws.invoke(name(of: function), event), nil) }
        let (token, events) = callers.add(source: source, command: command)
        defer { callers.remove(token) }
        let outcome = try await aws.invoke(
            name(of: function), event, fields: aws.own.merging([StackCallers.header: token]) { $1 })
        return (outcome, await Self.first(of: events))
    }

    /// Returns the first event; nil when none comes in time.
    private static func first(of events: AsyncStream<TimelineEvent>) async -> TimelineEvent? {
        let first = Task { await events.first { _ in true } }
        let limit = Task {
            if (try? await Task.sleep(for: patience)) != nil { first.cancel() }
        }
        defer { limit.cancel() }
        return await first.value
    }

    /// Returns the log of an invocation from CloudWatch Logs; nil when it has none there.
    package func log(of requestID: String, function: String) async throws -> [String]? {
        try await aws.log(of: requestID, function: name(of: function))
    }

    /// Sends a request to the stack's HTTP API or its AWS.
    package func request(
        _ method: String, _ url: String, fields: [String: String] = [:], body: [UInt8] = []
    ) async throws -> (status: Int, location: String?, body: [UInt8]) {
        let answer = try await aws.request(method, url, fields: fields, body: body)
        return (answer.status ?? 0, answer.fields["Location"], answer.body)
    }

    /// Sends a request to the stack's HTTP API that `source` reports itself: the timeline is told of the invocation alone,
    /// and before this returns.
    package func request(
        _ method: String, _ url: String, fields: [String: String], body: [UInt8], reportedBy source: TimelineSource?
    ) async throws -> (status: Int, location: String?, body: [UInt8]) {
        guard let callers = reporting?.callers else {
            return try await request(method, url, fields: fields, body: body)
        }
        let (token, events) = callers.add(source: source, command: nil)
        defer { callers.remove(token) }
        let own = aws.own.merging([StackCallers.header: token]) { $1 }
        let answer = try await request(method, url, fields: fields.merging(own) { $1 }, body: body)
        // An API answers 404 by itself where it has no route.
        if answer.status != 404 { _ = await Self.first(of: events) }
        return answer
    }
}
