import Foundation
import LambdaRuntime
import LocalServices
import Yams

/// A file of environment variables: JSON or YAML, flat, or in SAM's form by function.
///
/// SAM's form is `{"<Function>": {"NAME": "value"}, "Parameters": {"NAME": "value"}}`; what stands under the function
/// wins. Texts, numbers and booleans are taken; null is left out.
struct EnvironmentFile {
    private let variables: [String: String]

    /// Reads the variables for one function.
    init(_ url: URL, function: String) throws {
        try self.init(try Files.read(url, "file of variables"), named: url.lastPathComponent, function: function)
    }

    init(_ bytes: [UInt8], named name: String, function: String) throws {
        guard case .object(let members)? = try (try? JSONValue(parsing: bytes)) ?? Self.yaml(bytes, named: name) else {
            throw Refusal("\(name) must be an object of variables, or of functions with their variables.")
        }
        let groups = members.filter { if case .object = $0.value { true } else { false } }
        guard !groups.isEmpty else {
            variables = try Self.texts(members, in: name)
            return
        }
        if let stray = members.keys.sorted().first(where: { groups[$0] == nil }) {
            throw Refusal("\(name) mixes variables (\(stray)) with functions: put them under \"Parameters\".")
        }
        variables = try ["Parameters", function].reduce(into: [:]) { all, group in
            guard case .object(let members)? = groups[group] else { return }
            all.merge(try Self.texts(members, in: name)) { $1 }
        }
    }

    /// The variables and their values.
    var values: [String: String] { variables }

    private static func texts(_ members: [String: JSONValue], in name: String) throws -> [String: String] {
        try members.reduce(into: [:]) { texts, member in
            switch member.value {
            case .null: break
            case .string(let text): texts[member.key] = text
            case .bool, .number: texts[member.key] = member.value.scalarText
            case .array, .object:
                throw Refusal("\(member.key) in \(name) must be a text, a number or a boolean.")
            }
        }
    }

    private static func yaml(_ bytes: [UInt8], named name: String) throws -> JSONValue? {
        do {
            return try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self)).map(value)
        } catch {
            throw Refusal("\(name) is neither JSON nor YAML: \(error)")
        }
    }

    /// Scalars stay as they were written, so that 007 and 1.10 keep their characters.
    private static func value(_ node: Node) -> JSONValue {
        switch node {
        case .scalar(let scalar): scalar.style == .plain && node.null != nil ? .null : .string(scalar.string)
        case .sequence(let items): .array(items.map(value))
        case .mapping(let pairs):
            .object(Dictionary(pairs.map { ($0.key.string ?? "", value($0.value)) }) { $1 })
        case .alias: .null
        }
    }
}
