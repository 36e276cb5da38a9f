import AWS
import Calling
import Encoding
import HTTPTypes
import JSON
import Settings

/// The AWS calls that only the doctor makes; all of them only read.
struct AWSProbe: Sendable {
    let configuration: AWSConfiguration
    private let client: AWSClient
    private let deadline: ContinuousClock.Instant

    /// Reads AWS's variables; throws a `MissingSetting` when there are none.
    init(_ environment: Environment, deadline: ContinuousClock.Instant) throws {
        let needed = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
        let missing = needed.filter { environment[$0] == nil }
        guard missing.isEmpty else { throw MissingSetting("set \(missing.joined(separator: ", "))") }
        var configuration = try environment.read(AWSConfiguration.variable)
        for service in [AWSService.sts, .connect, .cloudFormation] {
            configuration.endpoints[service] = try environment.endpoint(of: service)
        }
        self.configuration = configuration
        self.deadline = deadline
        client = AWSClient(configuration: configuration)
    }

    /// Calls an action of a service that responds in XML; returns the element of its result.
    func query(
        _ action: String, of service: AWSService, version: String, _ parameters: [(name: String, value: String)] = []
    ) async throws -> XMLElement {
        let request = AWSRequest(
            service, action: action, method: .post, path: "/",
            headers: [.contentType: "application/x-www-form-urlencoded; charset=utf-8"],
            body: Array(
                PercentEncoding.form(
                    [(name: "Action", value: action), (name: "Version", value: version)] + parameters
                ).utf8),
            repetition: .idempotent)
        let answer = try await client.answer(to: request, deadline: deadline)
        guard let result = (try? XMLElement(parsing: answer.body))?["\(action)Result"] else {
            throw Refusal("\(service.name)'s answer to \(action) cannot be read: is it AWS that answers?")
        }
        return result
    }

    /// Returns the parameters of a stack that is there; CloudFormation's `DescribeStacks`.
    func stackParameters(of stack: String) async throws -> [String: String] {
        let result = try await query(
            "DescribeStacks", of: .cloudFormation, version: "2010-05-15", [(name: "StackName", value: stack)])
        let parameters = result["Stacks"]?.children.first?["Parameters"]?.children ?? []
        return parameters.reduce(into: [:]) { values, parameter in
            values[parameter["ParameterKey"]?.text ?? ""] = parameter["ParameterValue"]?.text
        }
    }

    /// Calls an action of DynamoDB's.
    func dynamoDB(_ action: String, _ input: JSONValue) async throws -> JSONValue {
        var headers: HTTPFields = [.contentType: "application/x-amz-json-1.0"]
        if let target = HTTPField.Name("X-Amz-Target") { headers[target] = "DynamoDB_20120810.\(action)" }
        let request = AWSRequest(
            .dynamoDB, action: action, method: .post, path: "/", headers: headers, body: input.bytes,
            repetition: .idempotent)
        let answer = try await client.answer(to: request, deadline: deadline)
        guard let json = try? JSONValue(parsing: answer.body) else {
            throw Refusal("DynamoDB's answer to \(action) cannot be read: is it AWS that answers?")
        }
        return json
    }

    /// Sends a `GET` to a service that responds in JSON. Untrusted segments of the path must be encoded.
    func get(_ path: String, _ action: String, of service: AWSService) async throws -> JSONValue {
        let request = AWSRequest(service, action: action, method: .get, path: path, repetition: .idempotent)
        let answer = try await client.answer(to: request, deadline: deadline)
        guard let json = try? JSONValue(parsing: answer.body) else {
            throw Refusal("\(service.name)'s answer to \(action) cannot be read: is it AWS that answers?")
        }
        return json
    }
}

extension AWSService {
    static let sts = AWSService(name: "STS", signingName: "sts", hostPrefix: "sts", endpointSuffix: "STS")
    static let cloudFormation = AWSService(
        name: "CloudFormation", signingName: "cloudformation", hostPrefix: "cloudformation",
        endpointSuffix: "CLOUDFORMATION")
    static let connect = AWSService(
        name: "Amazon Connect", signingName: "connect", hostPrefix: "connect", endpointSuffix: "CONNECT")
}

extension Environment {
    /// Returns the configured endpoint of a service; nil for AWS's own.
    fileprivate func endpoint(of service: AWSService) throws -> Endpoint? {
        let name = "AWS_ENDPOINT_URL_\(service.endpointSuffix)"
        guard let text = self[name] ?? self["AWS_ENDPOINT_URL"] else { return nil }
        guard let endpoint = Endpoint(parsing: text) else {
            throw EnvironmentError(faults: ["\(name) must be an http or https URL without query."])
        }
        return endpoint
    }
}
