import Foundation
import JSON
import Settings

extension Template {
    /// Returns true for variables that any function may receive: AWS's own, and those for reaching a service.
    static func isCommon(_ name: String) -> Bool {
        name.hasPrefix("AWS_") || name.hasPrefix("SWITCHBOARD_") || LiveEnvironment.isPassedOn(name)
    }

    /// Returns the names that a function of the template is given, or may be given on this machine; nil for another
    /// function.
    ///
    /// The latter are in its `Metadata`, under `LocalVariables`: secrets in plain text, and switches that are not for
    /// deployments.
    func declared(by function: String) -> Set<String>? {
        guard let resource = functions[function] else { return nil }
        let local = (resource["Metadata"]?["LocalVariables"]?.array ?? []).compactMap(\.string)
        return Set(values(of: resource).keys).union(local)
    }

    /// Returns a function's variables that are known before a deployment and not empty; nil for a function that is not
    /// in the template.
    func variables(of function: String) -> [String: String]? {
        functions[function].map { values(of: $0).compactMapValues(text).filter { !$0.value.isEmpty } }
    }

    /// Returns the variables overridden by those of a file, like `sam local --env-vars`; nil for a function that is not
    /// in the template.
    ///
    /// A file's values for all functions apply to those that declare them.
    func variables(of function: String, with file: EnvironmentFile) -> [String: String]? {
        guard let declared = declared(by: function), let deployed = variables(of: function) else { return nil }
        let shared = file.shared.filter { declared.contains($0.key) || Self.isCommon($0.key) }
        return deployed.merging(shared) { $1 }.merging(file.own) { $1 }
    }

    /// Returns the names that a file has for a function, and the template does not; none for a function not in the
    /// template.
    func undeclared(by function: String, in file: EnvironmentFile) -> [String] {
        guard let declared = declared(by: function) else { return [] }
        return file.own.keys.filter { !declared.contains($0) && !Self.isCommon($0) }.sorted()
    }

    /// Returns the names of a function's variables whose values only a deployment provides.
    func deployed(for function: String) -> Set<String> {
        Set(functions[function].map { values(of: $0).filter { text($0.value) == nil }.keys.map { $0 } } ?? [])
    }

    private func values(of resource: JSONValue) -> [String: JSONValue] {
        let own = resource["Properties"]?["Environment"]?["Variables"]?.object ?? [:]
        return (globals?["Environment"]?["Variables"]?.object ?? [:]).merging(own) { $1 }
    }
}

extension Project {
    /// Returns the variables that a function is run with: those of template.yaml, overridden by those of a file; nil
    /// when there are neither.
    ///
    /// The function's own env.json must have no name that the template does not declare. A file given by the user may:
    /// a warning on standard error then says that it would be missing on AWS.
    func variables(of function: Function, given: URL? = nil) throws -> [String: String]? {
        let template = try template()
        guard let url = given ?? function.environmentFile else { return template?.variables(of: function.name) }
        let file = try EnvironmentFile(url, function: function.name)
        let unknown = template?.undeclared(by: function.name, in: file) ?? []
        if !unknown.isEmpty {
            let fault = """
                \(file.name) gives \(function.name) \(unknown.joined(separator: ", ")), which \(Template.file) does not \
                declare for it
                """
            guard given != nil else {
                throw Refusal(
                    """
                    \(fault): correct the name, or add it to the function's Variables in \(Stacks.folder)/ or, for this \
                    machine alone, to its LocalVariables.
                    """)
            }
            Terminal.say("\(fault): deployed, it will not have that.")
        }
        return template?.variables(of: function.name, with: file) ?? file.values
    }
}
