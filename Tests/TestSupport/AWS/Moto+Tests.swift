import Foundation
package import LocalServices

extension Moto {
    /// The project's virtual environment, created by `./build.sh test`.
    package static var testEnvironment: String { TestProcess.root.appending(path: ".venv").path }

    /// Runs `body` against a moto of its own, with signatures checked, and ends it afterwards.
    ///
    /// Throws an error that names ./build.sh when moto is not installed.
    package static func withRunningForTests<Result: Sendable>(
        seeds: Seeds = Seeds(senders: ["clinic@example.com"]), _ body: (Moto) async throws -> Result
    ) async throws -> Result {
        try await withRunning(virtualEnvironment: testEnvironment, seeds: seeds, body)
    }
}
