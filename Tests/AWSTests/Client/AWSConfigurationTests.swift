import Calling
import Settings
import Testing

@testable import AWS

struct AWSConfigurationTests {
    private let complete = [
        "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret",
    ]

    private func read(_ changes: [String: String]) throws -> AWSConfiguration {
        try Environment(complete.merging(changes) { $1 }).read(AWSConfiguration.variable)
    }

    private func faults(_ variables: [String: String]) -> [String] {
        do throws(EnvironmentError) {
            _ = try Environment(variables).read(AWSConfiguration.variable)
            return []
        } catch {
            return error.faults
        }
    }

    @Test func `region, credentials and AWS's own endpoints are read`() throws {
        let configuration = try read(["AWS_SESSION_TOKEN": "token"])
        #expect(configuration.region == "eu-central-1")
        #expect(
            configuration.credentials
                == Credentials(accessKeyID: "AKID", secretAccessKey: "secret", sessionToken: "token"))
        let hosts = AWSService.all.map { configuration.endpoint(for: $0).authority }
        #expect(
            hosts == [
                "email.eu-central-1.amazonaws.com", "sns.eu-central-1.amazonaws.com",
                "sms-voice.eu-central-1.amazonaws.com", "dynamodb.eu-central-1.amazonaws.com",
                "secretsmanager.eu-central-1.amazonaws.com", "s3.eu-central-1.amazonaws.com",
                "sqs.eu-central-1.amazonaws.com", "connect.eu-central-1.amazonaws.com",
            ])
        #expect(!configuration.hasCustomEndpoint(for: .s3))
    }

    @Test func `an empty session token is none, and the default region stands in for an empty region`() throws {
        let configuration = try read(["AWS_SESSION_TOKEN": "", "AWS_REGION": "", "AWS_DEFAULT_REGION": "us-east-2"])
        #expect(configuration.credentials.sessionToken == nil)
        #expect(configuration.region == "us-east-2")
    }

    @Test(arguments: [
        ("cn-north-1", "sns.cn-north-1.amazonaws.com.cn"), ("us-gov-west-1", "sns.us-gov-west-1.amazonaws.com"),
        ("us-iso-east-1", "sns.us-iso-east-1.c2s.ic.gov"), ("us-isob-east-1", "sns.us-isob-east-1.sc2s.sgov.gov"),
        ("eusc-de-east-1", "sns.eusc-de-east-1.amazonaws.eu"),
    ])
    func `a region of another partition has its own domain`(_ region: String, _ host: String) throws {
        #expect(try read(["AWS_REGION": region]).endpoint(for: .sns).authority == host)
    }

    @Test func `a service's endpoint variable goes before the general one`() throws {
        let configuration = try read([
            "AWS_ENDPOINT_URL": "http://127.0.0.1:5000", "AWS_ENDPOINT_URL_SESV2": "https://Mail.test:443/base/",
        ])
        #expect(
            configuration.endpoint(for: .ses)
                == Endpoint(scheme: "https", authority: "mail.test", basePath: "/base"))
        #expect(configuration.endpoint(for: .sns) == Endpoint(scheme: "http", authority: "127.0.0.1:5000"))
        #expect(configuration.hasCustomEndpoint(for: .dynamoDB))
    }

    @Test func `every fault is in one message, without the values`() {
        let faults = faults([
            "AWS_REGION": "eu central", "AWS_ACCESS_KEY_ID": "", "AWS_ENDPOINT_URL": "127.0.0.1:5000",
            "AWS_ENDPOINT_URL_SNS": "ftp://x",
        ])
        #expect(
            faults == [
                "AWS_REGION must be a region's name, such as eu-central-1.",
                "AWS_ACCESS_KEY_ID is not set: give the access key to sign with.",
                "AWS_SECRET_ACCESS_KEY is not set: give the access key's secret.",
                "AWS_ENDPOINT_URL must be an http or https URL such as http://127.0.0.1:5000, without query.",
                "AWS_ENDPOINT_URL_SNS must be an http or https URL such as http://127.0.0.1:5000, without query.",
            ])
    }

    @Test(arguments: [
        "x", "http://", "https:///path", "//host", "http://user:secret@host", "http://host?query", "http://host#f",
        "http://host:99999", "http://host:0", "http://ho st", "file:///etc",
    ])
    func `what is no origin is a fault`(_ url: String) {
        #expect(faults(complete.merging(["AWS_ENDPOINT_URL_S3": url]) { $1 }).count == 1)
    }

    @Test func `nothing set names the three that are needed`() {
        #expect(faults([:]).count == 3)
    }
}
