import Foundation

/// The comparison of the zips with the sources as they are, by build.sh's own fingerprint, which no checkout of a file
/// changes.
struct SourcesFingerprint {
    enum State: Equatable {
        /// All zips were built of these sources.
        case same
        /// Some were built of others.
        case other
        /// It could not be found out, because of this.
        case unknown(String)
    }

    /// The file that build.sh leaves when it has built all functions.
    private static let stamp = "dist/.functions"
    private static let scripts = ["common", "system", "curl", "functions"]

    let project: Project
    var bash = Tool("bash")

    func state() async -> State {
        let files = Self.scripts.map { "scripts/\($0).sh" }
        guard let bash, files.allSatisfy({ exists($0) }) else { return .unknown("there is no build.sh to ask") }
        guard exists(Self.stamp),
            let built = try? String(contentsOf: project.root.appending(path: Self.stamp), encoding: .utf8)
        else { return .other }
        do {
            let output = try await bash.run(["-c", Self.script(files)], in: project.root)
            guard output.status == 0 else { return .unknown(output.firstLine) }
            return built.split(separator: "\n").first.map(String.init) == output.firstLine ? .same : .other
        } catch {
            return .unknown("\(error)")
        }
    }

    private func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: project.root.appending(path: path).path)
    }

    /// The script of what build.sh does before it compares.
    private static func script(_ files: [String]) -> String {
        """
        set -euo pipefail
        root=$PWD
        for file in \(files.joined(separator: " ")); do source "$file"; done
        curl_home=$root/.build-curl/$(curl_version)
        sources_fingerprint
        """
    }
}
