import JSON
import LocalServices
import Synchronization
import TestSupport

/// Every service that the functions call, on one port: answers at once, mostly as the real one does, and sometimes not.
///
/// It is no stand-in for correctness, which the doubles are: it lets functions get on, and answers oddly by the seed.
final class BackEnd: Sendable {
    /// What is odd about one response of an event.
    private enum Oddity: CaseIterable {
        case status, changed, garbled, empty, page, cut, reset, silence
    }

    struct State {
        var generator: SeededGenerator
        var tables = Tables()
        /// The requests until an odd response; nil for none in this event.
        var untilOdd: Int?
    }

    let port: Int
    private let server: ScriptedServer
    private let shared: Shared

    init(function: String) throws {
        let state = Shared(try Tables(seededFor: function))
        server = try ScriptedServer { connection in
            while var request = try connection.readHead() {
                try connection.readBody(of: &request)
                guard try Self.serve(request, on: connection, state) else { return }
            }
        }
        port = server.port
        shared = state
    }

    /// What the connections' threads share.
    final class Shared: Sendable {
        let state: Mutex<State>
        private let seeded: Tables

        init(_ tables: Tables) {
            seeded = tables
            state = Mutex(State(generator: SeededGenerator(seed: 0), tables: tables))
        }

        func begin(_ generator: SeededGenerator, isReset: Bool) {
            state.withLock { state in
                state.generator = generator
                if isReset { state.tables = seeded }
                let isOdd = Int.random(in: 0..<50, using: &state.generator) == 0
                state.untilOdd = isOdd ? Int.random(in: 0..<3, using: &state.generator) : nil
            }
        }
    }

    /// Begins an event: its generator decides what is odd.
    func begin(_ generator: SeededGenerator, isReset: Bool) {
        shared.begin(generator, isReset: isReset)
    }

    /// Returns false when the connection is over.
    private static func serve(
        _ request: ScriptedServer.Request, on connection: ScriptedServer.Connection, _ shared: Shared
    ) throws -> Bool {
        typealias Reply = (response: ScriptedServer.Response, oddity: Oddity?, generator: SeededGenerator)
        let reply = shared.state.withLock { state -> Reply in
            let response = BackEnd.response(to: request, &state)
            let isOdd = state.untilOdd == 0
            state.untilOdd = state.untilOdd.map { $0 - 1 }
            let oddity = isOdd ? Oddity.allCases.randomElement(using: &state.generator) : nil
            return (response, oddity, state.generator)
        }
        let response = reply.response
        guard let oddity = reply.oddity else {
            try connection.answer(response)
            return true
        }
        var chance = reply.generator
        var odd = response
        switch oddity {
        case .status:
            odd.status =
                [400, 401, 403, 404, 408, 409, 413, 429, 500, 502, 503, 504, 302, 204, 418].randomElement(
                    using: &chance) ?? 500
        case .changed:
            guard let json = try? JSONValue(parsing: response.body) else {
                return try garble(odd, on: connection, &chance)
            }
            odd.body = JSONMutator().mutated(json, with: json, &chance).bytes
        case .garbled: return try garble(odd, on: connection, &chance)
        case .empty: odd.body = []
        case .page: odd.body = Array("<!DOCTYPE html><html><body>Down for maintenance</body></html>".utf8)
        case .cut:
            try connection.send(Array(response.bytes.dropLast(5)))
            connection.reset()
            return false
        case .reset:
            connection.reset()
            return false
        case .silence:
            // A whole invocation's time, so only now and then.
            guard Int.random(in: 0..<20, using: &chance) == 0 else { break }
            connection.hang()
            return false
        }
        try connection.answer(odd)
        return true
    }

    private static func garble(
        _ response: ScriptedServer.Response, on connection: ScriptedServer.Connection, _ chance: inout SeededGenerator
    ) throws -> Bool {
        var odd = response
        odd.body = ByteMutator(tokens: [], longest: 100_000).mutated(odd.body, with: odd.body, &chance)
        try connection.answer(odd)
        return true
    }
}
