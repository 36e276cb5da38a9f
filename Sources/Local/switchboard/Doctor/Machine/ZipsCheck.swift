import Foundation
import LocalServices

/// The check that each function's zip is there, whole, built of the sources as they are, and a static program for the
/// right machine.
struct ZipsCheck: DoctorCheck {
    static let subject = "zips"

    let project: Project
    /// The architecture that the zips must be built for; nil: the template's default.
    var architecture: String?
    var python = Tool("python3")
    var readelf = Tool("readelf")

    func findings() async -> [Finding] {
        let functions = Files.folders(in: project.root.appending(path: "Sources/Functions"))
        guard let python, let readelf else {
            return [.skipped(Self.subject, "install python3 and binutils: ./build.sh does")]
        }
        let architecture = architecture ?? (try? project.template())?.architecture ?? ELFFile.architectures[0]
        var faults: [Finding] = []
        for name in functions {
            let zip = project.root.appending(path: "dist/\(name).zip")
            if let fault = await fault(of: zip, for: architecture, python: python, readelf: readelf) {
                faults.append(.mend(Self.subject, "dist/\(name).zip \(fault)"))
            }
        }
        guard faults.isEmpty else { return faults }
        let found = "\(functions.count) functions, static, for \(architecture)"
        switch await SourcesFingerprint(project: project).state() {
        case .same: return [.ok(Self.subject, "\(found), built of these sources")]
        case .other: return [.mend(Self.subject, "the sources have changed since the zips were built: run ./build.sh")]
        case .unknown(let reason):
            return [.ok(Self.subject, "\(found); whether they were built of these sources is not known: \(reason)")]
        }
    }

    /// Returns the fault of a zip and its remedy; completes "dist/X.zip …".
    private func fault(of zip: URL, for architecture: String, python: Tool, readelf: Tool) async -> String? {
        guard FileManager.default.fileExists(atPath: zip.path) else { return "is not there: run ./build.sh" }
        do {
            let bootstrap = try TemporaryFolder.url().appending(path: "bootstrap-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: bootstrap) }
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
            return "cannot be looked at: \(PlainError.reason(of: error))"
        }
        return nil
    }

    /// Checks the archive's sums and writes its bootstrap to a file; or says what is wrong.
    private static let script = String(decoding: PackageResources.check_zip_py, as: UTF8.self)
}
