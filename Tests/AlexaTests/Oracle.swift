import Foundation
import TestSupport
import Testing

@testable import Alexa
import LambdaRuntime
import LocalServices

/// Amazon's own Python models: `Tests/alexa_oracle.py`.
enum Oracle {
    enum Kind: String {
        case request, response, model, manifest, linking
    }

    static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

    /// What each value loses or gains in the models' hands; empty where nothing.
    static func faults(_ cases: [(kind: Kind, value: JSONValue)]) throws -> [String] {
        let python = URL(filePath: Moto.testEnvironment).appending(path: "bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path), "there is no .venv: run ./build.sh test first")
        let process = Process()
        process.executableURL = python
        process.arguments = ["-B", root.appending(path: "Tests/alexa_oracle.py").path]
        let input = FileManager.default.temporaryDirectory.appending(path: "oracle-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: input) }
        let lines = cases.map {
            JSONValue.object(["kind": .string($0.kind.rawValue), "value": $0.value]).text + "\n"
        }
        try Data(lines.joined().utf8).write(to: input)
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
}
