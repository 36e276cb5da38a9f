import Foundation

/// Whether template.yaml can be read, names zips that are there, and passes cfn-lint.
struct TemplateCheck: DoctorCheck {
    static let subject = "template"

    let project: Project

    func findings() async -> [Finding] {
        do {
            let template = try Template(project)
            let missing = template.code.filter {
                !FileManager.default.fileExists(atPath: project.root.appending(path: $0.path).path)
            }
            let faults = missing.map {
                Finding.mend(Self.subject, "\($0.resource)'s CodeUri \($0.path) is not there: run ./build.sh")
            }
            let lint = await lint()
            guard faults.isEmpty else { return faults + lint }
            return [.ok(Self.subject, "\(template.code.count) functions with their zips")] + lint
        } catch {
            return [.mend(Self.subject, "\(error)")]
        }
    }

    private func lint() async -> [Finding] {
        let tool = project.virtualEnvironment.appending(path: "bin/cfn-lint").path
        guard FileManager.default.isExecutableFile(atPath: tool) else {
            return [.skipped("cfn-lint", "run ./build.sh test, which installs it")]
        }
        do {
            let output = try await Tool(path: tool).run(["template.yaml"], in: project.root, within: .seconds(120))
            guard output.status == 0 else { return [.mend("cfn-lint", output.firstLine)] }
            return [.ok("cfn-lint", "nothing to say")]
        } catch {
            return [.mend("cfn-lint", "\(error)")]
        }
    }
}
