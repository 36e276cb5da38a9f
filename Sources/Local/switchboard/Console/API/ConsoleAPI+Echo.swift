import Console
import Foundation
import JSON
import LocalServices
import Synchronization

extension ConsoleAPI {
    func echo(_ request: ConsoleRequest) async throws -> LocalResponse {
        let echo = run.echo
        switch (request.method, request.path.joined(separator: "/")) {
        case ("GET", "skills"):
            let skills = run.project.functions.filter(\.isBuilt).compactMap { function in
                (try? SkillPackage(of: function.name, in: run.project)).map { skill in
                    JSONValue.object([
                        "function": .string(function.name), "locales": .array(skill.locales.map(JSONValue.string)),
                        "linksAccounts": .bool(skill.linksAccounts),
                    ])
                }
            }
            return LocalResponse(200, ["skills": .array(skills)])
        case ("GET", "echo"):
            return LocalResponse(200, echo.json(after: Self.number(request, "after"), of: Self.number(request, "id")))
        case ("GET", "echo/audio"):
            guard let audio = echo.state.withLock({ $0.audio }), audio.token == request.query["token"] else {
                return Self.notFound
            }
            return Self.media(audio.bytes, type: "audio/mpeg", range: request.range)
        case ("POST", "echo"):
            try await echo.start(
                request.body["skill"]?.string ?? "", locale: request.body["locale"]?.string ?? "en-US",
                isLinked: request.body["linked"]?.bool ?? false, await run.start.services())
        case ("POST", "echo/say"): try await echo.perform(.say(request.body["text"]?.string ?? ""))
        case ("POST", "echo/button"):
            try await echo.perform(.say("/button \(request.body["name"]?.string ?? "")"))
        case ("POST", "echo/seek"): try await echo.perform(.seek(request.body["milliseconds"]?.int ?? 0))
        case ("POST", "echo/end"): try await echo.perform(.end)
        default: return Self.notFound
        }
        return LocalResponse(200, [:])
    }

    /// Returns a sound, or the part of it that a browser wants: a bar that is moved needs parts.
    static func media(_ bytes: [UInt8], type: String, range: String?) -> LocalResponse {
        guard let match = range?.wholeMatch(of: #/bytes=(\d+)-(\d*)/#), let start = Int(match.1), start < bytes.count
        else {
            var whole = LocalResponse(200, type: type, bytes)
            whole.fields["Accept-Ranges"] = "bytes"
            return whole
        }
        let end = min(bytes.count - 1, Int(match.2) ?? bytes.count - 1)
        guard end >= start else { return error(416, "The range is empty.") }
        var part = LocalResponse(206, type: type, Array(bytes[start...end]))
        part.fields["Accept-Ranges"] = "bytes"
        part.fields["Content-Range"] = "bytes \(start)-\(end)/\(bytes.count)"
        return part
    }
}

extension ConsoleEcho {
    /// Returns the state, with the turns after the first `count` of the conversation of that id, or all of another one.
    func json(after count: Int, of id: Int) -> JSONValue {
        let state = state.withLock { $0 }
        let turns = id == state.id ? state.turns.dropFirst(count) : state.turns[...]
        return .members([
            "id": .number(state.id), "skill": state.skill.map(JSONValue.string), "locale": .string(state.locale),
            "phrases": .array(state.phrases.map(JSONValue.string)), "turns": .array(turns.map(\.json)),
            "player": state.player,
        ])
    }
}

extension ConsoleEcho.Turn {
    fileprivate var json: JSONValue {
        let cards = exchanges.compactMap { $0["response"]?["response"]?["card"] }.map { card in
            JSONValue.members([
                "type": card["type"], "title": card["title"], "text": card["text"] ?? card["content"],
            ])
        }
        return .members([
            "said": said.map(JSONValue.string), "silent": .bool(said?.isEmpty ?? false),
            "lines": .array(lines.map(JSONValue.string)), "cards": .array(cards), "exchanges": .array(exchanges),
        ])
    }
}
