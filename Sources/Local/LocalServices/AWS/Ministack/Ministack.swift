import AWS
import Foundation
import JSON

/// A local AWS that runs whole stacks (ministack) on a free port of 127.0.0.1, until `stop()`.
///
/// It has CloudFormation, with SAM's transform, and runs functions like Lambda, each with its role's rights: every
/// signature is checked, and the policies of roles, functions and queues are evaluated. Where it differs from AWS,
/// `MinistackLauncher` corrects it or `differences` says so.
package final class Ministack: Stoppable {
    package let region: String
    /// The root user's key.
    let credentials: Credentials
    private let server: PythonServer
    private let folder: URL

    /// The account of all resources.
    package static let account = "123456789012"

    private init(server: PythonServer, region: String, credentials: Credentials, folder: URL) {
        self.server = server
        self.region = region
        self.credentials = credentials
        self.folder = folder
    }

    package var port: UInt16 { server.port }

    package var accessKeyID: String { credentials.accessKeyID }
    package var secretAccessKey: String { credentials.secretAccessKey }

    /// The value of `AWS_ENDPOINT_URL`.
    package var endpoint: String { "http://127.0.0.1:\(port)" }

    /// The environment variables with which an AWS client uses it as the root user.
    package var environment: [String: String] {
        [
            "AWS_REGION": region, "AWS_DEFAULT_REGION": region, "AWS_ACCESS_KEY_ID": credentials.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": credentials.secretAccessKey, "AWS_ENDPOINT_URL": endpoint,
        ]
    }

    /// Returns the last lines of its log, which includes those of the functions.
    package func log(lines count: Int) -> String { server.log(lines: count) }

    /// Starts an empty ministack from the project's virtual environment (`.venv`, made by build.sh).
    ///
    /// - Parameters:
    ///   - functionVariables: Variables that every function gets in addition to its own; `{function}` in one is its name,
    ///     `{environment}` a number of the execution environment.
    ///   - port: 0 for a free one.
    ///   - secret: The root user's secret key; nil for a new one.
    ///   - observe: Called with a line of JSON for each request, invocation and message.
    package static func start(
        virtualEnvironment: String, region: String = "eu-central-1", functionVariables: [String: String] = [:],
        port: UInt16 = 0, secret: String? = nil, observe: (@Sendable (String) -> Void)? = nil
    ) async throws -> Ministack {
        let credentials = Credentials(accessKeyID: "local", secretAccessKey: secret ?? UUID().uuidString)
        let folder = try TemporaryFolder.url().appending(path: "switchboard-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            let server = try await PythonServer.start(
                "ministack", command: "ministack", source: MinistackLauncher.source,
                environment: [
                    "AUTH": "true", "MINISTACK_ACCOUNT_ID": account, "MINISTACK_REGION": region,
                    "AWS_ACCESS_KEY_ID": credentials.accessKeyID, "AWS_SECRET_ACCESS_KEY": credentials.secretAccessKey,
                    // The folder in which packages are unpacked.
                    "TMPDIR": folder.path,
                    // These two listen on ports of their own.
                    "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0",
                    MinistackLauncher.port: "\(port)", MinistackLauncher.observed: observe == nil ? "" : "1",
                    MinistackLauncher.functionVariables:
                        JSONValue.object(functionVariables.mapValues(JSONValue.string)).text,
                ], in: virtualEnvironment, line: observe ?? { _ in })
            return Ministack(server: server, region: region, credentials: credentials, folder: folder)
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    /// Ends the server, its functions and everything in it.
    package func stop() async {
        await server.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs `body` with a started ministack and stops it afterwards, however `body` ends.
    package static func withRunning<Result: Sendable>(
        virtualEnvironment: String, region: String = "eu-central-1", functionVariables: [String: String] = [:],
        port: UInt16 = 0, secret: String? = nil, observe: (@Sendable (String) -> Void)? = nil,
        _ body: (Ministack) async throws -> Result
    ) async throws -> Result {
        try await stopping(
            start(
                virtualEnvironment: virtualEnvironment, region: region, functionVariables: functionVariables,
                port: port,
                secret: secret, observe: observe),
            after: body)
    }
}
