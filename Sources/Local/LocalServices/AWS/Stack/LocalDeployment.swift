package import Foundation
import JSON
import Settings
package import Timeline

/// The whole project deployed to a local AWS: template.yaml with its zips, through CloudFormation, with a local
/// Salesforce, VoiceIt and Twilio for its functions, its secrets filled and its buckets seeded.
package struct LocalDeployment: Sendable {
    package struct Configuration: Sendable {
        /// The project's folder: template.yaml, dist and .venv.
        package var root: URL
        package var stackName = "switchboard"
        /// Template parameters that replace those chosen here.
        package var parameters: [String: String] = [:]
        /// Variables that every function gets in addition to the template's, such as `SSL_CERT_FILE`.
        package var functionVariables: [String: String] = [:]
        /// The additions to the local Salesforce.
        package var salesforce: [SalesforceAddition] = []
        /// The local AWS's port; the stand-ins' ports follow it. 0 for free ones.
        package var port: UInt16 = 0
        /// The secret key of the local AWS; nil for a new one.
        package var secret: String?
        /// Gets everything that happens once the stack is up.
        package var timeline: Timeline?
        /// Returns the command that invokes a function of the project with an event, for the timeline.
        package var command: (@Sendable (_ function: String, _ event: [UInt8]) -> String?)?

        package init(root: URL) {
            self.root = root
        }
    }

    package let aws: Ministack
    package let salesforce: SalesforceDouble
    package let voiceIt: VoiceItDouble
    package let twilio: TwilioMediaDouble
    /// The local Amazon Connect, whose lists and metrics functions read; nil when a parameter names no instance.
    package let connect: ConnectDouble?
    package let stack: CloudFormationStack
    package let outputs: [CloudFormationStack.Output]
    /// The stack's parameters.
    package let parameters: [String: String]
    let reporting: StackReporting?
    private static let packages = "switchboard-packages"

    /// The stand-ins of one deployment.
    private struct StandIns: Sendable {
        let salesforce: SalesforceDouble
        let voiceIt: VoiceItDouble
        let twilio: TwilioMediaDouble
        let connect: ConnectDouble?
    }

    /// Runs `body` with the deployed stack; afterwards, however `body` ends, deletes the stack and ends everything.
    package static func withRunning<Result: Sendable>(
        _ configuration: Configuration, _ body: @Sendable (LocalDeployment) async throws -> Result
    ) async throws -> Result {
        let template = configuration.root.appending(path: "template.yaml")
        let package = try TemplatePackage(template, bucket: packages)
        let port = configuration.port
        var org = SalesforceDouble.Configuration()
        org.pageSize = SalesforceDouble.ownPageSize
        org.additions = configuration.salesforce
        var media = TwilioMediaDouble.Configuration()
        if port != 0 { (org.port, media.port) = (port + 1, port + 4) }
        let medium = media
        return try await SalesforceDouble.withRunning(org) { salesforce in
            try await VoiceItDouble.withRunning(port: port == 0 ? 0 : port + 3) { voiceIt in
                await voiceIt.account.addLocalUsers()
                return try await TwilioMediaDouble.withRunning(medium) { twilio in
                    try await withConnect(configuration) { connect in
                        let standIns = StandIns(
                            salesforce: salesforce, voiceIt: voiceIt, twilio: twilio, connect: connect)
                        return try await StackReporting.withRunning(
                            configuration, salesforce: salesforce, voiceIt: voiceIt, twilio: twilio
                        ) { reporting in try await deploy(package, configuration, standIns, reporting, body) }
                    }
                }
            }
        }
    }

    /// Runs `body` with the local Amazon Connect of the instance that the parameters name.
    ///
    /// Each function signs with its role's credentials, so that it checks the form of signatures alone.
    private static func withConnect<Result: Sendable>(
        _ configuration: Configuration, _ body: (ConnectDouble?) async throws -> Result
    ) async throws -> Result {
        let arn = configuration.parameters["ConnectInstanceArn"] ?? LocalParameters.instance
        guard let instance = ConnectDouble.Configuration(arn: arn) else { return try await body(nil) }
        return try await ConnectDouble.withRunning(instance) { try await body($0) }
    }

    /// Deploys to a ministack of its own, and runs `body`.
    private static func deploy<Result: Sendable>(
        _ package: TemplatePackage, _ configuration: Configuration, _ standIns: StandIns, _ reporting: StackReporting?,
        _ body: @Sendable (LocalDeployment) async throws -> Result
    ) async throws -> Result {
        let connect = standIns.connect.map { ["AWS_ENDPOINT_URL_CONNECT": $0.url] } ?? [:]
        let variables = connect.merging(configuration.functionVariables) { $1 }
            .merging(reporting?.variables ?? [:]) { $1 }
        var observe: (@Sendable (String) -> Void)?
        if let reporting { observe = { reporting.take($0) } }
        return try await Ministack.withRunning(
            virtualEnvironment: configuration.root.appending(path: ".venv").path, functionVariables: variables,
            port: configuration.port, secret: configuration.secret, observe: observe
        ) { aws in
            try await seed(aws, package)
            let parameters = LocalParameters(
                configuration.parameters, switches: package.switches, region: aws.region,
                crmSecret: try await addCRMUser(to: aws), salesforce: standIns.salesforce, voiceIt: standIns.voiceIt,
                twilio: standIns.twilio)
            let stack = try await CloudFormationStack.create(
                configuration.stackName, templateURL: "\(aws.endpoint)/\(packages)/template.yaml",
                parameters: parameters.values, in: aws)
            let deployment = LocalDeployment(
                aws: aws, salesforce: standIns.salesforce, voiceIt: standIns.voiceIt, twilio: standIns.twilio,
                connect: standIns.connect, stack: stack, outputs: try await stack.outputs(),
                parameters: parameters.values, reporting: reporting)
            try await deployment.fillSecrets()
            return try await deployment.removing { deployment in
                defer { reporting?.end() }
                return try await body(deployment)
            }
        }
    }

    /// Begins to report what happens to the configuration's timeline; the deploying before it is not told.
    package func beginReporting() {
        reporting?.begin(aws, connect)
    }

    /// Returns the value of an output; nil when the stack has none of that name.
    package func output(_ name: String) -> String? {
        outputs.first { $0.name == name }?.value
    }

    /// The bucket that Amazon Connect's recordings are put into, and the prefix before `CallRecordings/` there.
    package var recordings: (bucket: String, prefix: String) {
        (LocalParameters.recordingsBucket, LocalParameters.recordingsPrefix)
    }

    /// The URLs of the queues, in the order of their names.
    package func queueURLs() async throws -> [String] {
        let answer = try await aws.call("AmazonSQS.ListQueues", of: .sqs)
        return (answer["QueueUrls"]?.array?.compactMap(\.string) ?? []).sorted()
    }

    /// Updates the stack to other parameters in addition to those that it has, or in their place.
    package func update(_ changes: [String: String]) async throws {
        try await stack.update(
            templateURL: "\(aws.endpoint)/\(Self.packages)/template.yaml",
            parameters: parameters.merging(changes) { $1 })
    }

    /// Deletes the stack and the resources created beside it.
    package func remove() async throws {
        try await stack.delete()
        for bucket in try await aws.buckets() {
            try await aws.remove(bucket: bucket)
        }
        try await aws.call(
            "secretsmanager.DeleteSecret", of: .secretsManager,
            ["SecretId": .string(LocalParameters.crmSecret), "ForceDeleteWithoutRecovery": true])
    }

    /// Returns the result of `body`; the stack is deleted before this returns or throws, also when the task was
    /// cancelled.
    private func removing<Result: Sendable>(
        after body: @Sendable (LocalDeployment) async throws -> Result
    ) async throws -> Result {
        let result: Result
        do {
            result = try await body(self)
        } catch {
            try? await Task.detached { try await stack.delete() }.value
            throw error
        }
        try await Task.detached { try await stack.delete() }.value
        return result
    }

    /// Creates the resources that template.yaml requires: the packages, the buckets, a verified identity.
    private static func seed(_ aws: Ministack, _ package: TemplatePackage) async throws {
        try await aws.add(LocalBucket(packages))
        for (key, file) in package.files {
            try await aws.put(Array(try Data(contentsOf: file)), at: key, in: packages)
        }
        try await aws.put(Array(package.template.utf8), at: "template.yaml", in: packages)
        try await aws.add(.jokes(named: LocalParameters.audioBucket))
        try await aws.add(
            .recordings(named: LocalParameters.recordingsBucket, prefix: LocalParameters.recordingsPrefix),
            notifiesEventBridge: true)
        try await aws.rest(
            "POST", "/v2/email/identities", of: .ses, ["EmailIdentity": .string(LocalParameters.domain)])
    }

    private static func addCRMUser(to aws: Ministack) async throws -> String {
        let value: JSONValue = [
            "CRM_API_USERNAME": .string(SalesforceDouble.username),
            "CRM_API_PASSWORD": .string(SalesforceDouble.password),
        ]
        let secret = try await aws.call(
            "secretsmanager.CreateSecret", of: .secretsManager,
            ["Name": .string(LocalParameters.crmSecret), "SecretString": .string(value.text)])
        return secret["ARN"]?.string ?? ""
    }

    /// Puts the doubles' credentials into the secrets that the stack created empty, a manual step after a first deploy.
    private func fillSecrets() async throws {
        let values = [
            "SalesforceSecretToFill": salesforce.environment, "VoiceItSecretToFill": voiceIt.environment,
            "TwilioSecretToFill": twilio.environment,
        ]
        for (output, variables) in values {
            guard let secret = self.output(output) else { continue }
            let own = variables.filter { !$0.key.hasSuffix("_URL") && !$0.key.hasSuffix("_HOSTS") }
            let value = JSONValue.object(own.mapValues(JSONValue.string))
            try await aws.call(
                "secretsmanager.PutSecretValue", of: .secretsManager,
                ["SecretId": .string(secret), "SecretString": .string(value.text)])
        }
    }
}
