import Console
import JSON
import LocalServices

extension ConsoleAPI {
    func board(_ request: ConsoleRequest) async throws -> LocalResponse {
        let board = ConsoleBoard(project: run.project)
        // It is known at once, whatever still starts.
        if request.method == "GET", let absence = board.absence { return LocalResponse(200, absence) }
        let services = try await run.start.services()
        let variables = try services.backEnds.variables(of: board.function) ?? [:]
        switch (request.method, request.path.dropFirst().joined(separator: "/")) {
        case ("GET", ""): return LocalResponse(200, try await board.json(services.backEnds, variables))
        case ("POST", "read"):
            guard let task = request.body["task"]?.string.flatMap(ConsoleBoard.Reading.init) else {
                throw Refusal("A task of \(ConsoleBoard.name) is realtime or historical.")
            }
            let result = try await board.read(task, run.functions, services, variables)
            run.signals.changed("board")
            return LocalResponse(200, result)
        case ("POST", "busy"):
            await services.backEnds.connect?.centre.keepBusy(request.body["isOn"]?.bool ?? false)
            run.signals.changed("board")
            return LocalResponse(200, [:])
        default: return Self.notFound
        }
    }
}
