import Foundation
import LocalServices

/// The check that `.venv` holds the packages of `Tests/requirements.txt` in their versions.
struct PythonCheck: DoctorCheck {
    static let subject = ".venv"

    let project: Project

    func findings() async -> [Finding] {
        let python = project.virtualEnvironment.appending(path: "bin/python").path
        guard FileManager.default.isExecutableFile(atPath: python) else {
            return [.mend(Self.subject, "the Python tools are not installed: run ./build.sh test, or ./build.sh demo")]
        }
        do {
            let requirements = project.root.appending(path: "Tests/requirements.txt").path
            let output = try await Tool(path: python).run(["-c", Self.script, requirements])
            guard output.status == 0 else {
                return [.mend(Self.subject, "\(output.firstLine): remove .venv and run ./build.sh test")]
            }
            return [.ok(Self.subject, output.firstLine)]
        } catch {
            return [.mend(Self.subject, "\(PlainError.sentence(of: error)) Remove .venv and run ./build.sh test")]
        }
    }

    /// Prints how many packages are as they are pinned, or which are not.
    private static let script = String(decoding: PackageResources.check_packages_py, as: UTF8.self)
}
