import Foundation

/// Whether `.venv` holds the packages of `Tests/requirements.txt` in their versions.
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
            return [.mend(Self.subject, "\(error) Remove .venv and run ./build.sh test")]
        }
    }

    /// Prints how many packages are as they are pinned, or which are not.
    private static let script = """
        import sys
        from importlib import metadata
        from pip._vendor.packaging.requirements import Requirement

        wanted, others = [], []
        for line in open(sys.argv[1], encoding="utf-8"):
            text = line.split("#")[0].strip()
            if not text:
                continue
            requirement = Requirement(text)
            if requirement.marker and not requirement.marker.evaluate():
                continue
            wanted.append(requirement.name)
            try:
                if not requirement.specifier.contains(metadata.version(requirement.name), prereleases=True):
                    others.append(requirement.name)
            except metadata.PackageNotFoundError:
                others.append(requirement.name)
        if others:
            sys.exit("not as in Tests/requirements.txt: " + ", ".join(sorted(others)))
        print(len(wanted), "packages as in Tests/requirements.txt")
        """
}
