import Foundation
import JSON
import LocalServices
import Timeline

/// The services that the console's regions run on, in their two kinds: see `ConsoleBackEnds`.
struct ConsoleServices: Sendable {
    private static let somebody = [
        "FirstName": "Maria", "LastName": "Silva", "EmailAddress": "maria.silva@example.net",
    ]

    let project: Project
    let backEnds: any ConsoleBackEnds
    let timeline: Timeline
    /// The functions that can be run and have variables.
    let needs: [(function: Function, variables: [String: String])]
    let outbox: Outbox

    init(
        _ project: Project, _ backEnds: any ConsoleBackEnds, _ timeline: Timeline,
        needs: [(function: Function, variables: [String: String])]
    ) {
        self.project = project
        self.backEnds = backEnds
        self.timeline = timeline
        self.needs = needs
        outbox = Outbox { try await backEnds.arrivals() }
    }

    /// Returns the functions that are built, with variables where they have any.
    static func needs(of project: Project) throws -> [(function: Function, variables: [String: String])] {
        try CallSession.needs(project, ["CONNECT_PHONE_NUMBER": CallSession.connectNumber], chosen: [])
    }

    /// Returns the session in which one call of a flow is played.
    func session(_ flow: ContactFlow, _ file: URL, _ source: TimelineSource) async throws -> CallSession {
        let parts = try await backEnds.calls(of: flow, source)
        return CallSession(
            project: project, flow: flow, folder: file.deletingLastPathComponent(), choices: try FlowChoices(),
            functions: parts.functions, line: parts.line,
            profile: .object(Self.somebody.mapValues(JSONValue.string)), outbox: outbox,
            events: CallEvents(timeline: timeline, source: source))
    }
}

/// The start of those services: regions that need them wait for it.
actor ConsoleStart {
    private var result: Result<ConsoleServices, any Error>?
    private var waiting: [CheckedContinuation<ConsoleServices, any Error>] = []

    func end(_ result: Result<ConsoleServices, any Error>) {
        self.result = result
        for continuation in waiting { continuation.resume(with: result) }
        waiting = []
    }

    var isReady: Bool { if case .success? = result { true } else { false } }

    /// The services, when they run already.
    var running: ConsoleServices? { if case .success(let services)? = result { services } else { nil } }

    /// The reason why they do not run; nil when they do or may.
    var fault: String? { if case .failure(let error)? = result { PlainError.sentence(of: error) } else { nil } }

    /// Returns the services when they run; throws why they do not.
    func services() async throws -> ConsoleServices {
        if let result { return try result.get() }
        return try await withCheckedThrowingContinuation { waiting.append($0) }
    }
}
