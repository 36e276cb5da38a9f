import Foundation
import Subprocess
import SystemPackage

/// A local AWS (moto) on a free port of 127.0.0.1, with signature checking on, until `stop()`.
///
/// It knows SES v2, SNS, DynamoDB, Secrets Manager, S3 and more; not End User Messaging. It never checks a signature's
/// date. It opts out every phone number that ends in 99.
package final class Moto: Sendable {
    package let port: UInt16
    package let region: String
    /// The key of a user who may do what the functions do, and nothing else.
    package let accessKeyID: String
    package let secretAccessKey: String
    private let process: ChildProcess
    private let log: LogFile

    private init(port: UInt16, region: String, key: AccessKey, process: ChildProcess, log: LogFile) {
        self.port = port
        self.region = region
        self.accessKeyID = key.id
        self.secretAccessKey = key.secret
        self.process = process
        self.log = log
    }

    /// The value of `AWS_ENDPOINT_URL`.
    package var endpoint: String { "http://127.0.0.1:\(port)" }

    /// The variables that make an AWS client use it.
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
        let bin = URL(filePath: virtualEnvironment).appending(path: "bin")
        guard FileManager.default.isExecutableFile(atPath: bin.appending(path: "moto_server").path) else {
            throw MotoError("The local AWS is not installed (no \(bin.path)/moto_server): run ./build.sh first.")
        }
        let log = try LogFile(named: "moto")
        // Python gets nothing of this shell but where to find itself: no AWS_ or PYTHON variable may change what it does.
        let command = ChildProcess.Command(
            bin.appending(path: "python").path, ["-c", MotoLauncher.source],
            environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MOTO_CALL_RESET_API": "false"], directory: "/")
        let (ports, found) = AsyncStream.makeStream(of: UInt16.self)
        let process = try await ChildProcess.start(
            command, input: .inputWriter, output: .sequence,
            error: .fileDescriptor(log.descriptor, closeAfterSpawningProcess: false)
        ) { execution in
            defer { found.finish() }
            for try await line in execution.standardOutput.strings() {
                if let port = UInt16(line.trimmingCharacters(in: .whitespacesAndNewlines)) {
                    found.yield(port)
                }
            }
        }
        do {
            guard let port = await ports.first(where: { _ in true }) else {
                try Task.checkCancellation()
                throw MotoError("The local AWS did not start: run ./build.sh again. It said:\n\(log.end(lines: 5))")
            }
            let key = try await Seeder(port: port, region: region).start(seeds)
            return Moto(port: port, region: region, key: key, process: process, log: log)
        } catch {
            await process.stop()
            throw error
        }
    }

    /// Adds senders, tables, secrets and buckets.
    package func add(_ seeds: Seeds) async throws {
        try await Seeder(port: port, region: region).add(seeds)
    }

    /// Ends the server and everything in it.
    package func stop() async {
        await process.stop()
    }

    /// Runs `body` with a started moto and stops it afterwards, however `body` ends.
    package static func withRunning<Result: Sendable>(
        virtualEnvironment: String, region: String = "eu-central-1", seeds: Seeds = Seeds(),
        _ body: (Moto) async throws -> Result
    ) async throws -> Result {
        let moto = try await start(virtualEnvironment: virtualEnvironment, region: region, seeds: seeds)
        do {
            let result = try await body(moto)
            await moto.stop()
            return result
        } catch {
            await moto.stop()
            throw error
        }
    }
}

/// Why the local AWS cannot be used, and what to do.
package struct MotoError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
