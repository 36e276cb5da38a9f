import Encoding
import Foundation
import Subprocess
package import SystemPackage

/// A bootstrap running like on Lambda, under a local Runtime API, until `stop()`.
///
/// It is started once and then handles one event after another, like a warm sandbox. A process that crashed or ran out
/// of time handles no more events: start another.
package final class LocalFunction: Stoppable {
    package struct Configuration: Sendable {
        package var name: String
        package var bootstrap: String
        /// The function's variables in addition to Lambda's own variables; these win.
        package var environment: [String: String]
        package var region = "eu-central-1"
        package var memorySize = 128
        /// The time limit of one invocation.
        package var timeout: Duration = .seconds(30)
        /// The time limit for the process's first `next`: Lambda's own.
        package var initTimeout: Duration = .seconds(10)
        /// The destination of the function's standard output and standard error.
        package var output: FileDescriptor = .standardError
        /// Called with each START, END and REPORT line.
        package var log: @Sendable (String) -> Void = { _ in }
        /// The timeline that gets the invocations; its output then goes there, and to `reporting.echo`.
        package var reporting: FunctionReporting?

        package init(name: String, bootstrap: String, environment: [String: String] = [:]) {
            self.name = name
            self.bootstrap = bootstrap
            self.environment = environment
        }
    }

    private let configuration: Configuration
    private let api: RuntimeAPI
    private let server: RuntimeAPIServer
    private let process: ChildProcess
    private let startedAt: ContinuousClock.Instant
    private let watchers: [Task<Void, Never>]
    private let invocations = Counter()
    private let reporting: ProcessReporting?

    private init(
        _ configuration: Configuration, api: RuntimeAPI, server: RuntimeAPIServer, process: ChildProcess,
        startedAt: ContinuousClock.Instant, reporting: ProcessReporting?
    ) {
        self.configuration = configuration
        self.reporting = reporting
        self.api = api
        self.server = server
        self.process = process
        self.startedAt = startedAt
        watchers = [
            Task {
                let ending = await process.ended()
                await api.end { .exited(ending, requestID: $0) }
            },
            Task {
                guard (try? await Task.sleep(for: configuration.initTimeout)) != nil, await api.firstNext == nil else {
                    return
                }
                let message = "Initialisation took longer than \(configuration.initTimeout.seconds) seconds."
                await api.end { _ in .runtimeError(type: "Sandbox.Timedout", message: message) }
                process.signal(SIGKILL)
            },
        ]
    }

    /// Starts the bootstrap; it may still be initialising when this returns.
    package static func start(_ configuration: Configuration) async throws -> LocalFunction {
        let log = configuration.log
        let api = RuntimeAPI { log("START RequestId: \($0.requestID) Version: $LATEST") }
        let server = try await RuntimeAPIServer(
            api, identity: .init(name: configuration.name, region: configuration.region))
        var reporting: ProcessReporting?
        do {
            if let chosen = configuration.reporting {
                reporting = try await ProcessReporting(
                    chosen, name: configuration.name, environment: configuration.environment)
            }
            var variables = configuration.variables(address: server.address)
            if let proxy = reporting?.proxy { variables["http_proxy"] = proxy.url }
            let command = ChildProcess.Command(
                configuration.bootstrap, [], environment: variables, directory: configuration.root)
            let output = FileDescriptorOutput.fileDescriptor(
                reporting?.log.descriptor ?? configuration.output, closeAfterSpawningProcess: false)
            let startedAt = ContinuousClock.now
            let process = try await ChildProcess.start(command, input: .none, output: output, error: output)
            return LocalFunction(
                configuration, api: api, server: server, process: process, startedAt: startedAt, reporting: reporting)
        } catch {
            await reporting?.stop()
            await server.stop()
            throw error
        }
    }

    /// Passes one event to the function and waits for the outcome; cancelling kills the process.
    ///
    /// `fields` are further headers of the event, such as `Lambda-Runtime-Client-Context`; `command` does the same in a
    /// terminal, for the timeline.
    package func invoke(
        _ event: [UInt8], fields: [String: String] = [:], command: String? = nil
    ) async -> InvocationReport {
        let invokedAt = UTCTime.now.extended
        let invocation = RuntimeAPI.Invocation(event: event, timeout: configuration.timeout, fields: fields)
        let isFirst = invocations.increment() == 1
        let outcome = await withTaskCancellationHandler {
            await api.invoke(invocation)
        } onCancel: {
            process.signal(SIGKILL)
        }
        let endedAt = ContinuousClock.now
        let deliveredAt = await api.delivery(of: invocation.requestID)
        let firstNext = await api.firstNext
        let report = InvocationReport(
            requestID: invocation.requestID, outcome: outcome, duration: endedAt - (deliveredAt ?? endedAt),
            initDuration: isFirst ? firstNext.map { $0 - startedAt } : nil, maxMemory: process.maxMemory)
        if case .runtimeError("Sandbox.Timedout", _) = outcome {
            process.signal(SIGKILL)
        }
        if firstNext == nil { await lastWords() }
        reporting?.log.read()
        for line in report.lines(memorySize: configuration.memorySize) {
            configuration.log(line)
        }
        reporting?.report(
            report, of: event, startedAt: invokedAt, isCold: isFirst, memorySize: configuration.memorySize,
            command: command)
        return report
    }

    /// Lets a process whose initialisation failed log what it has to say, for a second at most.
    private func lastWords() async {
        let limit = Task {
            guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
            process.signal(SIGKILL)
        }
        _ = await process.ended()
        limit.cancel()
    }

    /// Waits until the function has started: nil then, or what Lambda would say of its failed start;
    /// cancelling kills the process.
    package func initialisation() async -> InvocationOutcome? {
        await withTaskCancellationHandler {
            await api.initialisation()
        } onCancel: {
            process.signal(SIGKILL)
        }
    }

    /// Ends the process (with SIGTERM first if it registered an extension) and the Runtime API.
    package func stop() async {
        await process.stop(grace: await api.hasExtension ? .milliseconds(500) : nil)
        for watcher in watchers {
            watcher.cancel()
            await watcher.value
        }
        await reporting?.stop()
        await server.stop()
    }
}

extension LocalFunction {
    /// Runs `body` with a started function and stops it afterwards, however `body` ends.
    package static func withRunning<Result: Sendable>(
        _ configuration: Configuration, _ body: (LocalFunction) async throws -> Result
    ) async throws -> Result {
        try await stopping(start(configuration), after: body)
    }
}
