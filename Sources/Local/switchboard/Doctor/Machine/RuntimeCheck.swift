import Foundation

/// The check that every environment of samconfig.toml deploys to a runtime that AWS continues to support.
///
/// "Lambda runtimes" in the AWS Lambda Developer Guide; a test compares the dates with cfn-lint's.
struct RuntimeCheck: DoctorCheck {
    static let subject = "runtime"
    static let wanted = "provided.al2023"
    /// The calendar of provided.al2, the default of template.yaml's parameter.
    static let calendar =
        "provided.al2 is deprecated since 2026-07-31; AWS creates no functions on it from 2027-02-01 on and updates none "
        + "from 2027-03-03 on"

    let project: Project

    func findings() async -> [Finding] {
        let url = project.root.appending(path: "samconfig.toml")
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            return [.skipped(Self.subject, "there is no samconfig.toml; \(Self.calendar)")]
        }
        let others = SamEnvironment.all(in: text).filter { $0.parameters["Runtime"] != Self.wanted }.map(\.name)
        guard others.isEmpty else {
            return [
                .mend(
                    Self.subject,
                    "add \"Runtime=\(Self.wanted)\" to parameter_overrides of \(others.joined(separator: ", ")) in "
                        + "samconfig.toml: \(Self.calendar)")
            ]
        }
        return [
            .ok(
                Self.subject,
                "samconfig.toml deploys to \(Self.wanted). A stack of before keeps its own until then: \(Self.calendar)"
            )
        ]
    }
}
