import Foundation
package import LambdaRuntime
import LocalServices
import Testing

/// Twilio's own library for Python: `Tests/twilio_oracle.py`.
package enum TwilioOracle {
    /// One line of answer for each case.
    package static func answers(_ cases: [JSONValue]) throws -> [String] {
        let python = URL(filePath: Moto.testEnvironment).appending(path: "bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path), "there is no .venv: run ./build.sh test first")
        let process = Process()
        process.executableURL = python
        process.arguments = ["-B", TestProcess.root.appending(path: "Tests/twilio_oracle.py").path]
        let input = FileManager.default.temporaryDirectory.appending(path: "oracle-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: input) }
        try Data(cases.map { $0.text + "\n" }.joined().utf8).write(to: input)
        let output = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        var answers = String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
        answers.removeLast()
        try #require(answers.count == cases.count)
        return answers
    }

    /// The signature that Twilio's library computes.
    package static func signature(
        _ token: String, _ url: String, _ parameters: [(name: String, value: String)]
    ) throws -> String {
        try answers([
            .object([
                "kind": .string("sign"), "token": .string(token), "url": .string(url),
                "parameters": pairs(parameters),
            ])
        ])[0]
    }

    package static func pairs(_ parameters: [(name: String, value: String)]) -> JSONValue {
        .array(parameters.map { .array([.string($0.name), .string($0.value)]) })
    }
}
