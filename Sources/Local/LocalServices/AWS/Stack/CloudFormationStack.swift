import AWS
import Foundation

/// A stack in the local AWS's CloudFormation.
package struct CloudFormationStack: Sendable {
    /// A resource of the stack.
    package struct Resource: Sendable, Equatable {
        package let logicalID: String
        package let physicalID: String
        /// The type, such as `AWS::Lambda::Function`.
        package let type: String
    }

    /// An output of the stack.
    package struct Output: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    package let name: String
    private let aws: Ministack

    /// Creates the stack from a template in S3 and waits until it is complete.
    ///
    /// Throws the failures of the resources. Resources created before that stay until `delete`.
    /// - Parameter templateURL: An object of the same local AWS.
    package static func create(
        _ name: String, templateURL: String, parameters: [String: String], in aws: Ministack
    ) async throws -> CloudFormationStack {
        let stack = CloudFormationStack(name: name, aws: aws)
        try await stack.check(parameters, ofTemplateAt: templateURL)
        try await stack.call("CreateStack", [("OnFailure", "DO_NOTHING")] + request(templateURL, parameters))
        let status = try await stack.settled()
        guard status == "CREATE_COMPLETE" else {
            throw LocalAWSError(
                """
                The stack \(name) ended in \(status).\(try await stack.failures())
                Correct these in the template or in the parameters that they take; cfn-lint knows what AWS wants of them.
                """)
        }
        return stack
    }

    /// Updates the stack to other parameters of the same template and waits until it is complete.
    ///
    /// Parameters that are not given take their defaults. Throws the failures of the resources.
    package func update(templateURL: String, parameters: [String: String]) async throws {
        try await check(parameters, ofTemplateAt: templateURL)
        try await call("UpdateStack", Self.request(templateURL, parameters))
        let status = try await settled()
        guard status == "UPDATE_COMPLETE" else {
            throw LocalAWSError("The stack \(name) ended in \(status).\(try await failures())")
        }
    }

    private typealias Field = (name: String, value: String)

    private static func request(_ templateURL: String, _ parameters: [String: String]) -> [Field] {
        let values = parameters.sorted { $0.key < $1.key }.enumerated().flatMap { index, parameter in
            [
                (name: "Parameters.member.\(index + 1).ParameterKey", value: parameter.key),
                (name: "Parameters.member.\(index + 1).ParameterValue", value: parameter.value),
            ]
        }
        return [
            ("TemplateURL", templateURL), ("Capabilities.member.1", "CAPABILITY_IAM"),
            ("Capabilities.member.2", "CAPABILITY_AUTO_EXPAND"),
        ] + values
    }

    /// Throws for parameters that the template does not have: CloudFormation refuses them, ministack ignores them.
    private func check(_ parameters: [String: String], ofTemplateAt url: String) async throws {
        let answer = try await aws.query(
            "GetTemplateSummary", of: .cloudFormation, version: "2010-05-15", [("TemplateURL", url)])
        let known = answer["GetTemplateSummaryResult"]?["Parameters"]?.children.compactMap { $0["ParameterKey"]?.text }
        let strays = Set(parameters.keys).subtracting(known ?? []).sorted()
        guard strays.isEmpty else {
            throw LocalAWSError("The template has no parameter \(strays.joined(separator: ", ")).")
        }
    }

    /// Returns the stack's outputs, in the template's order.
    package func outputs() async throws -> [Output] {
        try await description()["Outputs"]?.children.map {
            Output(name: $0["OutputKey"]?.text ?? "", value: $0["OutputValue"]?.text ?? "")
        } ?? []
    }

    /// Returns the stack's resources.
    package func resources() async throws -> [Resource] {
        let answer = try await call("DescribeStackResources")
        let members = answer["DescribeStackResourcesResult"]?["StackResources"]?.children ?? []
        return members.map {
            Resource(
                logicalID: $0["LogicalResourceId"]?.text ?? "", physicalID: $0["PhysicalResourceId"]?.text ?? "",
                type: $0["ResourceType"]?.text ?? "")
        }
    }

    /// Deletes the stack and waits until it is gone; does nothing if it is gone already.
    package func delete() async throws {
        try await call("DeleteStack")
        do {
            let status = try await settled()
            guard status == "DELETE_COMPLETE" else {
                throw LocalAWSError("The stack \(name) could not be deleted: \(status).\(try await failures())")
            }
        } catch let error as LocalAWSError where error.code == "ValidationError" {
            // A deleted stack is no longer described.
        }
    }

    /// Returns the stack's status once no operation is in progress.
    private func settled() async throws -> String {
        while true {
            let status = try await description()["StackStatus"]?.text ?? ""
            guard status.hasSuffix("_IN_PROGRESS") else { return status }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func description() async throws -> XMLElement {
        let answer = try await call("DescribeStacks")
        guard let stack = answer["DescribeStacksResult"]?["Stacks"]?.children.first else {
            throw LocalAWSError("The local AWS does not describe the stack \(name).")
        }
        return stack
    }

    /// Returns the failures, a line each, from CloudFormation's events; the stack's own event only when there is no
    /// other.
    private func failures() async throws -> String {
        let answer = try await call("DescribeStackEvents")
        let events = answer["DescribeStackEventsResult"]?["StackEvents"]?.children ?? []
        let failed = events.reversed().filter { $0["ResourceStatus"]?.text.hasSuffix("_FAILED") == true }
        let lines = failed.map { event in
            let resource = event["LogicalResourceId"]?.text ?? ""
            let type = event["ResourceType"]?.text ?? ""
            return (
                isStack: type == "AWS::CloudFormation::Stack",
                text: "\n  \(resource) (\(type)): \(event["ResourceStatusReason"]?.text ?? "no reason was given")"
            )
        }
        let ofResources = lines.filter { !$0.isStack }
        return (ofResources.isEmpty ? lines : ofResources).map(\.text).joined()
    }

    @discardableResult
    private func call(_ action: String, _ parameters: [(name: String, value: String)] = []) async throws -> XMLElement {
        try await aws.query(
            action, of: .cloudFormation, version: "2010-05-15", [("StackName", name)] + parameters)
    }
}
