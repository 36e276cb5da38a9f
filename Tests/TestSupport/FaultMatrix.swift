package import Settings
import Testing

/// The faults that a function's environment can have, tried one by one and two by two.
package struct FaultMatrix: Sendable {
    /// Variables that the function starts with.
    package let sound: [String: String]
    /// Values that are faults by themselves, whatever the others are; an empty one leaves the variable out.
    package let faults: [(name: String, value: String)]

    package init(_ sound: [String: String], _ faults: KeyValuePairs<String, String>) {
        self.sound = sound
        self.faults = faults.map { ($0.key, $0.value) }
    }

    /// AWS's variables, as Lambda sets them.
    package static let aws = [
        "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
    ]

    /// Starts the function with each fault and each pair of faults: every one is named in one sentence of the message, and
    /// nothing else is.
    package func check(_ start: (Environment) async throws -> Void) async throws {
        try await start(Environment(sound))
        for (index, first) in faults.enumerated() {
            await check([first], start)
            for second in faults[(index + 1)...] where second.name != first.name {
                await check([first, second], start)
            }
        }
    }

    /// Starts the function without any variable: the names are all that the message asks for.
    package static func checkEmpty(_ names: [String], _ start: (Environment) async throws -> Void) async {
        await check([:], names, start)
    }

    /// Starts the function with the variables: the names are all that the message asks for, each once.
    package static func check(
        _ variables: [String: String], _ names: [String], _ start: (Environment) async throws -> Void
    ) async {
        let sentences = await faults(of: Environment(variables), start)
        let asked = sentences.map { String($0.prefix { $0 != " " }) }.sorted()
        #expect(asked == names.sorted(), "\(sentences)")
    }

    private func check(
        _ faults: [(name: String, value: String)], _ start: (Environment) async throws -> Void
    ) async {
        var variables = sound
        for (name, value) in faults { variables[name] = value }
        let sentences = await Self.faults(of: Environment(variables), start)
        let label = faults.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
        let named = sentences.map { String($0.prefix { $0 != " " }) }.sorted()
        #expect(named == faults.map(\.name).sorted(), "\(label): \(sentences)")
        for (_, value) in faults where value.count > 8 {
            let isShown = sentences.contains { $0.contains(value) }
            #expect(!isShown, "\(label)")
        }
    }

    private static func faults(
        of environment: Environment, _ start: (Environment) async throws -> Void
    ) async -> [String] {
        do {
            try await start(environment)
            return []
        } catch {
            return (error as? EnvironmentError)?.faults ?? ["\(error)"]
        }
    }
}
