import Console
import Foundation
import LocalServices
import Timeline

/// One run of `switchboard console`: what its page shows, and what it does.
final class ConsoleRun: Sendable {
    let project: Project
    let timeline: Timeline
    let signals = ConsoleSignals()
    let start = ConsoleStart()
    let phone: ConsolePhone
    let echo: ConsoleEcho
    let functions: ConsoleFunctions
    let faults: ConsoleFaults
    /// The deployment whose stack it works over; nil for processes of its own.
    let stack: StackDeployment?
    /// An addition to the local Salesforce beside processes of its own; a stack has one itself.
    private let addition: SalesforceAddition?

    init(
        _ project: Project, _ timeline: Timeline, stack: StackDeployment? = nil, salesforce: SalesforceAddition? = nil
    ) {
        self.stack = stack
        addition = salesforce
        self.project = project
        self.timeline = timeline
        phone = ConsolePhone(timeline, signals)
        echo = ConsoleEcho(timeline, signals)
        functions = ConsoleFunctions()
        faults = ConsoleFaults(timeline, signals)
    }

    /// Serves the page until the task is cancelled; `isListening` gets its address as soon as it can be opened.
    func serve(port: UInt16, _ isListening: (String) -> Void) async throws {
        let folder = project.consolePage
        guard Files.isFolder(folder) else {
            throw Refusal("The console's page is not there: \(folder.path).")
        }
        let api = ConsoleAPI(run: self)
        let server: ConsoleServer
        do {
            server = try await ConsoleServer(
                port: port, page: ConsolePage(folder), timeline: timeline, signals: signals
            ) { await api.answer($0) }
        } catch {
            throw Refusal(
                "The console cannot listen: \(PlainError.sentence(of: error)) Give --port <number>."
            )
        }
        isListening(server.url)
        do {
            try await runServices()
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    /// Runs the services until the task is cancelled. Without them the page still shows what the project has.
    private func runServices() async throws {
        do {
            try await withServices { [self] services in
                await start.end(.success(services))
                signals.changed("status")
                await Self.untilCancelled()
                await phone.stop()
                await echo.stop()
                await functions.stop()
                await services.backEnds.stop()
            }
        } catch {
            guard !Task.isCancelled else { return }
            Terminal.say(PlainError.sentence(of: error))
            await start.end(.failure(error))
            signals.changed("status")
            await Self.untilCancelled()
        }
        await start.end(.failure(CancellationError()))
    }

    private func withServices(_ body: @escaping @Sendable (ConsoleServices) async -> Void) async throws {
        guard let stack else {
            let needs = try ConsoleServices.needs(of: project)
            let asking = TimelineSource.Current()
            return try await BackEnds.withRunning(
                project, needs, salesforce: addition, timeline: timeline, followsRequests: true,
                source: { asking.value }
            ) { backEnds in
                let backEnds = ProcessBackEnds(project, backEnds, needs, asking: asking)
                await body(ConsoleServices(project, backEnds, timeline, needs: needs))
            }
        }
        try await stack.withRunning(timeline) { [project, timeline] deployment in
            let backEnds = try await DeployedBackEnds(project, deployment)
            deployment.beginReporting()
            await body(ConsoleServices(project, backEnds, timeline, needs: backEnds.needs))
        }
    }

    private static func untilCancelled() async {
        while (try? await Task.sleep(for: .seconds(3600))) != nil {}
    }
}
