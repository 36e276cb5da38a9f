import Foundation
import JSON
import Timeline

/// The requests and responses of a turn as JSON, for `/json`.
enum TalkJSON {
    /// One request to the skill, and its response.
    struct Exchange: Equatable {
        let request: [UInt8]
        let response: [UInt8]

        /// Both, indented, without the tokens in them.
        var lines: [String] {
            ["Request:"] + TalkJSON.indented(request) + ["Response:"] + TalkJSON.indented(response)
        }
    }

    /// The forms of the command.
    enum Command: Equatable {
        /// Prints those of the last turn.
        case last
        /// Prints those of every turn, or no longer.
        case every(Bool)

        var isOn: Bool? {
            if case .every(let isOn) = self { isOn } else { nil }
        }
    }

    /// Returns the command of a typed line; nil for another.
    static func command(_ typed: String) -> Command? {
        switch typed.lowercased().split(separator: " ").joined(separator: " ") {
        case "/json": .last
        case "/json on": .every(true)
        case "/json off": .every(false)
        default: nil
        }
    }

    static func lines(of command: Command, _ exchanges: [Exchange]) -> [String] {
        switch command {
        case .last:
            exchanges.isEmpty ? ["(The last turn sent nothing to the skill.)"] : exchanges.flatMap(\.lines)
        case .every(true): ["(Every turn prints its requests and responses; /json off ends that.)"]
        case .every(false): ["(No turn prints them any longer.)"]
        }
    }

    private static func indented(_ bytes: [UInt8]) -> [String] {
        guard let value = try? JSONValue(parsing: bytes),
            let object = try? JSONSerialization.jsonObject(
                with: Data(Redaction().redacted(value).bytes), options: .fragmentsAllowed),
            let text = try? JSONSerialization.data(
                withJSONObject: object,
                options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed])
        else { return ["  " + String(decoding: bytes, as: UTF8.self)] }
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map { "  \($0)" }
    }
}
