import Foundation
import TestSupport
import Testing

@testable import switchboard

struct ProjectTests {
    @Test func `the project is found upward from the working directory, before the executable's place`() throws {
        let here = try TemporaryProject()
        let there = try TemporaryProject()
        try here.add("events/Scripted/a/deep/file", "")
        let found = try Project.locate(
            environment: [:], workingDirectory: here.root.appending(path: "events/Scripted/a/deep").path,
            executable: there.root.appending(path: "dist/switchboard").path)
        #expect(found.root.path == here.root.path)
    }

    @Test func `outside of any project the executable's own place counts`() throws {
        let project = try TemporaryProject()
        let executable = project.root.appending(path: "dist/switchboard").path
        let found = try Project.locate(environment: [:], workingDirectory: "/", executable: executable)
        #expect(found.root.path == project.root.path)
    }

    @Test func `SWITCHBOARD_ROOT wins, and must be a project`() throws {
        let here = try TemporaryProject()
        let named = try TemporaryProject()
        let found = try Project.locate(
            environment: ["SWITCHBOARD_ROOT": named.root.path], workingDirectory: here.root.path, executable: nil)
        #expect(found.root.path == named.root.path)
        #expect {
            try Project.locate(
                environment: ["SWITCHBOARD_ROOT": "/etc"], workingDirectory: here.root.path, executable: nil)
        } throws: {
            "\($0)".contains("SWITCHBOARD_ROOT is /etc")
        }
    }

    @Test func `nowhere to be found says what to set`() {
        #expect {
            try Project.locate(
                environment: ["SWITCHBOARD_ROOT": ""], workingDirectory: "/etc", executable: "/usr/bin/x")
        } throws: {
            "\($0)".contains("set SWITCHBOARD_ROOT")
        }
    }

    @Test func `functions come from sources, bootstraps and events, and settings are no events`() throws {
        let project = try TemporaryProject()
        try project.add("Sources/Functions/README.md", "")
        try project.add("events/Planned/b.json", "{}")
        try project.add("events/Planned/a.json", "{}")
        for setting in ["env", "expected", "secrets"] {
            try project.add("events/Planned/\(setting).json", "{}")
        }
        let functions = project.project.functions
        #expect(functions.map(\.name) == ["Planned", "Scripted"])
        #expect(functions.map(\.isBuilt) == [false, true])
        #expect(functions.first?.events.map(\.lastPathComponent) == ["a.json", "b.json"])
        #expect(try functions.last?.size == PythonFunction.source("scripted_function").utf8.count)
    }

    @Test func `an unknown function is answered with those there are`() throws {
        let project = try TemporaryProject()
        #expect { try project.project.function(named: "Nope") } throws: {
            "\($0)" == "There is no function Nope. The functions are: Scripted."
        }
    }

    @Test func `a function that is not built names build.sh`() throws {
        let project = try TemporaryProject()
        try project.add("Sources/Functions/Planned/Planned.swift", "")
        #expect { try project.project.function(named: "Planned").checkIsBuilt() } throws: {
            "\($0)".contains("./build.sh")
        }
    }
}
