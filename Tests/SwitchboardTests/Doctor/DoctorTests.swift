import Foundation
import LocalServices
import TestSupport
import Testing

@testable import switchboard

/// The doctor's findings on this machine.
@Suite(.takingTurns) struct DoctorTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
    }

    /// Returns a program of the project's folder that runs a shell script.
    private func tool(_ script: String) throws -> Tool {
        let url = project.root.appending(path: "tool-\(UUID().uuidString)")
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
        return Tool(path: url.path)
    }

    @Test(arguments: [
        ("Swift version 6.2 (swift-6.2-RELEASE)", Finding.State.ok), ("Swift version 6.10.1 (x)", .ok),
        ("Swift version 7.0 (x)", .ok), ("Apple Swift version 6.1.3 (x)", .mend), ("Swift version 5.10 (x)", .mend),
        ("no compiler", .mend),
    ])
    func `a compiler before 6.2 must be mended`(text: String, state: Finding.State) async throws {
        let findings = await ToolchainCheck(swift: try tool("echo '\(text)'")).findings()
        #expect(findings.map(\.state) == [state])
        if state == .mend { #expect(findings[0].text.contains("install Swift 6.2 or newer")) }
    }

    @Test func `without a compiler the sentence says where it is got`() async {
        let findings = await ToolchainCheck(swift: nil).findings()
        #expect(findings[0].state == .mend && findings[0].text.contains("swift.org/install"))
    }

    @Test func `a tool that hangs is ended, and one that is not there is an error`() async throws {
        let hanging = try tool("exec sleep 600")
        let start = ContinuousClock.now
        await #expect(throws: Refusal.self) { try await hanging.run([], within: .milliseconds(200)) }
        #expect(ContinuousClock.now - start < .seconds(20))
        await #expect(throws: (any Error).self) { try await Tool(path: "/nowhere/tool").run([]) }
        #expect(Tool("no-such-tool-anywhere") == nil)
    }

    @Test func `the packages are the build's own list, and those that are missing are named`() async throws {
        try project.add("scripts/system.sh", "readonly packages=(\n    libc6 no-such-package\n    other-missing\n)\n")
        let check = PackagesCheck(
            project: project.project,
            dpkg: try tool(
                #"printf 'installed libc6\ndeinstall other-missing\n'; echo "$@" > \#(project.root.path)/asked"#))
        #expect(
            await check.findings().first
                == .mend("packages", "run ./build.sh, or apt-get install no-such-package other-missing"))
        #expect(project.text("asked")?.hasSuffix("libc6 no-such-package other-missing\n") == true)
    }

    @Test func `where there is no apt, libraries are looked for by pkg-config`() async throws {
        try project.add(
            "scripts/system.sh", "    for name in one two three; do\n        pkg-config --exists\n    done\n")
        let pkgConfig = try tool(#"[ "$2" != two ]"#)
        let findings = await PackagesCheck(project: project.project, dpkg: nil, pkgConfig: pkgConfig).findings()
        #expect(findings[0].state == .mend && findings[0].text.hasSuffix(": two"))
        #expect(findings[1] == .mend("libcurl", "the static libcurl is not built: run ./build.sh"))
    }

    @Test func `this project's own lists are found`() async throws {
        let findings = await PackagesCheck(project: Project(root: TestProcess.root)).findings()
        #expect(findings[0].state == .ok || findings[0].text.hasPrefix("run ./build.sh, or "), "\(findings)")
    }

    @Test func `the static libcurl is there once all of it is`() async throws {
        try project.add("scripts/system.sh", "readonly packages=(a)")
        try project.add(".build-curl/7.1/libcurl.a", "")
        let check = PackagesCheck(project: project.project, dpkg: try tool("echo installed a"))
        #expect(await check.findings().map(\.state) == [.ok, .mend])
        try project.add(".build-curl/7.1/libcurl.pc", "")
        #expect(await check.findings() == [.ok("packages", "1 of 1"), .ok("libcurl", "7.1")])
    }

    @Test func `Python packages in other versions than pinned are named, others' markers minded`() async throws {
        try project.add(
            "Tests/requirements.txt",
            "# why\npip>=1\nmoto==0.0.1\nno-such-package==1.0\nold==1 ; python_version < \"3.0\"\n")
        let check = PythonCheck(project: project.project)
        #expect(
            await check.findings() == [
                .mend(
                    ".venv",
                    "not as in Tests/requirements.txt: moto, no-such-package: remove .venv and run ./build.sh test")
            ])
        try project.add("Tests/requirements.txt", "pip>=1\n")
        #expect(await check.findings() == [.ok(".venv", "1 packages as in Tests/requirements.txt")])
    }

    @Test func `a template whose code is not there says what to run, and one that is no YAML says so`() async throws {
        let resource = """
            Resources:
              Greet:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: dist/Greet.zip
                  Timeout: !If [A, 1, 2]
            """
        try project.add("template.yaml", resource)
        try FileManager.default.removeItem(at: project.root.appending(path: ".venv"))
        let check = TemplateCheck(project: project.project)
        #expect(
            await check.findings() == [
                .mend("template", "Greet's CodeUri dist/Greet.zip is not there: run ./build.sh"),
                .mend("template", "Scripted is not in template.yaml, so it is not deployed: add it"),
                .skipped("cfn-lint", "run ./build.sh test, which installs it"),
            ])
        try project.add("dist/Greet.zip", "")
        try FileManager.default.removeItem(at: project.root.appending(path: "Sources/Functions/Scripted"))
        #expect(await check.findings().first == .ok("template", "1 functions with their zips"))
        try project.add("template.yaml", "a: [")
        #expect(await check.findings().first?.text.hasPrefix("template.yaml is neither JSON nor YAML") == true)
        try project.add("template.yaml", "a: b")
        #expect(await check.findings() == [.mend("template", "template.yaml is no template: it has no Resources.")])
    }

    @Test func `what cfn-lint says first is repeated`() async throws {
        try project.add(
            "template.yaml", "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      Nonsense: 1\n")
        let findings = await TemplateCheck(project: project.project).findings()
        #expect(findings.last?.state == .mend && findings.last?.text.contains("Nonsense") == true)
    }

    @Test func `the command prints a line for each and exits with 1 when something must be mended`() throws {
        try project.add("scripts/system.sh", "readonly packages=(libc6)")
        let run = try CommandRun(["doctor"], in: project.root)
        run.wait()
        #expect(run.status == 1, "\(run.errors)")
        let lines = run.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix("ok       toolchain: Swift version ") == true)
        #expect(lines.contains("FIX      zips: dist/Scripted.zip is not there: run ./build.sh"))
        #expect(lines.allSatisfy { $0.prefixMatch(of: #/(ok     |FIX    |note   |skipped)  /#) != nil })
    }

    @Test func `findings come in the checks' order, and only what is to mend makes ill`() async throws {
        struct Slow: DoctorCheck {
            let subject: String
            let wait: Duration
            func findings() async -> [Finding] {
                try? await Task.sleep(for: wait)
                return [.skipped(subject, "x"), .ok(subject, "y")]
            }
        }
        var lines: [String] = []
        let checks = [Slow(subject: "a", wait: .milliseconds(100)), Slow(subject: "b", wait: .zero)]
        #expect(try await Doctor(checks: checks).run { lines.append($0.line) })
        #expect(lines == ["skipped  a: x", "ok       a: y", "skipped  b: x", "ok       b: y"])
    }
}
