import Foundation
import TestSupport
import Testing

@testable import switchboard

/// The doctor's line about the runtime, and the calendar in every place that has it.
struct RuntimeCheckTests {
    @Test func `this project deploys to a runtime that AWS goes on taking`() async {
        let findings = await RuntimeCheck(project: Project(root: TestProcess.root)).findings()
        #expect(findings.map(\.state) == [.ok])
        #expect(findings.first?.text.contains(RuntimeCheck.calendar) == true)
    }

    @Test func `environments on another runtime, or on the template's own, are named in one line`() async throws {
        let project = try TemporaryProject()
        let check = RuntimeCheck(project: project.project)
        #expect(await check.findings().map(\.state) == [.skipped])
        try project.add(
            "samconfig.toml",
            """
            [default.global.parameters]
            stack_name = "switchboard"
            [default.deploy.parameters]
            parameter_overrides = ["Runtime=provided.al2023"]
            [crm.deploy.parameters]
            parameter_overrides = [
                # "Runtime=provided.al2023",
                "AlexaCrm=true",
            ]
            [voice.deploy.parameters]
            parameter_overrides = "VoiceAuthentication=true Runtime=provided.al2"
            """)
        let findings = await check.findings()
        #expect(findings.map(\.state) == [.mend])
        #expect(findings.first?.text.contains("parameter_overrides of crm, voice in samconfig.toml") == true)
        #expect(findings.first?.text.contains("2027-03-03") == true)
    }

    @Test func `the calendar of provided-al2 is cfn-lint's, here, in template-yaml and in the documents`() throws {
        let packages = TestProcess.root.appending(path: ".venv/lib")
        let python = try #require(
            FileManager.default.contentsOfDirectory(atPath: packages.path).first { $0.hasPrefix("python") })
        let file = packages.appending(
            path: "\(python)/site-packages/cfnlint/data/AdditionalSpecs/LmbdRuntimeLifecycle.json")
        let runtimes = try JSONDecoder().decode([String: [String: String?]].self, from: Data(contentsOf: file))
        let runtime = try #require(runtimes["provided.al2"])
        let dates = ["deprecated", "create-block", "update-block"].compactMap { runtime[$0] ?? nil }
        #expect(dates.count == 3)
        #expect(runtime["successor"] == RuntimeCheck.wanted)
        for path in ["template.yaml", "docs/deploy.md", "docs/operations.md"] {
            let text = try String(contentsOf: TestProcess.root.appending(path: path), encoding: .utf8)
            for date in dates { #expect(text.contains(date), "\(path) \(date)") }
        }
        for date in dates { #expect(RuntimeCheck.calendar.contains(date)) }
    }
}
