package import Settings

/// The reading of several secrets at start: what is wrong with any of them is in one message.
package struct SecretReading {
    private var faults: [String] = []

    package init() {}

    /// Reads a secret, and notes what is wrong with it.
    ///
    /// - Parameter variable: The variable that names the secret; for a secret that cannot be read.
    /// - Returns: Nil when something is wrong.
    @discardableResult
    package mutating func read<Value>(
        _ variable: String, _ work: nonisolated(nonsending) () async throws -> Value
    ) async -> Value? {
        do {
            return try await work()
        } catch let error as EnvironmentError {
            faults += error.faults
        } catch {
            // The errors of AWS hold no part of a secret; of any other the type alone is said.
            let reason = (error as? AWSError)?.description ?? error.summary
            faults.append("The secret of \(variable) cannot be read: \(reason)")
        }
        return nil
    }

    /// Notes further faults, such as of secrets that do not go together.
    package mutating func add(_ faults: [String]) {
        self.faults += faults
    }

    /// True while nothing is wrong.
    package var isFine: Bool { faults.isEmpty }

    /// Throws the faults, if there are any.
    package func check() throws(EnvironmentError) {
        guard isFine else { throw EnvironmentError(faults: faults) }
    }
}
