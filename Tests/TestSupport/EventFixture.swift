package import Foundation

/// One file of `events/<Function>`, with what `expected.json` says of it.
package struct EventFixture: Sendable, CustomStringConvertible {
    /// The file's name without `.json`: what the event shows.
    package let name: String
    package let event: Data
    /// The expected outputs, one for each time the event is sent: fields by name, `*` for any text that is not empty,
    /// `*part*` for one that holds it, `$first` for the first output's; or `errorType`.
    package let expectations: [[String: String]]
    /// The event that is sent before this one, whose output `$first` then means; nil for none.
    package let before: Data?

    package var description: String { name }

    /// Files beside the events that are none.
    private static let others: Set = ["expected.json", "env.json", "items.json", "salesforce.json"]

    /// Every event of a function, in the order of the names; those without an expectation have none.
    package static func all(of function: String) throws -> [EventFixture] {
        let folder = folder(function)
        let entries =
            try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: "expected.json")))
            as? [String: [String: Any]] ?? [:]
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.hasSuffix(".json") && !others.contains($0) }
            .map { file in
                let name = String(file.dropLast(5))
                let before = entries[name]?["after"] as? String
                return EventFixture(
                    name: name, event: try Data(contentsOf: folder.appending(path: file)),
                    expectations: entries[name].map(expectations) ?? [],
                    before: try before.map { try Data(contentsOf: folder.appending(path: "\($0).json")) })
            }
    }

    /// The variables of `env.json`.
    package static func environment(of function: String) throws -> [String: String] {
        let data = try Data(contentsOf: folder(function).appending(path: "env.json"))
        return try JSONDecoder().decode([String: String].self, from: data)
    }

    private static func expectations(_ entry: [String: Any]) -> [[String: String]] {
        let first = entry.compactMapValues { $0 as? String }.filter { $0.key != "after" }
        if let second = entry["second"] as? [String: String] { return [first, second] }
        return entry["repeat"] as? Bool == true ? [first, first] : [first]
    }

    /// The difference between an output and what is expected of it; nil when there is none.
    package func difference(_ output: [String: String], at index: Int, first: [String: String]) -> String? {
        for (name, wanted) in expectations[index] {
            let came = output[name]
            let fits =
                switch wanted {
                case "*": came?.isEmpty == false
                case "$first": came == first[name]
                case _ where wanted.count > 2 && wanted.hasPrefix("*") && wanted.hasSuffix("*"):
                    came?.contains(wanted.dropFirst().dropLast()) == true
                default: came == wanted
                }
            if !fits { return "\(name) is \(came ?? "missing"), not \(wanted)" }
        }
        return nil
    }

    private static func folder(_ function: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../events/\(function)").standardized
    }
}
