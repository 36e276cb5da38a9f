/// What has been started and must be stopped: a server, a process.
protocol Stoppable: Sendable {
    /// Ends it and everything that it has started.
    func stop() async
}

/// Runs `body` with something that has been started, and stops it afterwards, however `body` ends.
func stopping<Started: Stoppable, Result: Sendable>(
    _ started: Started, after body: (Started) async throws -> Result
) async throws -> Result {
    do {
        let result = try await body(started)
        await started.stop()
        return result
    } catch {
        await started.stop()
        throw error
    }
}
