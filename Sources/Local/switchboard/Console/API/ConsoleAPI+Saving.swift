import Console
import Foundation
import JSON
import Synchronization

/// Files of what happened, which a terminal or a pipeline replays.
extension ConsoleAPI {
    /// Writes a file of the kind, and returns its path from the project's root.
    func save(_ body: JSONValue) async throws -> String {
        switch body["kind"]?.string {
        case "call": return try await saveCall()
        case "talk": return try await saveTalk()
        case "event": return try await saveEvent(body)
        default: throw Refusal("A test is a call, a talk or an event.")
        }
    }

    /// Writes the call, and what is needed of the same number's earlier calls; it is kept when it replays.
    private func saveCall() async throws -> String {
        let state = run.phone.state.withLock { $0 }
        guard state.script.contains(where: { !$0.hasPrefix(">") }) else {
            throw Refusal("Nothing has been said in this call yet.")
        }
        guard state.phase != .busy else { throw Refusal("Save the call when it listens, or when it is over.") }
        let call = PlayedCall(state)
        let earlier = run.phone.earlier.withLock { $0 }.filter { $0.from == call.from }
        let own = earlier.filter { $0.flow == call.flow }
        let (path, url) = try free("integrations/connect/calls/\(call.flow)", "call")
        let saved = SavedCall(call, path: path)
        let first = try await saved.keep(at: url, after: [], in: run.project)
        guard let first else { return path }
        // A caller who has called before hears something else.
        if !own.isEmpty, try await saved.keep(at: url, after: own, in: run.project) == nil { return path }
        let others = Set(earlier.map(\.flow)).subtracting([call.flow]).sorted()
        let reason =
            others.isEmpty ? "" : " The number has called \(others.joined(separator: ", ")) before: call from another."
        throw Refusal("It was not saved, since it does not replay from a fresh start.\(reason)\n\(first)")
    }

    private func saveTalk() async throws -> String {
        let state = run.echo.state.withLock { $0 }
        guard let function = state.skill, !state.script.isEmpty else {
            throw Refusal("Nothing has been said in this conversation yet.")
        }
        let folder = try SkillPackage(of: function, in: run.project).folder.lastPathComponent
        let (path, url) = try free("integrations/alexa/\(folder)/conversations/\(state.locale)", "talk")
        let replay = SavedReplay(["talk", function, "--locale", state.locale] + state.account + ["--replay", path])
        try write(["# \(replay.command)", "# Saved by the console."] + state.script, to: url)
        if let difference = try await replay.difference(in: run.project) {
            try? FileManager.default.removeItem(at: url)
            throw Refusal(
                "It was not saved, since it does not replay from a fresh start: what the skill knew had been changed "
                    + "before.\n\(difference)")
        }
        return path
    }

    /// Returns a path that no file has: `<stem>-console-1.call` and so on.
    private func free(_ stem: String, _ type: String) throws -> (path: String, url: URL) {
        for number in 1...999 {
            let path = "\(stem)-console-\(number).\(type)"
            let url = run.project.root.appending(path: path)
            if !FileManager.default.fileExists(atPath: url.path) { return (path, url) }
        }
        throw Refusal("There are 999 saved files of \(stem) already: delete some.")
    }

    private func write(_ lines: [String], to url: URL) throws {
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url, options: .withoutOverwriting)
    }

    private func saveEvent(_ body: JSONValue) async throws -> String {
        let function = try function(body["function"]?.string ?? "")
        let name = body["name"]?.string ?? ""
        guard name.wholeMatch(of: #/[a-z0-9]+(-[a-z0-9]+)*/#) != nil else {
            throw Refusal("Name the event for what it shows, in small letters and hyphens: 19-unknown-sender.")
        }
        guard name.count <= 80 else { throw Refusal("Name the event in at most 80 letters.") }
        let path = "events/\(function.name)/\(name).json"
        let url = run.project.root.appending(path: path)
        // Files of other things lie there, too: what is expected, variables, secrets.
        guard !FileManager.default.fileExists(atPath: url.path) else {
            throw Refusal("\(path) is there already: choose another name.")
        }
        let text = body["event"]?.string ?? ""
        if let fault = JSONFault(in: Array(text.utf8)) { throw Refusal("The event is not JSON\(fault.place).") }
        let answer = try await run.functions.run(
            function, Array(text.utf8), named: nil, await run.start.services())
        let expected = url.deletingLastPathComponent().appending(path: "expected.json")
        let line = "  \(JSONValue.string(name).text): \(Self.expectation(of: answer).text)"
        let old =
            FileManager.default.fileExists(atPath: expected.path)
            ? String(decoding: try Files.read(expected, "file of expectations"), as: UTF8.self) : "{\n}\n"
        guard let end = old.lastIndex(of: "}") else { throw Refusal("\(expected.path) is not a JSON object.") }
        let head = old[..<end].trimmingCharacters(in: .whitespacesAndNewlines)
        // The event first: an expectation without its event would end every demo.
        try Data((text.hasSuffix("\n") ? text : text + "\n").utf8).write(to: url, options: .withoutOverwriting)
        try Data("\(head)\(head.hasSuffix("{") ? "" : ",")\n\(line)\n}\n".utf8).write(to: expected)
        return path
    }

    /// Returns what is expected of an event: the response that came, with a star for what is new each time.
    private static func expectation(of answer: JSONValue) -> JSONValue {
        let response = answer["response"] ?? [:]
        guard answer["isError"]?.bool == true else { return response.object == nil ? "$event" : loose(response) }
        return .members(["errorType": response["errorType"], "errorMessage": "*"])
    }

    private static func loose(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members): .object(members.mapValues(loose))
        case .array(let elements): .array(elements.map(loose))
        // An id, a date, an address with a signature.
        case .string(let text) where text.count > 12 && text.contains(where: \.isNumber) && !text.contains(" "): "*"
        default: value
        }
    }
}
