import Foundation
import LocalServices
import TestSupport
import Testing

@Suite(.takingTurns) struct MotoTests {
    @Test func `without a virtual environment the sentence names build.sh`() async {
        await #expect {
            try await Moto.start(virtualEnvironment: "/nowhere")
        } throws: {
            "\($0)".contains("/nowhere/bin/moto_server") && "\($0)".contains("./build.sh")
        }
    }

    @Test func `the local AWS checks signatures and what a key may do`() async throws {
        try await Moto.withRunningForTests { moto in
            let project = try TemporaryProject(bootstrap: Self.caller)
            var configuration = project.configuration
            configuration.environment = moto.environment
            let outcome = try await LocalFunction.withRunning(configuration) { await $0.invoke([]).outcome }
            let came = try JSONDecoder().decode([String: String].self, from: Data(outcome.payload))
            #expect(came["right"] == "200")
            #expect(came["wrong secret"] == "SignatureDoesNotMatch")
            #expect(came["another action"] == "AccessDenied")
            #expect(try await moto.messages().texts.map(\.text) == ["right"])
            #expect(try await moto.requests().map(\.status).prefix(3) == [200, 403, 403])
        }
    }

    @Test func `seeds can be added later, and signatures are checked again afterwards`() async throws {
        try await Moto.withRunningForTests { moto in
            try await moto.add(.init(senders: ["@later.example"], tables: ["later"], secrets: ["later": "{}"]))
            let project = try TemporaryProject(bootstrap: Self.caller)
            var configuration = project.configuration
            configuration.environment = moto.environment
            let outcome = try await LocalFunction.withRunning(configuration) { await $0.invoke([]).outcome }
            let came = try JSONDecoder().decode([String: String].self, from: Data(outcome.payload))
            #expect(came["wrong secret"] == "SignatureDoesNotMatch")
            #expect(came["secret later"] == "{}")
            #expect(try await moto.items(inTable: "later").contains(#""Count": 0"#))
        }
    }

    @Test func `stopping ends the server`() async throws {
        let moto = try await Moto.start(virtualEnvironment: Moto.testEnvironment)
        await moto.stop()
        await #expect(throws: (any Error).self) { try await moto.requests() }
    }

    /// Calls the local AWS with AWS's own SDK: rightly, with a wrong secret, and for what the key may not do.
    private static var caller: String {
        """
        #!\(Moto.testEnvironment)/bin/python
        import http.client, json, os, boto3, botocore.exceptions
        connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])

        def code(call):
            try:
                return str(call()["ResponseMetadata"]["HTTPStatusCode"])
            except botocore.exceptions.ClientError as error:
                return error.response["Error"]["Code"]

        def sns(**key):
            return boto3.client("sns", **key)

        while True:
            connection.request("GET", "/2018-06-01/runtime/invocation/next")
            next = connection.getresponse()
            next.read()
            key = os.environ["AWS_ACCESS_KEY_ID"]
            came = {
                "right": code(lambda: sns().publish(PhoneNumber="+4915112345678", Message="right")),
                "wrong secret": code(lambda: sns(aws_access_key_id=key, aws_secret_access_key="wrong").publish(
                    PhoneNumber="+4915112345678", Message="wrong")),
                "another action": code(lambda: sns().create_topic(Name="topic"))}
            try:
                came["secret later"] = boto3.client("secretsmanager").get_secret_value(SecretId="later")["SecretString"]
            except botocore.exceptions.ClientError:
                pass
            connection.request("POST", "/2018-06-01/runtime/invocation/%s/response" % (
                next.headers["Lambda-Runtime-Aws-Request-Id"]), json.dumps(came))
            connection.getresponse().read()
        """
    }
}
