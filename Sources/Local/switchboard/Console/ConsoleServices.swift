import Foundation
import JSON
import LocalServices
import Timeline

/// The services that the console's regions run on: one local AWS, Salesforce, VoiceIt and Twilio for all of them.
struct ConsoleServices: Sendable {
    let project: Project
    let backEnds: BackEnds
    let timeline: Timeline
    /// The functions that are built and have variables.
    let needs: [(function: Function, variables: [String: String])]
    let outbox: Outbox

    /// Returns the functions that are built, with variables where they have any.
    static func needs(of project: Project) throws -> [(function: Function, variables: [String: String])] {
        try CallSession.needs(project, ["CONNECT_PHONE_NUMBER": CallSession.connectNumber], chosen: [])
    }

    /// Returns the settings of a function's process; `own` are variables over its own, `source` the session it runs in.
    func configuration(
        of function: Function, _ own: [String: String] = [:], source: String? = nil
    ) throws -> LocalFunction.Configuration {
        let declared = try project.template()?.declared(by: function.name)
        let known = needs.first { $0.function.name == function.name }?.variables
        let variables = (known ?? [:]).merging(own.filter { declared?.contains($0.key) ?? true }) { $1 }
        var configuration = LocalFunction.Configuration(
            name: function.name, bootstrap: function.bootstrap.path,
            environment: known == nil ? [:] : backEnds.environment(variables))
        configuration.reporting = backEnds.reporting(source: source)
        return configuration
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

    /// The reason why they do not run; nil when they do or may.
    var fault: String? { if case .failure(let error)? = result { PlainError.sentence(of: error) } else { nil } }

    /// Returns the services when they run; throws why they do not.
    func services() async throws -> ConsoleServices {
        if let result { return try result.get() }
        return try await withCheckedThrowingContinuation { waiting.append($0) }
    }
}
