import Settings

/// The settings that all live checks share.
struct LiveSettings: Sendable {
    var variables: DoctorSettings
    /// The time limit of each check; they run in parallel.
    var patience = Duration.seconds(12)

    /// Returns the values that functions have for a variable, each once, with the variables of the first function that
    /// has it.
    func values(
        of variable: String, for functions: [String]
    ) throws -> [(value: String, environment: Environment)] {
        var values: [(value: String, environment: Environment)] = []
        for environment in try functions.map(variables.environment(for:)) {
            guard let value = environment[variable], !values.contains(where: { $0.value == value }) else { continue }
            values.append((value, environment))
        }
        return values
    }
}
