import JSON
import Settings
import Yams

/// YAML as JSON values.
///
/// Scalars stay as they were written, so that 007 and 1.10 keep their characters. CloudFormation's short forms come as
/// its long ones: `!Ref Table` as `{"Ref": "Table"}`, `!Sub …` as `{"Fn::Sub": …}`.
enum YAMLText {
    /// Nil for an empty document. `name` is for the refusal of what is no YAML.
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
