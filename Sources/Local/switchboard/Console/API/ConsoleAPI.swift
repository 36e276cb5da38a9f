import Console
import Foundation
import JSON
import LocalServices
import Timeline

/// The console's API: JSON in, JSON out; an error is `{"error": "a sentence"}`.
struct ConsoleAPI: Sendable {
    let run: ConsoleRun

    func answer(_ request: ConsoleRequest) async -> LocalResponse {
        do {
            return try await response(to: request)
        } catch let refusal as Refusal {
            return Self.error(400, refusal.description)
        } catch let refusal as SalesforceOrg.Refused {
            return Self.error(400, refusal.description)
        } catch is CancellationError {
            return Self.error(503, "The console ends.")
        } catch {
            return Self.error(500, PlainError.sentence(of: error))
        }
    }

    private func response(to request: ConsoleRequest) async throws -> LocalResponse {
        switch (request.method, request.path.first ?? "", request.path.count) {
        case ("GET", "status", 1): return LocalResponse(200, await status)
        case ("POST", "timeline", 2) where request.path[1] == "clear":
            run.timeline.clear()
            run.signals.changed("cleared")
            return LocalResponse(200, [:])
        case (_, "flows", _), (_, "phone", _): return try await phone(request)
        case (_, "skills", _), (_, "echo", _): return try await echo(request)
        case (_, "inbox", _): return try await inbox(request)
        case (_, "crm", _): return try await crm(request)
        case (_, "functions", _): return try await functions(request)
        case (_, "board", _): return try await board(request)
        case (_, "faults", _): return try await faults(request)
        case ("POST", "save", 1): return LocalResponse(200, ["path": .string(try await save(request.body))])
        default: return Self.notFound
        }
    }

    static let notFound = error(404, "The console has nothing of that name.")

    static func error(_ status: Int, _ sentence: String) -> LocalResponse {
        LocalResponse(status, ["error": .string(sentence)])
    }

    /// Returns a whole number of the query; 0 without one.
    static func number(_ request: ConsoleRequest, _ name: String) -> Int {
        request.query[name].flatMap { Int($0) } ?? 0
    }

    private var status: JSONValue {
        get async {
            let count = await runnable.count
            return .members([
                "ready": .bool(await run.start.isReady), "error": await run.start.fault.map(JSONValue.string),
                "what": .string(
                    (run.stack == nil ? "" : "The deployed stack · ")
                        + "\(count) functions, \(run.project.flowNames.count) flows"),
                "starting": .string(
                    run.stack == nil ? "Starting the local services …" : "Deploying the stack to a local AWS …"),
                "version": .string(BuildVersion.text),
            ])
        }
    }

    /// The functions that can be run.
    private var runnable: [Function] {
        get async {
            let services = await run.start.running
            return run.project.functions.filter { Self.obstacle(to: $0, services) == nil }
        }
    }

    /// Returns the reason why a function cannot be run, as a sentence; nil when it can.
    static func obstacle(to function: Function, _ services: ConsoleServices?) -> String? {
        do {
            if let services { try services.backEnds.check(function) } else { try function.checkIsBuilt() }
            return nil
        } catch {
            return PlainError.sentence(of: error)
        }
    }
}
