import Foundation
import TestSupport
import Testing

@testable import switchboard

/// The doctor's findings in zips.
@Suite(.takingTurns) struct DoctorZipTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
    }

    private var zip: URL { project.root.appending(path: "dist/Scripted.zip") }

    /// This machine's architecture, in Lambda's terms.
    private static var machine: String {
        #if arch(arm64)
            "arm64"
        #else
            "x86_64"
        #endif
    }

    private func shell(_ script: String) async throws {
        let output = try await Tool(path: "/bin/sh").run(["-ec", script], in: project.root)
        try #require(output.status == 0, "\(output.text)")
    }

    /// Creates a program of `int main(void)`, in a zip.
    private func makeZip(_ flags: String = "-static", name: String = "bootstrap", mode: String = "755") async throws {
        try await shell(
            """
            mkdir -p made && cd made && rm -f *
            echo 'int main(void) { return 0; }' > main.c && gcc \(flags) -o \(name) main.c && chmod \(mode) \(name)
            rm -f ../dist/Scripted.zip && zip -q ../dist/Scripted.zip \(name)
            """)
    }

    private func findings(_ architecture: String? = Self.machine) async -> [Finding] {
        await ZipsCheck(project: project.project, architecture: architecture).findings()
    }

    private func mends(_ text: String, _ architecture: String? = Self.machine) async -> Bool {
        await findings(architecture) == [.mend("zips", "dist/Scripted.zip \(text)")]
    }

    @Test func `a zip that is not there must be built`() async {
        #expect(await mends("is not there: run ./build.sh"))
    }

    @Test func `a whole, static, new zip is well`() async throws {
        try await makeZip()
        #expect(
            await findings() == [
                .ok(
                    "zips",
                    "1 functions, static, for \(Self.machine); whether they were built of these sources is not known: "
                        + "there is no build.sh to ask")
            ])
    }

    @Test func `a zip that ends early is none`() async throws {
        try await makeZip()
        let whole = try Data(contentsOf: zip)
        try whole.prefix(whole.count / 2).write(to: zip)
        #expect(await mends("is no whole zip: run ./build.sh"))
    }

    @Test func `a template whose bytes changed is named`() async throws {
        try await makeZip()
        try await shell(
            "cd made && echo 'a template of a message' > note.txt && zip -q -0 ../dist/Scripted.zip note.txt")
        var bytes = try Data(contentsOf: zip)
        let place = try #require(bytes.firstRange(of: Data("message".utf8)))
        bytes[place.lowerBound] = UInt8(ascii: "M")
        try bytes.write(to: zip)
        #expect(await mends("is broken at note.txt: run ./build.sh"))
    }

    @Test func `a zip without a bootstrap that can be executed is of no use`() async throws {
        try await makeZip(name: "program")
        #expect(await mends("holds no bootstrap: run ./build.sh"))
        try await makeZip(mode: "644")
        #expect(await mends("holds a bootstrap that may not be executed: run ./build.sh"))
        try await shell("cd made && rm * && cp ../dist/Scripted/bootstrap . && zip -q ../dist/Scripted.zip bootstrap")
        #expect(await mends("holds a bootstrap that is no program: run ./build.sh"))
    }

    @Test func `a program that needs shared libraries is not static`() async throws {
        try await makeZip("")
        #expect(await mends("holds a bootstrap that is not fully static: run ./build.sh"))
    }

    @Test func `a zip for another machine than the template's or the given one must be built there`() async throws {
        try await makeZip()
        let other = Self.machine == "arm64" ? "x86_64" : "arm64"
        let sentence =
            "is built for \(Self.machine), not for \(other): build there, or deploy with its Architecture and give "
            + "--architecture"
        #expect(await mends(sentence, other))
        try project.add(
            "template.yaml", "Parameters:\n  Architecture:\n    Default: \(other)\nResources:\n  A:\n    Type: B\n")
        #expect(await mends(sentence, nil))
    }

    /// Scripts whose fingerprint is the text of the sources, as build.sh's is their hash.
    private func addScripts() throws {
        for name in ["common", "system"] { try project.add("scripts/\(name).sh", "") }
        try project.add("scripts/curl.sh", "curl_version() { echo 8.0; }")
        try project.add(
            "scripts/functions.sh",
            #"sources_fingerprint() { echo "${curl_home##*/} $(find Sources -name '*.swift' | xargs cat | sha256sum)"; }"#
        )
    }

    @Test func `zips of other sources are stale, whatever the age of the files`() async throws {
        try await makeZip()
        try addScripts()
        let stale = Finding.mend("zips", "the sources have changed since the zips were built: run ./build.sh")
        #expect(await findings() == [stale])
        try await shell(
            """
            . scripts/curl.sh && . scripts/functions.sh && curl_home=$PWD/.build-curl/$(curl_version)
            sources_fingerprint > dist/.functions
            """)
        try await shell("touch Sources/Functions/Scripted/Scripted.swift")
        #expect(
            await findings() == [.ok("zips", "1 functions, static, for \(Self.machine), built of these sources")])
        try project.add("Sources/Functions/Scripted/Scripted.swift", "// other")
        #expect(await findings() == [stale])
    }

    @Test func `scripts that fail are told, and no fault of the zips`() async throws {
        try await makeZip()
        try addScripts()
        try project.add("dist/.functions", "x")
        try project.add("scripts/curl.sh", "curl_version() { echo no curl; exit 1; }")
        let findings = await findings()
        #expect(findings.map(\.state) == [.ok] && findings[0].text.contains("is not known: "), "\(findings)")
    }
}
