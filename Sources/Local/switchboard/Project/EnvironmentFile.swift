import Foundation
import JSON
import LocalServices
import Settings

/// A file of environment variables: JSON or YAML, flat, or in SAM's form by function.
///
/// SAM's form is `{"<Function>": {"NAME": "value"}, "Parameters": {"NAME": "value"}}`; the values under the function
/// win. Strings, numbers and booleans are accepted; null is left out.
struct EnvironmentFile {
    let name: String
    /// The values under `Parameters`: for every function of the file.
    let shared: [String: String]
    /// The values for the one function alone.
    let own: [String: String]

    /// Reads the variables for one function.
    init(_ url: URL, function: String) throws {
        try self.init(try Files.read(url, "file of variables"), named: url.lastPathComponent, function: function)
    }

    init(_ bytes: [UInt8], named name: String, function: String) throws {
        self.name = name
        guard case .object(let members)? = try (try? JSONValue(parsing: bytes)) ?? YAMLText.value(bytes, named: name)
        else {
            throw Refusal("\(name) must be an object of variables, or of functions with their variables.")
        }
        let groups = members.filter { if case .object = $0.value { true } else { false } }
        guard !groups.isEmpty else {
            shared = [:]
            own = try Self.texts(members, in: name)
            return
        }
        if let stray = members.keys.sorted().first(where: { groups[$0] == nil }) {
            throw Refusal("\(name) mixes variables (\(stray)) with functions: put them under \"Parameters\".")
        }
        func texts(_ group: String) throws -> [String: String] {
            guard case .object(let members)? = groups[group] else { return [:] }
            return try Self.texts(members, in: name)
        }
        shared = try texts("Parameters")
        own = try texts(function)
    }

    /// The variables and their values.
    var values: [String: String] { shared.merging(own) { $1 } }

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
}
