import Foundation
import TestSupport

/// Files of the project that fuzzing begins with.
enum ProjectFiles {
    /// Returns the contents of the files below a folder whose names end so, in the order of their paths.
    static func contents(of folder: String, _ suffix: String) throws -> [[UInt8]] {
        try paths(of: folder, suffix).map { try Array(Data(contentsOf: TestProcess.root.appending(path: $0))) }
    }

    /// Returns those files' paths, from the project's root.
    static func paths(of folder: String, _ suffix: String) throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: TestProcess.root.appending(path: folder).path)
        return names.filter { $0.hasSuffix(suffix) }.sorted().map { "\(folder)/\($0)" }
    }

    /// Returns the events of the functions, by file name; not what lies beside them.
    static func events(of function: String) throws -> [(name: String, event: [UInt8])] {
        let beside = ["expected.json", "env.json", "items.json", "salesforce.json", "secrets.json"]
        return try paths(of: "events/\(function)", ".json").compactMap { path in
            let name = URL(filePath: path).lastPathComponent
            guard !beside.contains(name) else { return nil }
            return (name, try Array(Data(contentsOf: TestProcess.root.appending(path: path))))
        }
    }
}
