/// The programs of AWS, Alexa and Salesforce that the documents name; nothing here needs them, so none is a fault.
struct VendorToolsCheck: DoctorCheck {
    /// The programs, and what each is for.
    static let tools = [
        ("aws", "the AWS CLI 2, for what docs and deploy --local print"),
        ("sam", "the AWS SAM CLI, for sam deploy"),
        ("ask", "the ASK CLI, for deploying the skills"),
        ("sf", "the Salesforce CLI, for deploying integrations/salesforce"),
    ]

    var find: @Sendable (String) -> Tool? = { Tool($0) }

    func findings() async -> [Finding] {
        var findings: [Finding] = []
        for (name, use) in Self.tools {
            guard let tool = find(name) else {
                findings.append(.note(name, "not installed: \(use)"))
                continue
            }
            let version = (try? await tool.run(["--version"]))?.firstLine ?? "its version is not known"
            findings.append(Self.finding(name, version))
        }
        return findings
    }

    private static func finding(_ name: String, _ version: String) -> Finding {
        guard name == "aws", version.contains("aws-cli/1.") else { return .ok(name, version) }
        return .note(
            name,
            "\(version.prefix { $0 != " " }) is version 1, which lacks options that the documents use, and whose sqs "
                + "commands ignore AWS_ENDPOINT_URL, in scripts, too: install the AWS CLI 2")
    }
}
