import ArgumentParser
import Foundation

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Says what is ready, and what to do about the rest.",
        usage: "switchboard doctor [<options>]",
        discussion: """
            Each line begins with ok, FIX, note or skipped. The doctor looks at the toolchain, the packages that build.sh \
            needs, the zips, template.yaml, the runtime that samconfig.toml deploys to, and the command-line tools of AWS, \
            Alexa and Salesforce. It warns of the password grant, which Salesforce ends in February 2027, with --live also \
            where the settings or the deployed stack have it. It exits with 1 when there is something to fix.

            With --live AWS and the other services are asked too, by calls that only read: who this shell is, whether \
            SES's senders are verified and what rights they take, whether SES and SMS are in their sandboxes, the tables, \
            buckets and secrets, the Amazon Connect instance and its functions, and whether Salesforce, the CRM's wrapper, \
            VoiceIt and Twilio accept the credentials. What an agent's guide needs of Amazon Connect is named \
            where the instance and SendEmail's senders are known. A function that is built and has \
            settings of its own is started with them, without an event, to hear what it says of them. Settings \
            are taken from --env-vars, then from this shell. No secret is printed.
            """)

    @Flag(help: "Ask AWS, Salesforce, VoiceIt and Twilio too.")
    var live = false

    @Option(help: "Settings for --live, as JSON or YAML: variables, or variables by function.", completion: .file())
    var envVars: String?

    @Option(help: "The ARN of the Amazon Connect instance. Default: CONNECT_INSTANCE_ARN.")
    var connectInstance: String?

    @Option(
        help: "What the zips must be built for: x86_64 or arm64. Default: the template's.",
        completion: .list(ELFFile.architectures))
    var architecture: String?

    func validate() throws {
        if !live, envVars != nil || connectInstance != nil {
            throw ValidationError(
                "\(envVars == nil ? "--connect-instance" : "--env-vars") is read with --live only: add it.")
        }
        guard architecture.map(ELFFile.architectures.contains) ?? true else {
            throw ValidationError("--architecture takes \(ELFFile.architectures.joined(separator: " or ")).")
        }
    }

    func run() async throws {
        let project = try Project.locate()
        var checks: [any DoctorCheck] = [
            ToolchainCheck(), PackagesCheck(project: project), PythonCheck(project: project),
            ZipsCheck(project: project, architecture: architecture), TemplateCheck(project: project),
            RuntimeCheck(project: project), VendorToolsCheck(),
        ]
        var grants = PasswordGrantCheck(project: project)
        if live {
            var settings = DoctorSettings()
            settings.file = envVars.map { URL(filePath: $0) }
            settings.shell["CONNECT_INSTANCE_ARN"] = connectInstance ?? settings.shell["CONNECT_INSTANCE_ARN"]
            grants.settings = LiveSettings(variables: settings)
            checks += LiveChecks(settings: settings, project: project).all
        }
        checks.append(grants)
        let doctor = Doctor(checks: checks)
        try await Interruption.guarding {
            guard try await doctor.run(print: { print($0.line) }) else { throw ExitCode(1) }
        }
    }
}
