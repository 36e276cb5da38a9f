package import JSON
import Settings

/// `template.yaml` in CloudFormation's view, by AWS's own SAM transform: `Tests/TestSupport/Python/sam_transform.py`.
package struct SAMTransform {
    /// The template's rules that the parameters break.
    package let broken: [String]
    /// Parameters without a value or with one that is not allowed, and references to resources that are not deployed.
    package let unresolved: [String]
    /// The resources that are deployed, by logical id, with parameters and conditions resolved.
    package let resources: [String: JSONValue]
    package let outputs: [String: JSONValue]

    private init(_ json: JSONValue) {
        broken = json["broken"]?.array?.compactMap(\.string) ?? []
        unresolved = json["unresolved"]?.array?.compactMap(\.string) ?? []
        resources = json["resources"]?.object ?? [:]
        outputs = json["outputs"]?.object ?? [:]
    }

    /// Transforms the template once for each set of parameters.
    package static func stacks(_ parameters: [[String: String]]) throws -> [SAMTransform] {
        let values = parameters.map { JSONValue.object($0.mapValues(JSONValue.string)) }
        return try PythonOracle.answers(of: "sam_transform.py", to: values).map {
            SAMTransform(try JSONValue(parsing: Array($0.utf8)))
        }
    }

    /// Returns the deployed resources of a type such as `AWS::Lambda::Function`: their properties by logical id.
    package func properties(of type: String) -> [String: JSONValue] {
        resources.filter { $0.value["Type"]?.string == type }.compactMapValues { $0["Properties"] }
    }

    /// Returns the variables of a function that are not empty: an empty one counts as absent.
    package func variables(of function: String) -> [String: JSONValue] {
        let all = resources[function]?["Properties"]?["Environment"]?["Variables"]?.object ?? [:]
        return all.filter { $0.value.string != "" }
    }

    /// Returns the statements of a function's role.
    package func statements(of function: String) -> [JSONValue] {
        let policies = resources["\(function)Role"]?["Properties"]?["Policies"]?.array ?? []
        return policies.flatMap { $0["PolicyDocument"]?["Statement"]?.array ?? [] }
    }
}
