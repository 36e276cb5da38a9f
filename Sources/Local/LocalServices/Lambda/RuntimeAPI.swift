/// The Lambda Runtime API's rules, without its sockets: the waiting runtimes, the events under way, and their outcomes.
///
/// AWS's page: "Using the Lambda runtime API for custom runtimes".
package actor RuntimeAPI {
    /// The maximum size of a whole response on Lambda, in bytes.
    package static let answerLimit = 6_291_556

    private struct Running {
        var invocation: Invocation
        var deliveredAt: ContinuousClock.Instant?
        let ended: CheckedContinuation<InvocationOutcome, Never>
        var limit: Task<Void, Never>?
    }

    private let onDelivery: @Sendable (Invocation) -> Void
    private var queue: [Invocation] = []
    private var starting: [CheckedContinuation<InvocationOutcome?, Never>] = []
    private var waiting: [CheckedContinuation<Invocation?, Never>] = []
    private var running: [String: Running] = [:]
    private var answered: [String: ContinuousClock.Instant] = [:]
    private var isStopped = false
    /// The reason why no event will be handled again: the process is gone, or its initialisation failed.
    private var end: InvocationOutcome?
    /// The time of the first `next`, at which initialisation ended.
    private(set) var firstNext: ContinuousClock.Instant?
    /// True when an extension was registered, so the process expects SIGTERM before SIGKILL.
    package private(set) var hasExtension = false

    /// Creates the rules; `onDelivery` is called just before an event is passed to the runtime.
    package init(onDelivery: @escaping @Sendable (Invocation) -> Void = { _ in }) {
        self.onDelivery = onDelivery
    }

    // MARK: The caller's side

    /// Queues an event and waits for its response, or until the function ran out of time or ended.
    package func invoke(_ invocation: Invocation) async -> InvocationOutcome {
        if let end { return end }
        return await withCheckedContinuation { continuation in
            running[invocation.requestID] = Running(invocation: invocation, ended: continuation)
            queue.append(invocation)
            deliver()
        }
    }

    /// Waits until the process asks for its first event; returns nil then, or its outcome if it ended before.
    func initialisation() async -> InvocationOutcome? {
        if firstNext != nil || end != nil { return firstNext == nil ? end : nil }
        return await withCheckedContinuation { starting.append($0) }
    }

    /// Returns the time at which the event was delivered, nil when it never was.
    func delivery(of requestID: String) -> ContinuousClock.Instant? {
        running[requestID]?.deliveredAt ?? answered[requestID]
    }

    /// Ends every invocation in the same way, now and later: the process is gone.
    func end(_ outcome: (_ requestID: String) -> InvocationOutcome) {
        for requestID in running.keys {
            finish(requestID, outcome(requestID))
        }
        end = end ?? outcome("")
        queue = []
        initialised(end)
    }

    /// Releases every waiting `next`, so that its connection can be closed.
    func stop() {
        isStopped = true
        for continuation in waiting {
            continuation.resume(returning: nil)
        }
        waiting = []
    }

    // MARK: The runtime's side

    /// Returns the next event; nil when the server stops.
    func next() async -> Invocation? {
        firstNext = firstNext ?? .now
        initialised(nil)
        if isStopped { return nil }
        return await withCheckedContinuation { continuation in
            waiting.append(continuation)
            deliver()
        }
    }

    /// Takes back an event that could not be written to the connection that had asked for it.
    func putBack(_ invocation: Invocation) {
        guard running[invocation.requestID] != nil else { return }
        queue.insert(invocation, at: 0)
        deliver()
    }

    /// Takes the response to one invocation, or its error.
    func answer(
        _ requestID: String, invocationID: String?, tooLarge: Bool, _ outcome: InvocationOutcome
    ) -> Acceptance {
        if answered[requestID] != nil { return .alreadyAnswered }
        guard let invocation = running[requestID]?.invocation, running[requestID]?.deliveredAt != nil else {
            return .unknownRequest
        }
        if let invocationID, invocationID != invocation.invocationID { return .staleInvocation }
        guard !tooLarge else {
            let message = "Response payload size exceeded maximum allowed payload size (\(Self.answerLimit) bytes)."
            finish(requestID, .runtimeError(type: "Function.ResponseSizeTooLarge", message: message))
            return .tooLarge
        }
        finish(requestID, outcome)
        return .accepted
    }

    /// Takes the error of a failed initialisation; returns false after the first `next`, when it is not allowed.
    func initialisationFailed(_ error: [UInt8]) -> Bool {
        guard firstNext == nil else { return false }
        // Lambda logs START before what the function says of it.
        for waiting in running.values where waiting.deliveredAt == nil { onDelivery(waiting.invocation) }
        end { _ in .functionError(error) }
        return true
    }

    func registerExtension() {
        hasExtension = true
    }

    // MARK: Inside

    private func initialised(_ outcome: InvocationOutcome?) {
        starting.forEach { $0.resume(returning: outcome) }
        starting = []
    }

    private func deliver() {
        while !waiting.isEmpty, !queue.isEmpty {
            let invocation = queue.removeFirst()
            running[invocation.requestID]?.deliveredAt = .now
            running[invocation.requestID]?.limit?.cancel()
            running[invocation.requestID]?.limit = Task { [weak self] in
                guard (try? await Task.sleep(for: invocation.timeout)) != nil else { return }
                await self?.timeOut(invocation)
            }
            onDelivery(invocation)
            waiting.removeFirst().resume(returning: invocation)
        }
    }

    private func timeOut(_ invocation: Invocation) {
        finish(
            invocation.requestID,
            .runtimeError(
                type: "Sandbox.Timedout",
                message:
                    "RequestId: \(invocation.requestID) Error: Task timed out after \(invocation.timeout.seconds) seconds"
            ))
    }

    private func finish(_ requestID: String, _ outcome: InvocationOutcome) {
        guard let ended = running.removeValue(forKey: requestID) else { return }
        ended.limit?.cancel()
        answered[requestID] = ended.deliveredAt ?? .now
        ended.ended.resume(returning: outcome)
    }
}
