import Foundation
import Settings

/// The variables of a function, for the checks of the services that it calls.
///
/// A given file comes first, then this shell. The variables of events/<Function>/env.json are examples, whose senders
/// cannot be verified.
/// verify their senders.
struct DoctorSettings: Sendable {
    /// The given file of variables.
    var file: URL?
    var shell = ProcessInfo.processInfo.environment

    func environment(for function: String) throws -> Environment {
        Environment(try values(for: function))
    }

    /// Returns true when the file has variables for that function alone.
    func hasOwn(_ function: String) throws -> Bool {
        guard let file, try EnvironmentFile(file, function: "").own.isEmpty else { return false }
        return try !EnvironmentFile(file, function: function).own.isEmpty
    }

    /// Returns the same as a dictionary.
    func values(for function: String) throws -> [String: String] {
        let named = try file.map { LocalVariables.withoutLocal(try EnvironmentFile($0, function: function).values) }
        var shell = shell.filter { !$0.value.isEmpty }
        shell["AWS_REGION"] = shell["AWS_REGION"] ?? shell["AWS_DEFAULT_REGION"]
        return (named ?? [:]).merging(shell) { file, _ in file }
    }
}
