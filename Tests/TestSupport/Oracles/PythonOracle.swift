import Foundation
package import JSON
import LocalServices
import Testing

/// A script of Tests/TestSupport/Python in the project's Python environment, which prints a line for each line of JSON.
package enum PythonOracle {
    /// Returns the lines, one for each value; throws when the script fails or prints fewer.
    package static func answers(of script: String, to values: [JSONValue]) throws -> [String] {
        let python = URL(filePath: Moto.testEnvironment).appending(path: "bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path), "there is no .venv: run ./build.sh test first")
        let process = Process()
        process.executableURL = python
        process.arguments = ["-B", TestProcess.root.appending(path: "Tests/TestSupport/Python/\(script)").path]
        let input = FileManager.default.temporaryDirectory.appending(path: "oracle-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: input) }
        try Data(values.map { $0.text + "\n" }.joined().utf8).write(to: input)
        let output = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        var answers = String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
        answers.removeLast()
        try #require(answers.count == values.count)
        return answers
    }
}
