import Foundation
import TestSupport
import Testing
import Yams

/// The files of GitLab's and GitHub's pipelines.
struct PipelineTests {
    private static let files = [".gitlab-ci.yml", ".github/workflows/deploy.yml"]

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: TestProcess.root.appending(path: path), encoding: .utf8)
    }

    /// Every line that a job has a shell run: the lists `script`, and the texts `run`.
    private static func commands(in node: Node) -> [String] {
        guard let pairs = node.mapping else { return (node.sequence ?? []).flatMap(commands) }
        return pairs.flatMap { key, value -> [String] in
            switch key.string {
            case "script": (value.sequence ?? []).compactMap(\.string)
            case "run": (value.string ?? "").split(separator: "\n").map(String.init)
            default: commands(in: value)
            }
        }
    }

    private static func commands(of path: String) throws -> [String] {
        commands(in: try #require(try Yams.compose(yaml: text(path))))
    }

    @Test(arguments: files)
    func `a pipeline builds and deploys by the README's own commands`(path: String) throws {
        let readme = try Self.text("README.md") + Self.text("docs/deploy.md")
        let shown = Set(
            readme.matches(of: #/(?:^|`)(?: {4})?(\.\/build\.sh(?: [a-z]+)?|sam [a-z]+)/#.anchorsMatchLineEndings()).map
            { String($0.1) })
        let commands = try Self.commands(of: path)
        let ours = commands.filter { $0.contains("build.sh") || $0.prefixMatch(of: #/sam /#) != nil }
        #expect(ours.contains("./build.sh") && ours.contains("./build.sh test") && ours.contains("./build.sh demo"))
        // One word: SAM reads quotes and spaces in it itself.
        let overrides = #" --parameter-overrides "Runtime=provided.al2023 Architecture=$ARCHITECTURE $PARAMETERS""#
        #expect(ours.contains { $0.hasPrefix("sam deploy ") && $0.hasSuffix(overrides) })
        for command in ours {
            let words = command.split(separator: " ").prefix(2).joined(separator: " ")
            #expect(
                shown.contains(words) && (words == command || words.hasPrefix("sam ")), "\(command) is not the README's"
            )
        }
    }

    @Test(arguments: files)
    func `a pipeline holds no key: its role is taken by OIDC`(path: String) throws {
        let text = try Self.text(path)
        #expect(!text.contains("AWS_ACCESS_KEY_ID") && !text.contains("AWS_SECRET_ACCESS_KEY"))
        #expect(!text.contains("secrets."))
        #expect(text.contains("AWS_ROLE_ARN"))
        #expect(text.contains("id-token: write") || text.contains("id_tokens:"))
    }

    @Test func `each architecture is built on a runner of its own kind, and deployed by hand from main or a tag`()
        throws
    {
        let gitlab = try #require(try Yams.compose(yaml: Self.text(Self.files[0])))
        for (machine, runner) in [("x86_64", "amd64"), ("arm64", "arm64")] {
            let job = try #require(gitlab["zips-\(machine)"])
            #expect(job["variables"]?["MACHINE"]?.string == machine)
            #expect(job["tags"]?.sequence?.first?.string?.hasSuffix(runner) == true)
        }
        let rules = try #require(gitlab["deploy"]?["rules"]?.sequence)
        #expect(rules.allSatisfy { $0["when"]?.string == "manual" })
        #expect(rules.compactMap { $0["if"]?.string } == ["$CI_COMMIT_TAG", "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"])

        let github = try #require(try Yams.compose(yaml: Self.text(Self.files[1])))
        let machines = try #require(github["jobs"]?["zips"]?["strategy"]?["matrix"]?["include"]?.sequence)
        let runners = machines.map { "\($0["machine"]?.string ?? "") \($0["runner"]?.string ?? "")" }
        #expect(runners == ["x86_64 ubuntu-24.04", "arm64 ubuntu-24.04-arm"])
        let condition = github["jobs"]?["deploy"]?["if"]?.string ?? ""
        #expect(condition.contains("== 'workflow_dispatch' && (github.ref == 'refs/heads/main' || startsWith("))
    }

    @Test func `both pipelines take the build's own version of SAM`() throws {
        let version = try #require(
            try Self.text("scripts/python.sh").firstMatch(of: #/sam_cli=(aws-sam-cli==[\d.]+)/#)?.1)
        for path in Self.files {
            #expect(try Self.commands(of: path).contains { $0.hasSuffix(" \(version)") })
        }
    }
}
