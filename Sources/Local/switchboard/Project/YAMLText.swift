import JSON
import Settings
import Yams

/// YAML as JSON values.
///
/// Scalars keep their characters, so that 007 and 1.10 stay as they are. CloudFormation's short forms become its long
/// ones: `!Ref Table` becomes `{"Ref": "Table"}`, `!Sub …` becomes `{"Fn::Sub": …}`.
enum YAMLText {
    /// Returns nil for an empty document. `name` is for the refusal of invalid YAML.
    static func value(_ bytes: [UInt8], named name: String) throws -> JSONValue? {
        do {
            return try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self)).map(value)
        } catch {
            throw Refusal("\(name) is neither JSON nor YAML: \(error)")
        }
    }

    private static func value(_ node: Node) -> JSONValue {
        let tag = node.tag.description
        guard tag.hasPrefix("!"), tag.count > 1 else { return untagged(node) }
        let name = String(tag.dropFirst())
        let function = ["Ref", "Condition"].contains(name) ? name : "Fn::\(name)"
        return .object([function: untagged(node)])
    }

    private static func untagged(_ node: Node) -> JSONValue {
        switch node {
        case .scalar(let scalar): scalar.style == .plain && node.null != nil ? .null : .string(scalar.string)
        case .sequence(let items): .array(items.map(value))
        case .mapping(let pairs):
            .object(Dictionary(pairs.map { ($0.key.string ?? "", value($0.value)) }) { $1 })
        case .alias: .null
        }
    }
}
