import Foundation
import LambdaRuntime

/// The variables that a function would have, for the checks of what it calls.
///
/// A file that was named comes first, then this shell, then events/<Function>/env.json, unless that means a local service.
struct DoctorSettings: Sendable {
    let project: Project
    /// A file of variables that was named.
    var file: URL?
    var shell = ProcessInfo.processInfo.environment

    init(project: Project) {
        self.project = project
    }

    func environment(for function: String) throws -> Environment {
        let named = try file.map { LocalVariables.withoutLocal(try EnvironmentFile($0, function: function).values) }
        var shell = shell.filter { !$0.value.isEmpty }
        shell["AWS_REGION"] = shell["AWS_REGION"] ?? shell["AWS_DEFAULT_REGION"]
        let own = file == nil ? try ownVariables(of: function) : [:]
        return Environment((named ?? [:]).merging(shell) { file, _ in file }.merging(own) { given, _ in given })
    }

    /// The function's env.json, when what it says is not meant for the services that `invoke` starts.
    private func ownVariables(of function: String) throws -> [String: String] {
        let folder = Function(name: function, root: project.root)
        guard let file = folder.environmentFile else { return [:] }
        let variables = try EnvironmentFile(file, function: function).values
        return variables.values.contains(LocalVariables.marker) ? [:] : variables
    }
}
