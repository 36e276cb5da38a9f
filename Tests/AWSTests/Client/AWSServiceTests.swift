import Calling
import Foundation
import Testing

@testable import AWS

struct AWSServiceTests {
    @Test(arguments: BotocoreVectors.calls)
    func `a service is where botocore calls it`(_ call: BotocoreVectors.Call) throws {
        let service = try #require(AWSService.all.first { $0.signingName == call.signingName })
        let endpoint = service.endpoint(in: call.region)
        let url = try #require(URLComponents(string: call.url))
        #expect(endpoint == Endpoint(scheme: "https", authority: try #require(url.host)))
        // `SES v2` has its own suffix; the others follow the name that botocore knows the service by.
        let suffix = call.service.uppercased().replacing("-", with: "_").replacing(
            "SECRETSMANAGER", with: "SECRETS_MANAGER")
        #expect(service.endpointSuffix == suffix)
    }
}
