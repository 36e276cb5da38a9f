import Foundation
import LocalServices

/// A check that template.yaml is what stacks/ comes to, can be read, names zips that are there, and passes cfn-lint.
struct TemplateCheck: DoctorCheck {
    static let subject = "template"

    let project: Project

    func findings() async -> [Finding] {
        do {
            guard let code = try project.template()?.code else {
                return [.mend(Self.subject, "there is no \(Template.file)")]
            }
            let missing = code.sorted { $0.key < $1.key }.filter {
                !FileManager.default.fileExists(atPath: project.root.appending(path: $0.value).path)
            }
            let undeployed = project.functions.filter { $0.hasSources && code[$0.name] == nil && $0.name != "Echo" }
            let faults =
                try stale()
                + missing.map {
                    Finding.mend(Self.subject, "\($0.key)'s CodeUri \($0.value) is not there: run ./build.sh")
                }
                + undeployed.map {
                    Finding.mend(Self.subject, "\($0.name) is not in \(Template.file), so it is not deployed: add it")
                }
            let lint = await lint()
            guard faults.isEmpty else { return faults + lint }
            return [.ok(Self.subject, "\(code.count) functions with their zips")] + lint
        } catch {
            return [.mend(Self.subject, PlainError.sentence(of: error))]
        }
    }

    private func stale() throws -> [Finding] {
        guard try project.isTemplateStale() else { return [] }
        return [.mend(Self.subject, "\(Template.file) \(Stacks.staleness)")]
    }

    private func lint() async -> [Finding] {
        let tool = project.virtualEnvironment.appending(path: "bin/cfn-lint").path
        guard FileManager.default.isExecutableFile(atPath: tool) else {
            return [.skipped("cfn-lint", "run ./build.sh test, which installs it")]
        }
        do {
            let output = try await Tool(path: tool).run(["template.yaml"], in: project.root, within: .seconds(120))
            guard output.status == 0 else { return [.mend("cfn-lint", output.firstLine)] }
            return [.ok("cfn-lint", "no findings")]
        } catch {
            return [.mend("cfn-lint", PlainError.sentence(of: error))]
        }
    }
}
