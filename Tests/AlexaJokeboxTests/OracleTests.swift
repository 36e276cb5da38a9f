import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

@testable import AlexaJokebox

@Suite(.takingTurns) struct OracleTests {
    /// Returns every response of a long session with the skill.
    private static func answers() async throws -> [JSONValue] {
        let fixture = try JokeboxFixture((1...5).map { "é \($0)+.mp3" })
        var answers: [JSONValue] = []
        for locale in ["en-US", "en-GB", "de-DE", "es-ES"] {
            let played = try await fixture.launch(locale: locale)
            let device = JokeboxFixture.Device(played.token, offset: 1000)
            answers.append(played)
            for intent in [
                "Pause", "Resume", "Stop", "Cancel", "Next", "Previous", "Repeat", "StartOver", "LoopOn", "LoopOff",
                "ShuffleOn", "ShuffleOff", "Help", "Fallback", "NavigateHome",
            ] {
                answers.append(try await fixture.say("AMAZON.\(intent)Intent", device, locale: locale))
                answers.append(try await fixture.say("AMAZON.\(intent)Intent", locale: locale))
            }
            let looping = try await fixture.say("AMAZON.LoopOnIntent", device, locale: locale)
            answers.append(try await fixture.report("PlaybackNearlyFinished", looping.token, locale: locale))
            answers.append(try await fixture.report("PlaybackFailed", looping.token, locale: locale))
            for button in ["Next", "Previous", "Play", "Pause"] {
                answers.append(try await fixture.press(button, device))
            }
        }
        answers.append(
            try await fixture.invoke(
                JokeboxFixture.event(["type": "CanFulfillIntentRequest", "intent": ["name": "TellMeAJokeIntent"]], nil))
        )
        return answers
    }

    @Test func `Amazon's models take every answer, and give it back unchanged`() async throws {
        let python = URL(filePath: Moto.testEnvironment).appending(path: "bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path), "there is no .venv: run ./build.sh test first")
        let answers = try await Self.answers()
        let input = FileManager.default.temporaryDirectory.appending(path: "jokebox-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: input) }
        let lines = answers.map { JSONValue.object(["kind": "response", "value": $0]).text + "\n" }
        try Data(lines.joined().utf8).write(to: input)
        let process = Process()
        process.executableURL = python
        let script = TestProcess.root.appending(path: "Tests/TestSupport/Python/alexa_oracle.py")
        process.arguments = ["-B", script.path]
        let output = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = output
        try process.run()
        let faults = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && faults.count == answers.count && answers.count > 100)
        for (fault, answer) in zip(faults, answers) { #expect(fault == "", "\(answer.text)") }
    }
}
