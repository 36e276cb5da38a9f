import Foundation

/// A working copy of the project, with its functions, bootstraps and events.
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
        let named = ["Sources/Functions", "events"].flatMap { Files.folders(in: root.appending(path: $0)) }
        // dist/ has folders of other things, too.
        let built = Files.folders(in: root.appending(path: "dist")).filter { Function(name: $0, root: root).isBuilt }
        return Set(named + built).sorted().map { Function(name: $0, root: root) }
    }

    /// The function of that name, in any case, or a refusal with the nearest name or all there are.
    func function(named name: String) throws -> Function {
        let names = functions.map(\.name)
        guard let match = Names.match(name, in: names) else { throw Names.refusal("function", name, in: names) }
        return Function(name: match, root: root)
    }

    /// The virtual environment in which build.sh installs the Python tools.
    var virtualEnvironment: URL { root.appending(path: ".venv") }
}
