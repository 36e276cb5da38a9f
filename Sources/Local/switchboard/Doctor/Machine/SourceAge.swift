import Foundation

/// Which of the sources that bootstraps are built of was changed last.
struct SourceAge {
    struct Source: Equatable {
        /// Below the project's root.
        let path: String
        let date: Date
    }

    let newest: Source?

    /// Looks at what build.sh looks at: everything under Sources but Local, Package.swift, build.sh and its scripts.
    init(_ project: Project) {
        let files =
            ["Package.swift", "build.sh"] + ["Sources", "scripts"].flatMap { Self.files(in: project.root, $0) }
        let sources = files.compactMap { path in
            Self.date(of: project.root.appending(path: path)).map { Source(path: path, date: $0) }
        }
        newest = sources.max { $0.date < $1.date }
    }

    /// When a file was changed last; nil when there is none.
    static func date(of url: URL) -> Date? {
        try? FileManager.default.attributesOfItem(atPath: url.path)[.modificationDate] as? Date
    }

    private static func files(in root: URL, _ folder: String) -> [String] {
        Files.names(in: root.appending(path: folder)).flatMap { name -> [String] in
            let path = "\(folder)/\(name)"
            guard path != "Sources/Local" else { return [] }
            return Files.isFolder(root.appending(path: path)) ? files(in: root, path) : [path]
        }
    }
}
