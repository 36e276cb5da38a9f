import Foundation
import JSON
import Synchronization

/// The call as a page shows it and as a file keeps it.
extension ConsolePhone {
    /// Returns the state, with the lines after the first `count` of the call of that id, or all of another one.
    func json(after count: Int, of id: Int) -> JSONValue {
        let state = state.withLock { $0 }
        let lines = id == state.id ? state.lines.dropFirst(count) : state.lines[...]
        return .members([
            "id": .number(state.id), "flow": state.flow.isEmpty ? nil : .string(state.flow),
            "from": state.from.map(JSONValue.string), "state": .string(state.phase.rawValue),
            "lines": .array(lines.map(\.json)), "hint": .string(state.hint),
            "firstEvent": .number(state.firstEvent), "isHungUp": .bool(state.isHungUp),
            "view": state.view.map { Self.shown($0, state.viewNumber) } ?? .null,
            "mayAgentHangUp": .bool(state.isDialled),
        ])
    }

    private static func shown(_ view: AgentView, _ number: Int) -> JSONValue {
        [
            "number": .number(number), "resource": .string(view.resource), "data": view.data,
            "choices": .array(view.choices.map { ["label": .string($0.label)] }),
            "fields": .array(view.fields.map(shown)),
        ]
    }

    private static func shown(_ field: AgentView.Field) -> JSONValue {
        let definition = field.definition
        let options = (definition["Options"]?.array ?? []).compactMap { option -> JSONValue? in
            guard let value = (option["Value"] ?? option["Label"] ?? option).scalarText else { return nil }
            return [.string(value), .string(option["Label"]?.scalarText ?? value)]
        }
        return .members([
            "name": .string(field.name), "label": .string(field.label), "isRequired": .bool(field.isRequired),
            "preset": .string(field.preset), "type": definition["ComponentId"] ?? definition["Type"] ?? .null,
            "input": definition["InputType"], "help": definition["HelperText"], "options": .array(options),
        ])
    }

    /// Returns the side of the conversation that shows a line.
    static func side(of line: ShownLine) -> String {
        switch line.kind {
        case .said: line.speaker == .twilio ? "twilio" : "connect"
        case .view: "view"
        case .message: "message"
        case .note, .transferred, .ended, .keys: "note"
        }
    }

    /// Returns what is shown as a script expects it, line by line: what differs in each call is a star.
    static func expected(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }.map(expected(line:))
    }

    private static func expected(line: String) -> String {
        // These would begin a comment, or a line that is typed.
        let line = line.hasPrefix("#") || line.hasPrefix(">") ? "*\(line.dropFirst())" : line
        return line.replacing(#/\(Sends the code [^ ]* as keys\.\)/#, with: "(Sends the code * as keys.)")
            .replacing(#/^\(Of 100, this contact drew \d+\.\)$/#, with: "(Of 100, this contact drew *.)")
    }
}
