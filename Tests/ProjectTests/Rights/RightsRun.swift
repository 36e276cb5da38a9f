import Foundation
import JSON
import LocalServices
import Settings
import TestSupport
import Testing

@testable import switchboard

/// A run of a built function on its events with the names of the transformed template, and its requests to AWS.
struct RightsRun {
    /// The stack's parameters: the events' subjects, and an ARN for every secret.
    static var parameters: [String: String] {
        var all = TemplateGroup.everything.merging([
            "AudioBucket": "jokebox-audio", "RecordingsBucket": "connect-recordings",
            "RecordingsPrefix": "connect/acme",
            "SesFromAddresses": "*@example.com",
            // The instance of the events, in the account that `SentRequest` gives every request.
            "ConnectInstanceArn":
                "arn:aws:connect:eu-central-1:210987654321:instance/2f0f1c5e-1d2b-4c3a-9b8a-7c6d5e4f3a2b",
        ]) { $1 }
        for name in ["Salesforce", "RecordingLink", "VoiceIt", "VoiceHash", "Twilio", "CrmApi", "CrmCallers"] {
            all["\(name)SecretArn"] = "arn:aws:secretsmanager:eu-central-1:210987654321:secret:\(name)"
        }
        return all
    }

    let function: Function
    let project: Project
    let stack: SAMTransform
    /// An event that is sent twice at once, so that one waits for the other.
    var twin: [UInt8]?

    /// Returns the requests, with tables by their logical ids.
    func requests() async throws -> Set<SentRequest> {
        let variables = try #require(try project.variables(of: function)).merging(tables) { own, _ in own }
        return try await BackEnds.withRunning(project, [(function, variables)]) { backEnds in
            let environment = try await withSecrets(backEnds.environment(variables), in: backEnds.moto)
            let log = try LogFile(named: function.name)
            var configuration = LocalFunction.Configuration(
                name: function.name, bootstrap: function.bootstrap.path, environment: environment)
            configuration.output = log.descriptor
            try await FunctionPool.withRunning(configuration) { pool in
                for url in function.events {
                    let outcome = await pool.invoke(try Files.read(url, "event"))
                    for found in String(decoding: outcome.payload, as: UTF8.self).matches(of: Self.presigned) {
                        _ = try await backEnds.moto.fetch(String(found.output))
                    }
                }
                guard let twin else { return }
                async let first = pool.invoke(twin)
                async let second = pool.invoke(twin)
                _ = await (first, second)
            }
            return named(try await backEnds.requests().flatMap(SentRequest.all), environment)
        }
    }

    /// Returns the requests with the stack's logical ids for the tables and queues that the variables name.
    func named(_ requests: [SentRequest], _ environment: [String: String]) -> Set<SentRequest> {
        let ids = stack.variables(of: function.name).compactMap { name, value in
            value["Ref"]?.string.flatMap { id in environment[name].map { ($0, id) } }
        }
        let named = Dictionary(ids) { $1 }
        return Set(requests.map { $0.on(named[$0.resource] ?? $0.resource) })
    }

    private static var presigned: Regex<Substring> { /http:\/\/127\.0\.0\.1:\d+\/[^"\\ ]+X-Amz-Signature=[0-9a-f]+/ }

    /// A name for every table that the stack gives the function.
    private var tables: [String: String] {
        stack.variables(of: function.name).filter { $0.key.hasSuffix("_TABLE") }.compactMapValues { $0["Ref"]?.string }
    }

    /// Returns the variables with the stack's ARNs for secrets, instead of the secrets' values.
    private func withSecrets(_ variables: [String: String], in moto: Moto) async throws -> [String: String] {
        var environment = variables
        var secrets: [String: String] = [:]
        for row in try DocumentedVariables().rows[function.name] ?? [] where !row.keys.isEmpty {
            let arn = try #require(stack.variables(of: function.name)[row.name]?.string)
            let keys = variables.filter { row.keys.contains($0.key) }
            let name = try #require(arn.split(separator: ":").last)
            secrets[String(name)] = JSONValue.object(keys.mapValues(JSONValue.string)).text
            environment = environment.filter { !row.keys.contains($0.key) }
            environment[row.name] = arn
        }
        try await moto.add(Moto.Seeds(tables: [], secrets: secrets))
        return environment
    }
}
