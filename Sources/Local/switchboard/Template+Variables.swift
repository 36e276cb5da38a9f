import Foundation
import LambdaRuntime

extension Template {
    /// What every function may be told: AWS's own variables, and what reaching a service needs.
    private static func isCommon(_ name: String) -> Bool {
        name.hasPrefix("AWS_") || name == "SWITCHBOARD_GRACEFUL_SHUTDOWN" || LiveEnvironment.isPassedOn(name)
    }

    /// The names that a function of the template is given, or may be given on this machine; nil for another function.
    ///
    /// The latter stand in its `Metadata`, as `LocalVariables`: secrets in plain text, and switches that are not for
    /// deployments.
    func declared(by function: String) -> Set<String>? {
        guard let resource = functions[function] else { return nil }
        let local = (resource["Metadata"]?["LocalVariables"]?.array ?? []).compactMap(\.string)
        return Set(values(of: resource).keys).union(local)
    }

    /// A function's variables that are known before a deployment and not empty; nil for a function that is not in the
    /// template.
    func variables(of function: String) -> [String: String]? {
        functions[function].map { values(of: $0).compactMapValues(text).filter { !$0.value.isEmpty } }
    }

    /// The variables with those of a file over them, as `sam local --env-vars` lays them.
    ///
    /// What the file has for one function must be declared for it; what it has for all goes to those that declare it.
    func variables(of function: String, with file: EnvironmentFile) throws -> [String: String]? {
        guard let declared = declared(by: function), let deployed = variables(of: function) else { return nil }
        let isDeclared = { (name: String) in declared.contains(name) || Self.isCommon(name) }
        let unknown = file.own.keys.filter { !isDeclared($0) }.sorted()
        guard unknown.isEmpty else {
            throw Refusal(
                """
                \(file.name) gives \(function) \(unknown.joined(separator: ", ")), which \(Self.file) does not declare \
                for it: correct the name, or add it there, to its Environment's Variables or, for this machine alone, \
                its Metadata's LocalVariables.
                """)
        }
        return deployed.merging(file.shared.filter { isDeclared($0.key) }) { $1 }.merging(file.own) { $1 }
    }

    private func values(of resource: JSONValue) -> [String: JSONValue] {
        let own = resource["Properties"]?["Environment"]?["Variables"]?.object ?? [:]
        return (globals?["Environment"]?["Variables"]?.object ?? [:]).merging(own) { $1 }
    }
}

extension Project {
    /// What a function is run with: its variables of template.yaml, with those of a file over them; nil when there are
    /// neither.
    func variables(of function: Function, file: URL? = nil) throws -> [String: String]? {
        let template = try template()
        guard
            let file = try (file ?? function.environmentFile).map({ try EnvironmentFile($0, function: function.name) })
        else { return template?.variables(of: function.name) }
        return try template?.variables(of: function.name, with: file) ?? file.values
    }
}
