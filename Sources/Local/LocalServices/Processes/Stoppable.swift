/// A started server or process, which must be stopped.
protocol Stoppable: Sendable {
    /// Ends it and its children.
    func stop() async
}

/// Runs `body` with a started server or process, and stops it afterwards, however `body` ends.
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
