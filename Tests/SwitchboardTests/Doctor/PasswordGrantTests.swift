import Foundation
import LocalServices
import TestSupport
import Testing

@testable import switchboard

/// The doctor's warning of the password grant, wherever it is configured.
@Suite(.takingTurns) struct PasswordGrantTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
    }

    private func findings(_ variables: [String: String]? = nil) async -> [Finding] {
        var check = PasswordGrantCheck(project: project.project)
        check.settings = variables.map { variables in
            var settings = DoctorSettings()
            settings.shell = variables
            return LiveSettings(variables: settings)
        }
        return await check.findings()
    }

    private static let keys = [
        "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "very-secret",
    ]

    @Test func `this project's own samconfig is not warned of`() async {
        #expect(await PasswordGrantCheck(project: Project(root: TestProcess.root)).findings().isEmpty)
    }

    @Test(arguments: [
        #"parameter_overrides = ["Runtime=provided.al2023", "SalesforceGrant=password"]"#,
        #"parameter_overrides = "AlexaCrm=true SalesforceGrant=password""#,
        #"parameter_overrides = "SalesforceGrant=\"password\" AlexaCrm=true""#,
        "parameter_overrides = [\n    'SalesforceGrant=password',\n]",
    ])
    func `an environment of samconfig is named, with the date, the source and the way out`(_ line: String) async throws
    {
        try project.add(
            "samconfig.toml",
            """
            [recordings.deploy.parameters]
            parameter_overrides = ["SalesforceGrant=jwt"] # SalesforceGrant=password
            # SalesforceGrant=password
            [crm.global.parameters]
            stack_name = "crm"
            [crm.deploy.parameters]
            \(line)
            """)
        let findings = await findings()
        #expect(findings.map(\.state) == [.note])
        for words in ["samconfig.toml (crm)", "2027-02-20", "005461976", "client_credentials", "docs/salesforce.md"] {
            #expect(findings.first?.text.contains(words) == true, "\(findings)")
        }
    }

    @Test func `settings are warned of with --live, each place by itself`() async throws {
        #expect(await findings([:]).isEmpty)
        #expect(await findings(["SALESFORCE_GRANT": "jwt", "CRM_API_TOKEN": "x"]).isEmpty)
        let both = await findings(["SALESFORCE_GRANT": "password", "CRM_API_PASSWORD": "very secret"])
        #expect(both.map(\.state) == [.note, .note] && both.allSatisfy { $0.text.contains("2027-02-20") })
        #expect(both.first?.text.hasPrefix("SALESFORCE_GRANT=password of CRMWrapperAPI, ConnectRecording: ") == true)
        #expect(both.last?.text.contains("CRM_API_TOKEN") == true && !both.description.contains("very secret"))
    }

    @Test func `the deployed stack's parameters and the secret that they name are looked at`() async throws {
        try project.add(
            "samconfig.toml",
            """
            [crm.global.parameters]
            stack_name = "my-crm"
            [crm.deploy.parameters]
            parameter_overrides = ["AlexaCrm=true"]
            """)
        let server = try ScriptedServer.answering { request in
            if request["X-Amz-Target"] == "secretsmanager.GetSecretValue" {
                return .init(#"{"SecretString":"{\"CRM_API_USERNAME\":\"a\",\"CRM_API_PASSWORD\":\"very secret\"}"}"#)
            }
            guard AWSDouble.form(request.text)["StackName"] == "my-crm" else {
                return .init(status: 400, "<ErrorResponse><Error><Code>ValidationError</Code></Error></ErrorResponse>")
            }
            func parameter(_ name: String, _ value: String) -> String {
                "<member><ParameterKey>\(name)</ParameterKey><ParameterValue>\(value)</ParameterValue></member>"
            }
            return .init(
                "<DescribeStacksResponse><DescribeStacksResult><Stacks><member><Parameters>"
                    + parameter("SalesforceGrant", "password") + parameter("CrmApiSecretArn", "crm")
                    + "</Parameters></member></Stacks></DescribeStacksResult></DescribeStacksResponse>")
        }
        let aws = Self.keys.merging(["AWS_ENDPOINT_URL": "http://\(server.authority)"]) { $1 }
        let findings = await findings(aws)
        #expect(findings.map(\.state) == [.note, .note], "\(findings)")
        #expect(findings.first?.text.hasPrefix("SalesforceGrant=password of the stack my-crm: ") == true)
        #expect(findings.last?.text.contains("secret CrmApiSecretArn of the stack my-crm") == true)
        #expect(!findings.description.contains("very secret"))
        let own = await self.findings(aws.merging(["CRM_API_SECRET_ARN": "crm"]) { $1 })
        #expect(own.map(\.text).filter { $0.contains("secret of CRM_API_SECRET_ARN") }.count == 1 && own.count == 2)
    }

    @Test func `no stack, no right to see it, no answer: no line`() async throws {
        let server = try ScriptedServer.answering { _ in
            .init(status: 403, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>")
        }
        #expect(await findings(Self.keys.merging(["AWS_ENDPOINT_URL": "http://\(server.authority)"]) { $1 }).isEmpty)
        #expect(server.requests.count == 1)
    }
}
