import Foundation
import LocalServices

/// The wrapper API for other functions: its bootstrap, under an HTTP API, with the local Salesforce.
enum CRMService {
    static let function = "CRMWrapperAPI"

    /// Returns the variables of the wrapper: those of its events, or just those that point to Salesforce.
    static func variables(in project: Project) throws -> (function: Function, variables: [String: String]) {
        let function = Function(name: function, root: project.root)
        guard function.isBuilt else {
            throw Refusal("CRM_API_URL is local, but \(Self.function) is not built: run ./build.sh first.")
        }
        var variables = try project.variables(of: function) ?? [:]
        variables["SALESFORCE_LOGIN_URL"] = LocalVariables.marker
        variables["SALESFORCE_INSTANCE_URL"] = LocalVariables.marker
        return (function, variables)
    }

    /// Runs `body` with the wrapper's URL, which has its deployed routes, and stops it afterwards, however `body` ends.
    static func withRunning<Result: Sendable>(
        _ function: Function, _ environment: [String: String], routes: HTTPRoutes, reporting: FunctionReporting? = nil,
        _ body: (_ url: String) async throws -> Result
    ) async throws -> Result {
        let log = try LogFile(named: function.name)
        var configuration = LocalFunction.Configuration(
            name: function.name, bootstrap: function.bootstrap.path, environment: environment)
        configuration.output = log.descriptor
        configuration.reporting = reporting
        return try await FunctionPool.withRunning(configuration) { pool in
            let front = try await FunctionFront(routes) { _ in pool }
            do {
                let result = try await body(front.url)
                await front.stop()
                return result
            } catch {
                await front.stop()
                throw error
            }
        }
    }
}
