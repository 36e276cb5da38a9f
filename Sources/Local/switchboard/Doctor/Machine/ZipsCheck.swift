import Foundation

/// Whether each function's zip is there, whole, newer than the sources, and a static program for the right machine.
struct ZipsCheck: DoctorCheck {
    static let subject = "zips"

    let project: Project
    /// What the zips must be built for; nil: what the template says by default.
    var architecture: String?
    var python = Tool("python3")
    var readelf = Tool("readelf")

    func findings() async -> [Finding] {
        let functions = Files.folders(in: project.root.appending(path: "Sources/Functions"))
        guard let python, let readelf else {
            return [.skipped(Self.subject, "install python3 and binutils: ./build.sh does")]
        }
        let architecture = architecture ?? (try? project.template())?.architecture ?? ELFFile.architectures[0]
        let newest = SourceAge(project).newest
        var (faults, stale): ([Finding], [String]) = ([], [])
        for name in functions {
            let zip = project.root.appending(path: "dist/\(name).zip")
            if let fault = await fault(zip, architecture, python, readelf) {
                faults.append(.mend(Self.subject, "dist/\(name).zip \(fault)"))
            } else if let newest, let date = SourceAge.date(of: zip), newest.date > date {
                stale.append("dist/\(name).zip")
            }
        }
        if let newest, !stale.isEmpty {
            let are = stale.count == 1 ? "is" : "are"
            faults.append(
                .mend(
                    Self.subject, "\(stale.joined(separator: ", ")) \(are) older than \(newest.path): run ./build.sh"))
        }
        guard faults.isEmpty else { return faults }
        return [.ok(Self.subject, "\(functions.count) functions, static, for \(architecture)")]
    }

    /// What is wrong with a zip and what to do; completes "dist/X.zip …".
    private func fault(_ zip: URL, _ architecture: String, _ python: Tool, _ readelf: Tool) async -> String? {
        guard FileManager.default.fileExists(atPath: zip.path) else { return "is not there: run ./build.sh" }
        let bootstrap = FileManager.default.temporaryDirectory.appending(path: "bootstrap-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: bootstrap) }
        do {
            let unpacked = try await python.run(["-c", Self.script, zip.path, bootstrap.path])
            guard unpacked.status == 0 else { return "\(unpacked.firstLine): run ./build.sh" }
            let program = ELFFile(readelf: try await readelf.run(["-hldW", bootstrap.path]).text)
            guard let program else { return "holds a bootstrap that is no program: run ./build.sh" }
            guard program.isStatic else { return "holds a bootstrap that is not fully static: run ./build.sh" }
            guard program.architecture == architecture else {
                return "is built for \(program.architecture ?? "a machine that Lambda does not have"), not for "
                    + "\(architecture): build there, or deploy with its Architecture and give --architecture"
            }
        } catch {
            return "cannot be looked at: \(error)"
        }
        return nil
    }

    /// Checks the archive's sums and writes its bootstrap to a file; or says what is wrong.
    private static let script = String(decoding: PackageResources.check_zip_py, as: UTF8.self)
}
