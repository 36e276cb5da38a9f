import Foundation
import JSON
import LocalServices
import Salesforce
import Settings
import SystemPackage

/// The check that functions start with the settings: each that is built and has settings is started, gets no event, and
/// is ended.
struct StartCheck: DoctorCheck {
    let project: Project
    let settings: LiveSettings

    func findings() async -> [Finding] {
        do {
            guard let template = try project.template() else { return [] }
            let functions = try project.functions.filter { try hasOwn($0.name, template) }
            return try await withThrowingTaskGroup(of: (Int, [Finding]).self) { group in
                for (index, function) in functions.enumerated() {
                    group.addTask { (index, try await findings(function, template)) }
                }
                let all = try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
                return functions.indices.flatMap { all[$0] ?? [] }
            }
        } catch {
            return [.mend("settings", PlainError.sentence(of: error))]
        }
    }

    private static func subject(_ function: Function) -> String { "settings of \(function.name)" }

    /// Returns true when the file names the function, or a variable is set that the template declares for no other one.
    private func hasOwn(_ function: String, _ template: Template) throws -> Bool {
        if try settings.variables.hasOwn(function) { return true }
        guard let declared = template.declared(by: function) else { return false }
        let others = template.functions.keys.filter { $0 != function }.compactMap(template.declared(by:))
        let own = declared.filter { name in !Template.isCommon(name) && !others.contains { $0.contains(name) } }
        let environment = try settings.variables.environment(for: function)
        return own.contains { environment[$0] != nil }
    }

    private func findings(_ function: Function, _ template: Template) async throws -> [Finding] {
        guard function.isBuilt else {
            let file = "dist/\(function.name)/bootstrap"
            return [.skipped(Self.subject(function), "there is no \(file) to start with them: run ./build.sh")]
        }
        let declared = template.declared(by: function.name) ?? []
        let given = try settings.variables.values(for: function.name).filter {
            (declared.contains($0.key) || Template.isCommon($0.key)) && !$0.key.hasPrefix("AWS_LAMBDA_")
        }
        let variables = (template.variables(of: function.name) ?? [:]).merging(given) { $1 }
        let output = try FileDescriptor.open("/dev/null", .writeOnly)
        defer { try? output.close() }
        var configuration = LocalFunction.Configuration(
            name: function.name, bootstrap: function.bootstrap.path, environment: variables)
        configuration.region = variables["AWS_REGION"] ?? configuration.region
        configuration.initTimeout = settings.patience
        configuration.output = output
        let ending = try await LocalFunction.withRunning(configuration) { await $0.initialisation() }
        guard let ending else { return [.ok(Self.subject(function), "it starts with them")] }
        let error = try? JSONValue(parsing: ending.payload)
        let atAWS = Finding.skipped(
            Self.subject(function), "its start failed at AWS: see what the other lines say of that")
        if error?["errorType"]?.string == "AWSError" { return [atAWS] }
        let message = error?["errorMessage"]?.string ?? "it does not start"
        // The values that a deployment gives, and AWS's own variables, which the other checks cover.
        let unknown = template.deployed(for: function.name).filter { variables[$0] == nil }
        let (unread, all) = Self.sentences(message).reduce(into: ([String](), [String]())) { parts, sentence in
            if Self.isOfAWS(sentence) { parts.0.append(sentence) } else { parts.1.append(sentence) }
        }
        let sentences = all.filter { sentence in
            let name = String(sentence.prefix { !$0.isWhitespace })
            if Self.isSalesforces(sentence, Environment(variables)) { return false }
            return !sentence.hasPrefix("AWS_") && !(unknown.contains(name) && sentence.contains("is not set"))
        }
        guard !sentences.isEmpty else {
            if !unread.isEmpty { return [atAWS] }
            return [.ok(Self.subject(function), "nothing is wrong with those given")]
        }
        return sentences.map { .mend(Self.subject(function), $0) }
    }

    /// Returns true for a secret that Secrets Manager did not give: the check of secrets says more.
    private static func isOfAWS(_ sentence: String) -> Bool {
        sentence.hasPrefix("The secret of ") && sentence.contains(" cannot be read: ")
    }

    /// Returns true when Salesforce's own check reports the sentence.
    private static func isSalesforces(_ sentence: String, _ environment: Environment) -> Bool {
        guard environment["SALESFORCE_LOGIN_URL"] != nil else { return false }
        var faults: [String] = []
        let use = SalesforceConfiguration.Use.serviceCallers
        _ = SalesforceConfiguration.variable(for: use).read(environment, &faults)
        return faults.contains("\(sentence).")
    }

    /// Returns the sentences of an error of the environment, each without its full stop; it begins with a variable's
    /// name.
    private static func sentences(_ message: String) -> [String] {
        message.split(separator: #/\. (?=[A-Z][A-Z0-9]*_|The )/#).map { String($0.last == "." ? $0.dropLast() : $0) }
    }
}
