import Foundation
import TestSupport
import Testing

/// The built bootstrap of Echo as a process: its start, end, and lifetime.
@Suite(.takingTurns) struct BootstrapTests {
    typealias Event = RuntimeAPIScript.Event

    /// Runs Echo against a scripted Runtime API.
    func echo(_ environment: [String: String] = [:], at server: ScriptedServer) throws -> TestProcess {
        try TestProcess(
            TestProcess.bootstrap("Echo"),
            environment: environment.merging(["AWS_LAMBDA_RUNTIME_API": server.authority]) { $1 })
    }

    @Test func `outside Lambda it says so, names the local command and exits with 2`() async throws {
        for environment in [[:], ["AWS_LAMBDA_RUNTIME_API": ""]] {
            let process = try TestProcess(TestProcess.bootstrap("Echo"), environment: environment)
            #expect(try await process.status() == 2)
            #expect(process.errorOutput.contains("`switchboard invoke Echo`"))
            #expect(process.errorOutput.split(separator: "\n").count == 1)
        }
    }

    @Test func `it knows its name from within its folder too`() async throws {
        let folder = TestProcess.root.appending(path: "dist/Echo").path
        let process = try TestProcess("/bin/sh", ["-c", "cd '\(folder)' && exec ./bootstrap"])
        #expect(try await process.status() == 2)
        #expect(process.errorOutput.contains("`switchboard invoke Echo`"))
    }

    @Test func `faults of the environment are posted to init-error and end it with 1`() async throws {
        let server = try ScriptedServer(RuntimeAPIScript([]).serve)
        let process = try echo(["ECHO_MODE": "both"], at: server)
        #expect(try await process.status() == 1)
        let post = try #require(server.requests.first)
        #expect(server.requests.count == 1)
        #expect(post.target == "/2018-06-01/runtime/init/error")
        #expect(post["Lambda-Runtime-Function-Error-Type"] == "Function.InvalidEnvironment")
        #expect(post.text.contains("ECHO_MODE must be `whole` or `stream`."))
        #expect(process.errorOutput.contains("FATAL"))
    }

    @Test func `a fault of the environment is logged when nobody takes the report of it`() async throws {
        let absent = "127.0.0.1:\(try ScriptedServer.closedPort())"
        let refusing = try ScriptedServer(RuntimeAPIScript([], status: { _ in 403 }).serve)
        for (authority, reason) in [(absent, "Connection refused"), (refusing.authority, "403")] {
            let process = try TestProcess(
                TestProcess.bootstrap("Echo"),
                environment: ["AWS_LAMBDA_RUNTIME_API": authority, "ECHO_MODE": "both"])
            #expect(try await process.status() == 1)
            #expect(process.errorOutput.contains("ECHO_MODE must be `whole` or `stream`."))
            #expect(process.errorOutput.contains(reason))
            #expect(process.errorOutput.split(separator: "\n").count == 1)
        }
    }

    @Test func `a log that nobody reads does not end it`() async throws {
        let server = try ScriptedServer(RuntimeAPIScript([Event("a", "{"), Event("b", "2")]).serve)
        // `exec` of a command whose standard error is a pipe without a reader.
        let process = try TestProcess(
            "/bin/bash", ["-c", "exec 2> >(exec true); sleep 0.2; exec '\(TestProcess.bootstrap("Echo"))'"],
            environment: ["AWS_LAMBDA_RUNTIME_API": server.authority, "PATH": "/usr/bin:/bin"])
        #expect(try await process.status() == 1)
        #expect(server.requests.last { $0.method == "POST" }?.text == "2")
    }

    @Test func `threads that the system does not give end it with 1 and a sentence`() async throws {
        let server = try ScriptedServer { connection in
            guard try connection.readRequest() != nil else { return }
            connection.hang()
        }
        // Stacks so large that the third finds no room, while whatever else is allocated does.
        let process = try TestProcess(
            "/bin/sh", ["-c", "ulimit -s 262144 && ulimit -v 800000 && exec '\(TestProcess.bootstrap("Echo"))'"],
            environment: ["AWS_LAMBDA_RUNTIME_API": server.authority, "AWS_LAMBDA_MAX_CONCURRENCY": "1000"])
        #expect(try await process.status() == 1)
        #expect(process.errorOutput.contains("Could not start a thread"))
    }

    @Test(arguments: [
        "HTTP/1.1 500 Container Error\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "no",
    ])
    func `a Runtime API that fails it ends it with 1 and one line`(answer: String) async throws {
        let server = try ScriptedServer { connection in
            guard try connection.readRequest() != nil else { return }
            try connection.send(answer)
        }
        let process = try echo(at: server)
        #expect(try await process.status() == 1)
        #expect(process.errorOutput.split(separator: "\n").count == 1)
        #expect(process.errorOutput.contains(" FATAL "))
    }

    @Test func `a Runtime API that is not there ends it with 1`() async throws {
        let process = try TestProcess(
            TestProcess.bootstrap("Echo"),
            environment: ["AWS_LAMBDA_RUNTIME_API": "127.0.0.1:\(try ScriptedServer.closedPort())"])
        #expect(try await process.status() == 1)
        #expect(process.errorOutput.contains("Connection refused"))
    }

    @Test func `N calls of next are open at once under AWS_LAMBDA_MAX_CONCURRENCY`() async throws {
        let (waiting, posted) = (Counter(), Counter())
        let script = RuntimeAPIScript((0..<40).map { Event("\($0)", "\($0)") })
        let server = try ScriptedServer { connection in
            guard try connection.readRequest() != nil else { return }
            waiting.increment()
            // No event before four loops have asked for one.
            while waiting.value < 4 { try connection.sleep(for: .milliseconds(1)) }
            while let event = script.nextEvent() {
                try connection.answer(event.answer)
                guard try connection.readRequest() != nil else { return }
                posted.increment()
                try connection.answer(ScriptedServer.Response(status: 202))
                guard try connection.readRequest() != nil else { return }
            }
            // The first loop whose connection ends has the process end, whatever the others are at.
            while posted.value < 40 { try connection.sleep(for: .milliseconds(1)) }
        }
        let process = try echo(["AWS_LAMBDA_MAX_CONCURRENCY": "4"], at: server)
        _ = try await process.status()
        let posts = server.requests.filter { $0.method == "POST" }
        #expect(Set(posts.map(\.text)) == Set((0..<40).map(String.init)))
        #expect(posts.count == 40)
    }

    @Test func `SIGTERM ends it with 0 when that was asked for, and lets it answer first`() async throws {
        let isWaiting = Counter()
        let server = try ScriptedServer { connection in
            while let request = try connection.readRequest() {
                switch request.target {
                case "/2020-01-01/extension/register":
                    try connection.answer(
                        ScriptedServer.Response(headers: [("Lambda-Extension-Identifier", "x-1")], "{}"))
                case "/2020-01-01/extension/event/next":
                    connection.hang()
                default:
                    isWaiting.increment()
                    connection.hang()
                }
            }
        }
        let process = try echo(["SWITCHBOARD_GRACEFUL_SHUTDOWN": "true"], at: server)
        while isWaiting.value == 0 || server.requests.count < 3 { try await Task.sleep(for: .milliseconds(5)) }
        process.signal(SIGTERM)
        #expect(try await process.status() == 0)
        let register = try #require(server.requests.first)
        #expect(register.text == #"{"events":[]}"#)
        #expect(register["Lambda-Extension-Name"] == "switchboard")
        let wait = server.requests.first { $0.target == "/2020-01-01/extension/event/next" }
        #expect(wait?["Lambda-Extension-Identifier"] == "x-1")
    }

    @Test func `SIGTERM while the extension is registered ends it with 0 too`() async throws {
        let (isRegistering, isSignalled) = (Counter(), Counter())
        let server = try ScriptedServer { connection in
            guard try connection.readRequest() != nil else { return }
            isRegistering.increment()
            while isSignalled.value == 0 { try connection.sleep(for: .milliseconds(1)) }
            try connection.answer(ScriptedServer.Response(headers: [("Lambda-Extension-Identifier", "x-1")], "{}"))
            connection.hang()
        }
        let process = try echo(["SWITCHBOARD_GRACEFUL_SHUTDOWN": "true"], at: server)
        while isRegistering.value == 0, process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        process.signal(SIGTERM)
        isSignalled.increment()
        #expect(try await process.status() == 0)
    }

    @Test func `without being asked it registers nothing, and SIGTERM is the default one`() async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            connection.hang()
        }
        let process = try echo(at: server)
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        process.signal(SIGTERM)
        #expect(try await process.status() == -SIGTERM)
        #expect(server.requests.map(\.target) == ["/2018-06-01/runtime/invocation/next"])
    }

    @Test func `twenty thousand events, each with a trace id of its own, leak neither memory nor descriptors`()
        async throws
    {
        let count = 20_000
        let done = Counter()
        let before = Counter()
        let server = try ScriptedServer { connection in
            while let request = try connection.readRequest() {
                guard request.method == "GET" else {
                    try connection.answer(ScriptedServer.Response(status: 202))
                    continue
                }
                let number = done.increment()
                if number == count / 2 || number == count {
                    // The test reads the figures between events.
                    before.increment()
                    while before.value < number / (count / 2) * 2 { try connection.sleep(for: .milliseconds(1)) }
                }
                let trace = "Root=1-\(number);Parent=\(number * 7);Sampled=1"
                try connection.answer(Event("\(number)", headers: [("Lambda-Runtime-Trace-Id", trace)]).answer)
            }
        }
        let process = try echo(at: server)
        var figures: [(memory: Int, descriptors: Int)] = []
        for half in 1...2 {
            while before.value < half * 2 - 1, process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
            figures.append((try #require(process.memory("RssAnon")), process.openDescriptors))
            before.increment()
        }
        #expect(process.errorOutput == "")
        #expect(figures[1].descriptors == figures[0].descriptors)
        #expect(figures[1].memory - figures[0].memory <= 64)
        #expect(server.connectionCount == 1)
    }

    @Test(arguments: [100, 300]) func `events of hundreds of KB are read into memory that the last ones left`(
        kilobytes: Int
    ) async throws {
        let (warm, all) = (20, 220)
        let asked = Counter()
        let isRead = Counter()
        let body = "\"\(String(repeating: "a", count: kilobytes << 10))\""
        let server = try ScriptedServer { connection in
            while let request = try connection.readRequest() {
                guard request.method == "GET" else {
                    try connection.answer(ScriptedServer.Response(status: 202))
                    continue
                }
                let number = asked.increment()
                // The test reads the figure between events.
                for (reading, at) in [warm, all].enumerated() where number == at {
                    while isRead.value <= reading { try connection.sleep(for: .milliseconds(1)) }
                }
                try connection.answer(Event("\(number)", body).answer)
            }
        }
        let process = try echo(at: server)
        var faults: [Int] = []
        for number in [warm, all] {
            while asked.value < number, process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
            faults.append(try #require(process.minorFaults))
            isRead.increment()
        }
        // A page for each 4 KB of an event would be 25 or more.
        let each = Double(faults[1] - faults[0]) / Double(all - warm)
        #expect(each < 2, "\(each) pages for each event")
    }
}
