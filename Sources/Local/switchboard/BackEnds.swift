import Foundation
import LocalServices

/// The local services that functions run against, from before their start until after their end.
struct BackEnds {
    static func withRunning(
        _ project: Project, _ functions: [(Function, [String: String])], _ body: (BackEnds) async throws -> Void
    ) async throws {
        try await body(BackEnds())
    }
    func environment(of function: Function, _ variables: [String: String]) -> [String: String] { variables }
    func sayWhatArrived() async throws {}
}
