import Foundation
import LocalServices

/// The check for the packages that a build takes from the system: it reads the list in `scripts/system.sh`.
struct PackagesCheck: DoctorCheck {
    static let subject = "packages"
    static let script = "scripts/system.sh"

    let project: Project
    /// Debian's package manager; nil elsewhere, where libraries are found by pkg-config.
    var dpkg = Tool("dpkg-query")
    var pkgConfig = Tool("pkg-config")

    func findings() async -> [Finding] {
        do {
            return [try await packages(), curl]
        } catch {
            return [.mend(Self.subject, PlainError.sentence(of: error)), curl]
        }
    }

    private func packages() async throws -> Finding {
        let script = String(
            decoding: try Files.read(project.root.appending(path: Self.script), "script"), as: UTF8.self)
        if let dpkg {
            let names = try Self.words(script.firstMatch(of: #/readonly packages=\(([^)]*)\)/#)?.1)
            let installed = try await dpkg.run(["-W", "-f", "${db:Status-Status} ${Package}\n"] + names).text
            let lines = Set(installed.split(separator: "\n").map(String.init))
            return Self.finding(names, missing: names.filter { !lines.contains("installed \($0)") }, "apt-get install")
        }
        let names = try Self.words(script.firstMatch(of: #/for name in ([^;]*); do\n +pkg-config/#)?.1)
        guard let pkgConfig else { return .mend(Self.subject, "there is no pkg-config: install it.") }
        var missing: [String] = []
        for name in names where try await pkgConfig.run(["--exists", name]).status != 0 { missing.append(name) }
        return Self.finding(names, missing: missing, "install, with headers and static archives:")
    }

    private static func words(_ list: Substring?) throws -> [String] {
        guard let words = list?.split(whereSeparator: \.isWhitespace).map(String.init), !words.isEmpty else {
            throw Refusal("\(script) has no list of packages.")
        }
        return words
    }

    private static func finding(_ names: [String], missing: [String], _ remedy: String) -> Finding {
        missing.isEmpty
            ? .ok(subject, "\(names.count) of \(names.count)")
            : .mend(subject, "run ./build.sh, or \(remedy) \(missing.joined(separator: " "))")
    }

    /// The finding on the static libcurl that build.sh builds.
    private var curl: Finding {
        let folder = project.root.appending(path: ".build-curl")
        let versions = Files.folders(in: folder).filter { version in
            ["libcurl.pc", "libcurl.a"].allSatisfy {
                FileManager.default.fileExists(atPath: folder.appending(path: "\(version)/\($0)").path)
            }
        }
        return versions.isEmpty
            ? .mend("libcurl", "the static libcurl is not built: run ./build.sh")
            : .ok("libcurl", versions.joined(separator: ", "))
    }
}
