import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

/// The built project deployed to a local AWS, one stack for all tests of a suite with the trait `.deployed`.
struct DeployedStack: Sendable {
    let deployment: LocalDeployment
    /// The authority that signs Alexa's requests to web-hosted skills; every function trusts it.
    let alexa: SigningAuthority
    @TaskLocal fileprivate static var running: DeployedStack?

    /// The suite's stack.
    static var current: DeployedStack {
        get throws { try #require(running) }
    }

    /// Deploys, runs `body` and ends everything.
    static func withRunning(_ body: @Sendable (DeployedStack) async throws -> Void) async throws {
        let alexa = try SigningAuthority()
        let chains = try ChainServer(alexa)
        var configuration = LocalDeployment.Configuration(root: TestProcess.root)
        configuration.functionVariables = chains.environment
        try await LocalDeployment.withRunning(configuration) { deployment in
            try await body(DeployedStack(deployment: deployment, alexa: alexa))
        }
    }

    var aws: Ministack { deployment.aws }

    /// Returns the stack's name of a function.
    static func name(of function: String) -> String { "switchboard-\(function)" }

    /// Invokes a function by Lambda's API; returns the response or the error document.
    func invoke(_ function: String, _ event: JSONValue) async throws -> JSONValue {
        try await JSONValue(parsing: aws.invoke(Self.name(of: function), event.bytes).payload)
    }

    /// Returns an event of `events/<Function>` by the number that its name begins with.
    static func event(_ function: String, _ number: String) throws -> JSONValue {
        let fixture = try #require(try EventFixture.all(of: function).first { $0.name.hasPrefix("\(number)-") })
        return try JSONValue(parsing: Array(fixture.event))
    }

    /// Returns the name or address of a resource of the stack.
    func physicalID(_ logicalID: String) async throws -> String {
        try #require(try await deployment.stack.resources().first { $0.logicalID == logicalID }).physicalID
    }

    /// Sends a request to the HTTP API.
    func http(
        _ method: String, _ path: String, fields: [String: String] = [:], body: String = ""
    ) async throws -> HTTPMessage {
        let api = try #require(deployment.output("HttpApiUrl"))
        return try await aws.request(method, api + path, fields: fields, body: Array(body.utf8))
    }

    /// Polls until `value` returns something, for 20 seconds at most.
    func eventually<Value>(_ value: () async throws -> Value?) async throws -> Value {
        let end = ContinuousClock.now + .seconds(20)
        while .now < end {
            if let found = try await value() { return found }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw NothingCame()
    }

    private struct NothingCame: Error {}
}

/// Queues.
extension DeployedStack {
    /// Returns all attributes of a queue.
    func attributes(of queue: String) async throws -> [String: String] {
        let answer = try await aws.call(
            "AmazonSQS.GetQueueAttributes", of: .sqs, ["QueueUrl": .string(queue), "AttributeNames": ["All"]])
        return answer["Attributes"]?.object?.compactMapValues(\.string) ?? [:]
    }

    /// Sets attributes of a queue.
    func set(_ attributes: [String: String], of queue: String) async throws {
        try await aws.call(
            "AmazonSQS.SetQueueAttributes", of: .sqs,
            ["QueueUrl": .string(queue), "Attributes": .object(attributes.mapValues(JSONValue.string))])
    }

    /// Takes a message whose body contains `text` from a queue for good; returns nil when there is none.
    func receive(from queue: String, holding text: String) async throws -> JSONValue? {
        let answer = try await aws.call(
            "AmazonSQS.ReceiveMessage", of: .sqs,
            ["QueueUrl": .string(queue), "MaxNumberOfMessages": 10, "VisibilityTimeout": 0])
        let found = answer["Messages"]?.array?.first { $0["Body"]?.string?.contains(text) == true }
        guard let found, let handle = found["ReceiptHandle"] else { return nil }
        try await aws.call(
            "AmazonSQS.DeleteMessage", of: .sqs, ["QueueUrl": .string(queue), "ReceiptHandle": handle])
        return found
    }
}

/// Deploys one stack for a whole suite and removes it afterwards.
struct DeployedStackTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await DeployedStack.withRunning { stack in
            try await DeployedStack.$running.withValue(stack) { try await function() }
        }
    }
}

extension Trait where Self == DeployedStackTrait {
    /// For a suite whose tests share a deployed stack.
    static var deployed: DeployedStackTrait { DeployedStackTrait() }
}
