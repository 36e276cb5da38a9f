import Foundation
import JSON
import LocalServices
import Settings
import TestSupport
import LambdaRuntime
import Testing

/// A scripted bootstrap under the local Runtime API: every way an invocation can end.
@Suite(.takingTurns) struct LocalFunctionTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
    }

    private func outcomes(
        of events: String..., adjust: (inout LocalFunction.Configuration) -> Void = { _ in }
    ) async throws -> [InvocationOutcome] {
        var configuration = project.configuration
        adjust(&configuration)
        return try await LocalFunction.withRunning(configuration) { function in
            var outcomes: [InvocationOutcome] = []
            for event in events {
                outcomes.append(await function.invoke(Array(event.utf8)).outcome)
            }
            return outcomes
        }
    }

    @Test func `one process answers one event after another, whatever their bytes`() async throws {
        let large = #"{"large":"\#(String(repeating: "x", count: 5_900_000))"}"#
        #expect(
            try await outcomes(of: "{\"a\":1}", "no JSON at all", "", large) == [
                .answer(Array("{\"a\":1}".utf8)), .answer(Array("no JSON at all".utf8)), .answer([]),
                .answer(Array(large.utf8)),
            ])
    }

    @Test func `a function's error comes back as it was posted, and the process goes on`() async throws {
        let error = #"{"errorType":"Function.X","errorMessage":"m","stackTrace":[]}"#
        #expect(
            try await outcomes(of: #"{"do":"fail"}"#, "1") == [
                .functionError(Array(error.utf8)), .answer(Array("1".utf8)),
            ])
    }

    @Test func `an initialisation error is the answer to every event`() async throws {
        let error = #"{"errorType":"Function.InvalidEnvironment","errorMessage":"X is not set."}"#
        let outcome = InvocationOutcome.functionError(Array(error.utf8))
        #expect(try await outcomes(of: "1", "2") { $0.environment["INIT"] = "error" } == [outcome, outcome])
    }

    @Test func `a crash names the signal, an exit the status`() async throws {
        let crash = try await outcomes(of: #"{"do":"crash"}"#)[0]
        #expect(
            String(decoding: crash.payload, as: UTF8.self).contains(
                "Runtime exited with error: signal: segmentation fault"))
        let exit = try await outcomes(of: #"{"do":"exit","status":3}"#)[0]
        #expect(String(decoding: exit.payload, as: UTF8.self).contains("Runtime exited with error: exit status 3"))
        #expect(try JSONValue(parsing: exit.payload)["errorType"] == .string("Runtime.ExitError"))
        let silent = try await outcomes(of: #"{"do":"exit","status":0}"#)[0]
        #expect(String(decoding: silent.payload, as: UTF8.self).contains("Runtime exited without providing a reason"))
    }

    @Test func `a crash before the first event, and an initialisation without end, are told as such`() async throws {
        let crash = try await outcomes(of: "1") { $0.environment["INIT"] = "crash" }[0]
        #expect(try JSONValue(parsing: crash.payload)["errorType"] == .string("Runtime.ExitError"))
        let hang = try await outcomes(of: "1") {
            $0.environment["INIT"] = "hang"
            $0.initTimeout = .milliseconds(300)
        }[0]
        #expect(
            hang
                == .runtimeError(type: "Sandbox.Timedout", message: "Initialisation took longer than 0.30 seconds."))
    }

    @Test func `a function that takes too long is killed with everything it started`() async throws {
        let outcome = try await outcomes(of: #"{"do":"hang"}"#) { $0.timeout = .milliseconds(400) }[0]
        let text = String(decoding: outcome.payload, as: UTF8.self)
        #expect(text.contains("Task timed out after 0.40 seconds"))
        let processes = try #require(project.text("dist/Scripted/processes")).split(separator: " ")
        #expect(processes.count == 2)
        for process in processes {
            #expect(await Processes.haveEnded([try #require(Int32(process))]))
        }
    }

    @Test func `a streamed answer is put together, and its error read from the trailers`() async throws {
        #expect(
            try await outcomes(of: #"{"do":"stream"}"#, #"{"do":"break"}"#) == [
                .answer(Array("one,two,three".utf8)),
                .streamError(
                    partial: Array("one,two,".utf8),
                    error: Array(#"{"errorType":"Function.Broken","errorMessage":"half"}"#.utf8)),
            ])
    }

    @Test func `an answer over the limit is refused with 413, the error after it with 403`() async throws {
        let limit = RuntimeAPI.answerLimit
        let fits = try await outcomes(of: #"{"do":"bytes","size":\#(limit)}"#, "1")
        #expect(fits[0].payload.count == limit)
        #expect(project.text("dist/Scripted/statuses") == "[202, 403]")
        let over = try await outcomes(of: #"{"do":"bytes","size":\#(limit + 1)}"#, "1")
        #expect(try JSONValue(parsing: over[0].payload)["errorType"] == .string("Function.ResponseSizeTooLarge"))
        #expect(over[1] == .answer(Array("1".utf8)))
        #expect(project.text("dist/Scripted/statuses") == "[413, 403]")
    }

    @Test func `the function sees Lambda's variables and its own, and nothing of this shell`() async throws {
        setenv("AWS_SESSION_TOKEN", "of-the-shell", 1)
        setenv("SWITCHBOARD_TEST_STRAY", "of-the-shell", 1)
        let outcome = try await outcomes(of: #"{"do":"environment"}"#) {
            $0.environment = ["OWN": "1", "AWS_LAMBDA_LOG_LEVEL": "DEBUG", "AWS_LAMBDA_RUNTIME_API": "elsewhere"]
            $0.region = "eu-west-1"
        }[0]
        let seen = try JSONValue(parsing: outcome.payload)
        #expect(seen["OWN"] == .string("1"))
        #expect(seen["AWS_LAMBDA_LOG_LEVEL"] == .string("DEBUG"))
        #expect(seen["AWS_REGION"] == .string("eu-west-1"))
        #expect(seen["_HANDLER"] == .string("Scripted"))
        #expect(seen["AWS_LAMBDA_FUNCTION_NAME"] == .string("Scripted"))
        #expect(seen["AWS_LAMBDA_FUNCTION_VERSION"] == .string("$LATEST"))
        #expect(seen["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] == .string("128"))
        #expect(seen["LAMBDA_TASK_ROOT"] == .string(project.root.appending(path: "dist/Scripted").path))
        #expect(seen["AWS_LAMBDA_RUNTIME_API"]?.string?.hasPrefix("127.0.0.1:") == true)
        #expect(seen["AWS_SESSION_TOKEN"] == nil)
        #expect(seen["SWITCHBOARD_TEST_STRAY"] == nil)
    }

    @Test func `a registered extension is ended with SIGTERM, so that it can finish`() async throws {
        _ = try await outcomes(of: "1") { $0.environment["INIT"] = "extension" }
        #expect(project.text("dist/Scripted/terminated") == "politely")
    }

    @Test func `START, END and REPORT say which request, how long and how much`() async throws {
        let lines = Lines()
        var configuration = project.configuration
        configuration.log = { lines.append($0) }
        let report = try await LocalFunction.withRunning(configuration) { function in
            let report = await function.invoke(Array("1".utf8))
            _ = await function.invoke(Array("2".utf8))
            return report
        }
        try #require(lines.all.count == 6)
        #expect(lines.all[0] == "START RequestId: \(report.requestID) Version: $LATEST")
        #expect(lines.all[1] == "END RequestId: \(report.requestID)")
        let fact =
            /REPORT RequestId: [-0-9a-f]{36}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB/
        #expect(lines.all[2].prefixMatch(of: fact) != nil)
        #expect(lines.all[2].contains(/\tInit Duration: \d+\.\d\d ms$/))
        #expect(lines.all[5].wholeMatch(of: fact) != nil)
    }
}
