import ArgumentParser

/// The option `--parameter-overrides`.
struct StackParameters: ParsableArguments {
    @Option(parsing: .upToNextOption, help: "Parameters of template.yaml, as Name=Value with spaces between them.")
    var parameterOverrides: [String] = []

    /// Returns the values by name, or throws for what is not `Name=Value`.
    func values() throws -> [String: String] {
        try Dictionary(
            parameterOverrides.map { text in
                guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                    throw ValidationError("--parameter-overrides takes Name=Value, not \(text).")
                }
                return (String(text[..<equals]), String(text[text.index(after: equals)...]))
            }, uniquingKeysWith: { $1 })
    }
}
