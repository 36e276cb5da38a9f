package import Foundation
import JSON
import LocalServices
import Settings
package import Testing

/// One file of `events/<Function>`, with its entry of `expected.json`.
package struct EventFixture: Sendable, CustomStringConvertible {
    /// The file's name without `.json`: a description of the event.
    package let name: String
    package let event: Data
    /// Nil where `expected.json` says nothing of it.
    private let expected: ExpectedResult?
    /// The event that is sent before this one; nil for none.
    private let before: Data?

    package var description: String { name }

    /// Every event of a function, in the order of the names.
    package static func all(of function: String) throws -> [EventFixture] {
        let folder = folder(function)
        func data(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: "\(name).json")) }
        let entries = try JSONValue(parsing: Array(data("expected"))).object ?? [:]
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
            .filter { !["expected", "env", "items", "salesforce"].contains($0) }
        if let stray = Set(entries.keys).subtracting(names).min() {
            throw StrayExpectation(description: "expected.json expects something of \(stray), which is no event")
        }
        return try names.map { name in
            let expected = entries[name].flatMap(ExpectedResult.init)
            return EventFixture(
                name: name, event: try data(name), expected: expected, before: try expected?.after.map(data))
        }
    }

    /// Returns the variables of `env.json`.
    package static func environment(of function: String) throws -> [String: String] {
        let data = try Data(contentsOf: folder(function).appending(path: "env.json"))
        return try JSONDecoder().decode([String: String].self, from: data)
    }

    /// Gives a function the event, as often as `expected.json` says and after the one that it names, and expects what it
    /// says, as `switchboard demo` does.
    package func check(
        sourceLocation: SourceLocation = #_sourceLocation, _ respond: (_ event: Data) async throws -> [UInt8]
    ) async throws {
        let expected = try #require(
            expected, "expected.json says nothing of \(name), or not in its form", sourceLocation: sourceLocation)
        var first: JSONValue?
        if let before { first = try? JSONValue(parsing: await Self.outcome(of: before, respond).payload) }
        for expectation in [expected.first, expected.second].compactMap(\.self) {
            let outcome = await Self.outcome(of: event, respond)
            let payload = String(decoding: outcome.payload, as: UTF8.self)
            #expect(
                expectation.matches(outcome, event: Array(event), first: first), "\(name) brought \(payload)",
                sourceLocation: sourceLocation)
            first = try? JSONValue(parsing: outcome.payload)
        }
    }

    private static func outcome(
        of event: Data, _ respond: (Data) async throws -> [UInt8]
    ) async -> InvocationOutcome {
        do {
            return .answer(try await respond(event))
        } catch {
            let type = (error as? any TypedError)?.errorType ?? "\(Swift.type(of: error))"
            let document: JSONValue = ["errorType": .string(type), "errorMessage": .string("\(error)")]
            return .functionError(document.bytes)
        }
    }

    private struct StrayExpectation: Error, CustomStringConvertible {
        let description: String
    }

    private static func folder(_ function: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../events/\(function)").standardized
    }
}
