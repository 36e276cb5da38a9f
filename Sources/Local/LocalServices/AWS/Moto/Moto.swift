/// A local AWS (moto) on a free port of 127.0.0.1, with signature checking on, until `stop()`.
///
/// It knows SES v2, SNS, DynamoDB, Secrets Manager, S3 and more; not End User Messaging. It never checks a signature's
/// date. It opts out every phone number that ends in 99.
package final class Moto: Stoppable {
    package var port: UInt16 { server.port }
    package let region: String
    /// The key of a user with only the rights that the functions need.
    package let accessKeyID: String
    package let secretAccessKey: String
    private let server: PythonServer

    private init(server: PythonServer, region: String, key: AccessKey) {
        self.region = region
        self.accessKeyID = key.id
        self.secretAccessKey = key.secret
        self.server = server
    }

    /// The value of `AWS_ENDPOINT_URL`.
    package var endpoint: String { "http://127.0.0.1:\(port)" }

    /// The environment variables with which an AWS client uses it.
    package var environment: [String: String] {
        [
            "AWS_REGION": region, "AWS_DEFAULT_REGION": region, "AWS_ACCESS_KEY_ID": accessKeyID,
            "AWS_SECRET_ACCESS_KEY": secretAccessKey, "AWS_ENDPOINT_URL": endpoint,
        ]
    }

    /// Starts moto from the project's virtual environment (`.venv`, made by build.sh) and seeds it.
    package static func start(
        virtualEnvironment: String, region: String = "eu-central-1", seeds: Seeds = Seeds()
    ) async throws -> Moto {
        // It gets only this environment: no AWS_ or PYTHON variable of this shell may change its behaviour.
        let server = try await PythonServer.start(
            "moto", command: "moto_server", source: MotoLauncher.source, environment: MotoLauncher.environment,
            in: virtualEnvironment)
        do {
            let key = try await Seeder(port: server.port, region: region).start(seeds)
            return Moto(server: server, region: region, key: key)
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Adds senders, tables, secrets and buckets.
    package func add(_ seeds: Seeds) async throws {
        try await Seeder(port: port, region: region).add(seeds)
    }

    /// Ends the server and everything in it.
    package func stop() async {
        await server.stop()
    }

    /// Runs `body` with a started moto and stops it afterwards, however `body` ends.
    package static func withRunning<Result: Sendable>(
        virtualEnvironment: String, region: String = "eu-central-1", seeds: Seeds = Seeds(),
        _ body: (Moto) async throws -> Result
    ) async throws -> Result {
        try await stopping(start(virtualEnvironment: virtualEnvironment, region: region, seeds: seeds), after: body)
    }
}
