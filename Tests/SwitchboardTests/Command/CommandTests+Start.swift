import LocalServices
import TestSupport
import Testing

extension CommandTests {
    @Test func `the log of a start that fails is in Lambda's order`() throws {
        let project = try TemporaryProject(
            bootstrap: """
                #!\(Moto.testEnvironment)/bin/python
                import http.client, os, sys, time
                connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
                connection.request(
                    "POST", "/2018-06-01/runtime/init/error", b'{"errorType":"X","errorMessage":"Y is not set."}')
                connection.getresponse().read()
                time.sleep(0.3)
                print("FATAL Y is not set.", file=sys.stderr, flush=True)
                """)
        let run = try CommandRun(["invoke", "Scripted", "--event", "-"], in: project.root, input: "{}")
        run.wait()
        #expect(run.status == 1 && run.output == "{\"errorType\":\"X\",\"errorMessage\":\"Y is not set.\"}\n")
        let words = run.errors.split(separator: "\n").map { $0.prefix { $0 != " " } }
        #expect(words == ["START", "FATAL", "END", "REPORT"], "\(run.errors)")
    }
}
