package import Foundation
package import LocalServices

/// A project in a temporary folder with one function, `Scripted`, whose bootstrap follows its events.
package final class TemporaryProject: Sendable {
    package let root: URL
    /// The log of the function's standard output and standard error.
    package let log: LogFile

    /// `bootstrap` replaces the scripted one.
    package init(bootstrap: String? = nil) throws {
        log = try LogFile(named: "test")
        root = FileManager.default.temporaryDirectory.appending(path: "switchboard-test-\(UUID().uuidString)")
        try add("Sources/Functions/Scripted/Scripted.swift", "")
        try add("dist/Scripted/bootstrap", bootstrap ?? PythonFunction.source("scripted_function"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: root.appending(path: "dist/Scripted/bootstrap").path)
        try FileManager.default.createSymbolicLink(
            atPath: root.appending(path: ".venv").path, withDestinationPath: Moto.testEnvironment)
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    package func add(_ path: String, _ text: String) throws {
        let url = root.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    package func text(_ path: String) -> String? {
        try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The scripted function, ready to start.
    package var configuration: LocalFunction.Configuration {
        var configuration = LocalFunction.Configuration(
            name: "Scripted", bootstrap: root.appending(path: "dist/Scripted/bootstrap").path)
        configuration.timeout = .seconds(20)
        configuration.output = log.descriptor
        return configuration
    }
}
