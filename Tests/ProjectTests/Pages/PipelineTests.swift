import Foundation
import TestSupport
import Testing
import Yams

/// The files of GitLab's and GitHub's pipelines.
struct PipelineTests {
    private static let gitlab = ".gitlab-ci.yml"
    private static let ci = ".github/workflows/ci.yml"
    private static let deploy = ".github/workflows/deploy.yml"
    private static let files = [gitlab, ci, deploy]

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: TestProcess.root.appending(path: path), encoding: .utf8)
    }

    /// Returns every line that a job runs in a shell: the lists `script`, and the texts `run`.
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

    /// The lines of a script that are no comments, with those that a backslash continues in one.
    private static func lines(of path: String) throws -> [String] {
        try text(path).replacing(#/\\\n +/#, with: "").split(separator: "\n").map(String.init).filter {
            !$0.hasPrefix("#")
        }
    }

    @Test func `what pipelines run are the README's own commands, and each is said once`() throws {
        let readme = try Self.text("README.md") + Self.text("docs/deploy.md")
        let shown = Set(
            readme.matches(of: #/(?:^|`)(?: {4})?(\.\/build\.sh(?: [a-z]+)?|sam [a-z]+)/#.anchorsMatchLineEndings()).map
            { String($0.1) })
        for path in [Self.gitlab, Self.ci] {
            let commands = try Self.commands(of: path)
            #expect(commands.contains(".ci/run"), "\(path)")
            #expect(commands.filter { $0.contains("build.sh") } == ["./build.sh"], "\(path)")
        }
        for path in [Self.gitlab, Self.deploy] {
            #expect(try Self.commands(of: path).last == "PATH=$HOME/sam/bin:$PATH .ci/deploy", "\(path)")
        }
        #expect(
            try Self.lines(of: ".ci/run").suffix(3)
                == ["./build.sh demo", "./build.sh test", "./build.sh bench instructions"])
        #expect(shown.isSuperset(of: ["./build.sh", "./build.sh demo", "./build.sh test", "sam deploy"]))
        // One word: SAM reads quotes and spaces in it itself.
        let overrides = #" --parameter-overrides "Runtime=provided.al2023 Architecture=$ARCHITECTURE $PARAMETERS""#
        let last = try #require(try Self.lines(of: ".ci/deploy").last)
        #expect(last.hasPrefix("sam deploy ") && last.hasSuffix(overrides))
    }

    @Test(arguments: files)
    func `a pipeline holds no key: its role is taken by OIDC`(path: String) throws {
        let text = try Self.text(path)
        #expect(!text.contains("AWS_ACCESS_KEY_ID") && !text.contains("AWS_SECRET_ACCESS_KEY"))
        #expect(!text.contains("secrets."))
        // Pull requests run ci.yml: it may read the sources, nothing else.
        let takesRole = text.contains("id-token: write") || text.contains("id_tokens:")
        #expect(takesRole == (path != Self.ci) && text.contains("AWS_ROLE_ARN") == takesRole)
        #expect(path == Self.gitlab || text.contains("pull_request:") == (path == Self.ci))
    }

    @Test func `each architecture is built on a runner of its own kind, and deployed by hand from main or a tag`()
        throws
    {
        let gitlab = try #require(try Yams.compose(yaml: Self.text(Self.gitlab)))
        for (machine, runner) in [("x86_64", "amd64"), ("arm64", "arm64")] {
            let job = try #require(gitlab["zips-\(machine)"])
            #expect(job["variables"]?["MACHINE"]?.string == machine)
            #expect(job["tags"]?.sequence?.first?.string?.hasSuffix(runner) == true)
        }
        let rules = try #require(gitlab["deploy"]?["rules"]?.sequence)
        #expect(rules.allSatisfy { $0["when"]?.string == "manual" })
        #expect(rules.compactMap { $0["if"]?.string } == ["$CI_COMMIT_TAG", "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"])

        let github = try #require(try Yams.compose(yaml: Self.text(Self.ci)))
        let machines = try #require(github["jobs"]?["zips"]?["strategy"]?["matrix"]?["include"]?.sequence)
        let runners = machines.map { "\($0["machine"]?.string ?? "") \($0["runner"]?.string ?? "")" }
        #expect(runners == ["x86_64 ubuntu-24.04", "arm64 ubuntu-24.04-arm"])
        let deploy = try #require(try Yams.compose(yaml: Self.text(Self.deploy)))
        #expect(deploy["on"]?.mapping?.keys.compactMap(\.string) == ["workflow_dispatch"])
        let condition = "github.ref == 'refs/heads/main' || startsWith(github.ref, 'refs/tags/v')"
        #expect(deploy["jobs"]?["ci"]?["if"]?.string == condition)
        #expect(deploy["jobs"]?["ci"]?["uses"]?.string == "./\(Self.ci)")
        #expect(deploy["jobs"]?["deploy"]?["needs"]?.string == "ci")
    }

    @Test func `both pipelines install SAM by hashes, before they have credentials; its emulator is of the same file`()
        throws
    {
        let pinned = try Self.text("Tests/sam-cli.txt")
        #expect(pinned.contains(#/^aws-sam-cli==[\d.]+ \\\n    --hash=sha256:[0-9a-f]{64}$/#.anchorsMatchLineEndings()))
        let install = try #require(try Self.lines(of: ".ci/install-sam").last)
        #expect(install.contains(" --require-hashes ") && install.hasSuffix(" -r Tests/sam-cli.txt"))
        #expect(try Self.text("scripts/python.sh").contains("/^aws-sam-cli==/,/[^\\\\]$/p' Tests/sam-cli.txt"))
        for (path, credentials) in [
            (Self.gitlab, "printenv AWS_ID_TOKEN"), (Self.deploy, "configure-aws-credentials@"),
        ] {
            let text = try Self.text(path)
            let installed = try #require(text.range(of: ".ci/install-sam"))
            let obtained = try #require(text.range(of: credentials))
            #expect(installed.upperBound < obtained.lowerBound, "\(path)")
        }
    }

    @Test func `actions are named by commit, images by a full version`() throws {
        let github = try Self.text(Self.ci) + Self.text(Self.deploy)
        let actions = github.matches(of: #/uses: ([^.\n].*)/#).map { String($0.1) }
        #expect(!actions.isEmpty)
        for action in actions {
            #expect(action.wholeMatch(of: #/[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+/#) != nil, "\(action)")
        }
        let images = try (github + Self.text(Self.gitlab)).matches(of: #/(?:image|container): (.+)/#).map {
            String($0.1)
        }
        #expect(!images.isEmpty)
        for image in images {
            #expect(image.wholeMatch(of: #/[a-z]+:\d+\.\d+\.\d+-bookworm(@sha256:[0-9a-f]{64})?/#) != nil, "\(image)")
        }
        // The development container is the pipelines' image.
        let container = try Self.text(".devcontainer/devcontainer.json")
        let image = try #require(container.firstMatch(of: #/"image": "(.+)"/#)?.1)
        #expect(images.contains(String(image)))
    }
}
