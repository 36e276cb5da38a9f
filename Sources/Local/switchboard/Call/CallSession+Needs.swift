extension CallSession {
    /// Returns the functions that are built and have variables, with those of the call where they are declared.
    ///
    /// - Parameter chosen: The given names, each of which some function must have.
    static func needs(
        _ project: Project, _ own: [String: String], chosen: [String]
    ) throws -> [(function: Function, variables: [String: String])] {
        let template = try project.template()
        let needs = try project.functions.filter(\.isBuilt).compactMap { function in
            try project.variables(of: function).map { (function: function, variables: $0) }
        }
        let takes = { (function: Function, name: String) in
            template?.declared(by: function.name)?.contains(name) ?? true
        }
        if let stray = chosen.first(where: { name in !needs.contains { takes($0.function, name) } }) {
            throw Refusal("--set \(stray): \(Template.file) declares it for no function that is built.")
        }
        return needs.map { function, variables in
            (function, variables.merging(own.filter { takes(function, $0.key) }) { $1 })
        }
    }
}
