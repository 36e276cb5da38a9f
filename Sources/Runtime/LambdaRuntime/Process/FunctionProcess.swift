import Glibc
import Idling
import Logging
import Settings

/// A function's process: reads the environment, makes the function, runs its loops. It ends by `_exit` with a sentence
/// on standard error, never by a signal.
enum FunctionProcess {
    /// Runs the function that `make` makes; does not return.
    static func run<Handler: EventHandler>(
        _ make: @escaping @Sendable (Environment) async throws -> Handler
    ) -> Never {
        // A log that nobody reads any more must not end the process.
        signal(SIGPIPE, SIG_IGN)
        Heap.keepFreedMemory()
        let environment = Environment.ofProcess()
        let logging = LogConfiguration(environment)
        guard let api = environment["AWS_LAMBDA_RUNTIME_API"] else {
            exit(2, "This is a Lambda function and needs the Runtime API: run it with `switchboard invoke \(name)`.")
        }
        guard let address = RuntimeAPIAddress(api) else {
            exit(2, "AWS_LAMBDA_RUNTIME_API must be a numeric address and a port, such as 127.0.0.1:9001.")
        }
        let executor = LoopExecutor()
        let loops = max(1, environment["AWS_LAMBDA_MAX_CONCURRENCY"].flatMap { Int($0) } ?? 1)
        // Where loops run side by side, each blocks its thread in `next` while others still call out.
        LoopThread.$current.withValue(loops == 1 ? executor.thread : nil) {
            Task(executorPreference: executor) {
                do {
                    let handler = await initialize(make, environment: environment, at: address, logging: logging)
                    try await run(loops, handler, environment: environment, at: address, logging: logging)
                } catch {
                    exit(1, String(describing: error), logging)
                }
            }
        }
        executor.run()
    }

    /// Makes the function; an error is posted to `/init/error` and ends the process.
    private static func initialize<Handler: EventHandler>(
        _ make: (Environment) async throws -> Handler, environment: Environment, at address: RuntimeAPIAddress,
        logging: LogConfiguration
    ) async -> Handler {
        do {
            let handler = try await make(environment)
            // Initialisation runs at full speed, and nobody waits for it where capacity is provisioned.
            if environment["SWITCHBOARD_WARM_UP"]?.lowercased() != "false" { await handler.warmUp() }
            return handler
        } catch {
            let report = ErrorReport(error)
            var sentence = "The function could not start: \(report.errorType): \(report.errorMessage)"
            do throws(RuntimeAPIError) {
                let status = try RuntimeAPIClient(at: address).failInitialization(report)
                if status >= 300 { sentence += " The Runtime API refused this report with \(status)." }
            } catch {
                sentence += " \(error)"
            }
            exit(1, sentence, logging)
        }
    }

    private static func run<Handler: EventHandler>(
        _ loops: Int, _ handler: Handler, environment: Environment, at address: RuntimeAPIAddress,
        logging: LogConfiguration
    ) async throws(RuntimeAPIError) -> Never {
        let isGraceful = environment["SWITCHBOARD_GRACEFUL_SHUTDOWN"]?.lowercased() == "true"
        if isGraceful {
            // First, since SIGTERM may come as soon as the extension is there.
            GracefulShutdown.install(loops: loops)
            try GracefulShutdown.registerExtension(at: address)
        }
        do {
            for _ in 1..<loops {
                try startThread {
                    let executor = LoopExecutor()
                    Task(executorPreference: executor) {
                        do throws(RuntimeAPIError) {
                            try await InvocationLoop(
                                handler, at: address, logging: logging, trace: nil, isGraceful: isGraceful
                            ).run()
                        } catch {
                            exit(1, error.description, logging)
                        }
                    }
                    executor.run()
                }
            }
        } catch {
            throw .system(error)
        }
        let trace = loops == 1 ? TraceVariable() : nil
        try await InvocationLoop(handler, at: address, logging: logging, trace: trace, isGraceful: isGraceful).run()
    }

    /// The function's name: that of the executable, or of the folder it lies in as `dist/<Function>/bootstrap`.
    private static var name: String {
        let path = realpath("/proc/self/exe", nil)
        defer { free(path) }
        let parts = (path.map { String(cString: $0) } ?? "bootstrap").split(separator: "/")
        return String(parts.last == "bootstrap" && parts.count > 1 ? parts[parts.count - 2] : parts.last ?? "")
    }

    private static func exit(_ status: CInt, _ sentence: String, _ logging: LogConfiguration? = nil) -> Never {
        if let logging {
            LambdaLogHandler(configuration: logging).write(.critical, sentence)
        } else {
            LogConfiguration.writeToStandardError(Array("\(sentence)\n".utf8))
        }
        _exit(status)
    }
}

extension LambdaFunction {
    /// Runs the process of this function; called by `@main`.
    package static func main() {
        FunctionProcess.run { environment in DecodingHandler(try await Self(environment: environment)) }
    }
}

extension RawLambdaFunction {
    /// Runs the process of this function; called by `@main`.
    package static func main() {
        FunctionProcess.run { environment in RawHandler(try await Self(environment: environment)) }
    }
}
