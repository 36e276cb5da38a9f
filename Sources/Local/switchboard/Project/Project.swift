import Foundation

/// A working copy of the project: where its functions, bootstraps and events lie.
struct Project: Sendable {
    let root: URL
    let templates = TemplateCache()

    init(root: URL) {
        self.root = root
    }

    /// Finds the project: `SWITCHBOARD_ROOT`, else upward from the working directory, else upward from the executable.
    static func locate(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        workingDirectory: String = FileManager.default.currentDirectoryPath,
        executable: String? = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    ) throws -> Project {
        if let named = environment["SWITCHBOARD_ROOT"], !named.isEmpty {
            let root = URL(filePath: named, directoryHint: .isDirectory).standardizedFileURL
            guard isProject(root) else {
                throw Refusal(
                    "SWITCHBOARD_ROOT is \(named), which holds no Sources/Functions and no dist: give the project's folder."
                )
            }
            return Project(root: root)
        }
        let starts = [workingDirectory, executable.map { URL(filePath: $0).deletingLastPathComponent().path }]
        for start in starts.compactMap({ $0 }) {
            var folder = URL(filePath: start, directoryHint: .isDirectory).standardizedFileURL
            while true {
                if isProject(folder) { return Project(root: folder) }
                guard folder.path != "/" else { break }
                folder = folder.deletingLastPathComponent()
            }
        }
        throw Refusal(
            "No project found above \(workingDirectory): run this inside the project, or set SWITCHBOARD_ROOT to its folder."
        )
    }

    private static func isProject(_ folder: URL) -> Bool {
        let holds = { (name: String) in Files.isFolder(folder.appending(path: name)) }
        return holds("Sources/Functions") || (holds("dist") && holds("events"))
    }

    /// Every function that has sources, a bootstrap or events, by name.
    var functions: [Function] {
        let named = ["Sources/Functions", "dist", "events"].flatMap { Files.folders(in: root.appending(path: $0)) }
        return Set(named).sorted().map { Function(name: $0, root: root) }
    }

    /// The function of that name, or a refusal that names those there are.
    func function(named name: String) throws -> Function {
        guard let function = functions.first(where: { $0.name == name }) else {
            let known = functions.map(\.name).joined(separator: ", ")
            throw Refusal("There is no function \(name). The functions are: \(known.isEmpty ? "none" : known).")
        }
        return function
    }

    /// Where build.sh puts the Python tools.
    var virtualEnvironment: URL { root.appending(path: ".venv") }
}

/// Small questions to the file system.
enum Files {
    static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// The names of the folders in a folder; hidden ones left out.
    static func folders(in url: URL) -> [String] {
        names(in: url).filter { isFolder(url.appending(path: $0)) }
    }

    /// The sorted names in a folder; hidden ones left out, none when it does not exist.
    static func names(in url: URL) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The file's bytes, or a refusal that says what the file was wanted for.
    static func read(_ url: URL, _ purpose: String) throws -> [UInt8] {
        do {
            return Array(try Data(contentsOf: url))
        } catch {
            throw Refusal("The \(purpose) \(url.path) cannot be read: \(reason(error)).")
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile, .fileNoSuchFile: "it does not exist"
        case .fileReadNoPermission: "reading it is not allowed"
        default: error.localizedDescription
        }
    }
}
