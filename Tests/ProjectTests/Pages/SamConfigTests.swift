import Foundation
import JSON
import Settings
import TestSupport
import Testing

/// samconfig.toml, and the pages that refer to it.
struct SamConfigTests {
    /// An environment of the file.
    private struct Environment {
        var settings: Set<String> = []
        /// The parameters of the file, and those after every comment is removed.
        var written: [String: String] = [:]
        var filled: [String: String] = [:]
    }

    private static let groups = Dictionary(TemplateGroup.allCases.map { ($0.name, $0) }) { $1 }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: TestProcess.root.appending(path: path), encoding: .utf8)
    }

    private let environments: [String: Environment]

    init() throws {
        var found: [String: Environment] = [:]
        var name = ""
        for line in try Self.text("samconfig.toml").split(separator: "\n") {
            if let section = line.wholeMatch(of: #/\[([\w-]+)\.\w+\.parameters\]/#) {
                name = String(section.1)
            } else if let setting = line.wholeMatch(of: #/(stack_name|capabilities|resolve_s3) = .*/#) {
                found[name, default: Environment()].settings.insert(String(setting.1))
            }
            guard let entry = line.firstMatch(of: #/^(?: {4}|parameter_overrides = \[)(# )?"(\w+)=([^"]*)"/#) else {
                continue
            }
            let (key, value) = (String(entry.2), String(entry.3))
            if entry.1 == nil { found[name, default: Environment()].written[key] = value }
            found[name, default: Environment()].filled[key] = value
        }
        environments = found
    }

    @Test func `each group has an environment with all that sam deploy would ask for`() {
        #expect(Set(environments.keys) == Set(Self.groups.keys).union(["default"]))
        for (name, environment) in environments {
            #expect(environment.settings == ["stack_name", "capabilities", "resolve_s3"], "\(name)")
            #expect(environment.written["Runtime"] == "provided.al2023", "\(name)")
        }
    }

    @Test
    func `an environment deploys its group once filled in, and before that is told what it lacks`()
        throws
    {
        let names = Self.groups.keys.sorted()
        let filled = try SAMTransform.stacks(names.map { environments[$0]?.filled ?? [:] })
        let written = try SAMTransform.stacks(names.map { environments[$0]?.written ?? [:] })
        for (index, name) in names.enumerated() {
            let group = try #require(Self.groups[name])
            #expect(filled[index].broken == [] && filled[index].unresolved == [], "\(name)")
            let functions = filled[index].properties(of: "AWS::Lambda::Function")
            #expect(Set(functions.keys) == group.functions, "\(name)")
            #expect(functions.values.allSatisfy { $0["Runtime"]?.string == "provided.al2023" })
            #expect(written[index].unresolved == [])
            for needed in group.needed.keys {
                #expect(written[index].broken.contains { $0.contains(needed) }, "\(name): \(needed)")
            }
            #expect(environments[name]?.filled.count ?? 99 <= 10, "a handful, not all of them")
        }
    }

    @Test func `the parameter's own default stays what existing stacks have`() throws {
        let template = try Self.text("template.yaml")
        #expect(template.contains("\n  Runtime:\n    Type: String\n    Default: provided.al2\n"))
    }

    @Test func `README and docs point to the environments, and nothing to the guided questions`() throws {
        let deployment = try Self.text("docs/deploy.md")
        for name in Self.groups.keys { #expect(deployment.contains("sam deploy --config-env \(name)"), "\(name)") }
        #expect(try Self.text("README.md").contains("sam deploy --config-env guide"))
        let documents = try FileManager.default.contentsOfDirectory(
            atPath: TestProcess.root.appending(path: "docs").path)
        for path in ["README.md", "CONTRIBUTING.md", "template.yaml", "samconfig.toml"]
            + documents.map({ "docs/\($0)" })
        where !path.hasSuffix("/") && path.contains(".") {
            #expect(try !Self.text(path).contains("--guided"), "\(path)")
        }
    }

    @Test func `switchboard deploy names them, in its help and without --local`() throws {
        let project = try TemporaryProject()
        defer { withExtendedLifetime(project) {} }
        let help = try CommandRun(["deploy", "--help"], in: project.root)
        help.wait()
        let refused = try CommandRun(["deploy"], in: project.root)
        refused.wait()
        #expect(refused.status != 0)
        for printed in [help.output, refused.errors] {
            // Lines are broken at the terminal's width.
            let text = printed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(text.contains("sam deploy --config-env") && text.contains("samconfig.toml"))
            #expect(!text.contains("--guided"))
        }
    }
}
