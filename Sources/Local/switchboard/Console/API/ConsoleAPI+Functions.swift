import Console
import Foundation
import JSON
import LocalServices
import Timeline

extension ConsoleAPI {
    func functions(_ request: ConsoleRequest) async throws -> LocalResponse {
        let path = request.path
        switch (request.method, path.count) {
        case ("GET", 1):
            return LocalResponse(200, ["functions": .array(try await described)])
        case ("GET", 4) where path[2] == "events":
            let function = try function(path[1])
            guard function.eventNames.contains(path[3]) else { return Self.notFound }
            let event = try Files.read(function.event(named: path[3]), "event file")
            let expected = try ConsoleFunctions.expectations(of: function)[path[3]]
            return LocalResponse(
                200,
                .members([
                    "event": .string(String(decoding: event, as: UTF8.self)),
                    "expected": expected.map { $0.first.json(event: event) },
                ]))
        case ("POST", 3) where path[2] == "run":
            let function = try function(path[1])
            let event = Array((request.body["event"]?.string ?? "").utf8)
            if let fault = JSONFault(in: event) {
                throw Refusal("The event is not JSON\(fault.place): Lambda would refuse it.")
            }
            let services = try await run.start.services()
            return LocalResponse(
                200,
                try await run.functions.run(function, event, named: request.body["name"]?.string, services))
        default: return Self.notFound
        }
    }

    /// Returns a function by its exact name.
    func function(_ name: String) throws -> Function {
        guard let function = run.project.functions.first(where: { $0.name == name }) else {
            throw Refusal("There is no function \(name).")
        }
        return function
    }

    private var described: [JSONValue] {
        get async throws {
            let services = await run.start.running
            let starts = await run.functions.coldStarts
            return try run.project.functions.map { try described($0, services, starts[$0.name]) }
        }
    }

    private func described(
        _ function: Function, _ services: ConsoleServices?, _ coldStart: JSONValue?
    ) throws -> JSONValue {
        let zip = run.project.root.appending(path: "dist/\(function.name).zip")
        let size = (try? FileManager.default.attributesOfItem(atPath: zip.path)[.size] as? Int) ?? nil
        let obstacle = Self.obstacle(to: function, services)
        let variables =
            try? services?.backEnds.variables(of: function) ?? run.project.variables(of: function)
        return .members([
            "name": .string(function.name), "isBuilt": .bool(obstacle == nil),
            "reason": obstacle.map(JSONValue.string),
            "size": function.size.map { .number($0) }, "zipBytes": size.map { .number($0) },
            "coldMilliseconds": coldStart,
            "events": .array(function.eventNames.map(JSONValue.string)),
            "variables": .object(
                (variables ?? [:]).reduce(into: [:]) { $0[$1.key] = .string(masked($1.key, $1.value)) }),
        ])
    }

    /// Returns a variable's value, and a mark in the place of a secret.
    private func masked(_ name: String, _ value: String) -> String {
        value.isEmpty ? "" : Redaction.shown(value, ofVariable: name)
    }
}
