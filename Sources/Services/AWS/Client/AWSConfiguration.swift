package import Calling
import Encoding
package import Settings

/// The settings of every AWS client: the region, the credentials, and the endpoints that are not AWS's own.
package struct AWSConfiguration: Sendable {
    package var region: String
    package var credentials: Credentials
    /// Endpoints by service, from `AWS_ENDPOINT_URL_<SERVICE>` or `AWS_ENDPOINT_URL`; AWS's own where there is none.
    package var endpoints: [AWSService: Endpoint]

    package init(region: String, credentials: Credentials, endpoints: [AWSService: Endpoint] = [:]) {
        self.region = region
        self.credentials = credentials
        self.endpoints = endpoints
    }

    /// Returns the endpoint of `service`.
    package func endpoint(for service: AWSService) -> Endpoint {
        endpoints[service] ?? service.endpoint(in: region)
    }

    /// Returns true when the environment chooses the endpoint of `service`; S3 uses path style there.
    package func hasCustomEndpoint(for service: AWSService) -> Bool {
        endpoints[service] != nil
    }
}

extension AWSConfiguration {
    /// Reads `AWS_REGION` (else `AWS_DEFAULT_REGION`), `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
    /// `AWS_SESSION_TOKEN` and the endpoint variables, reporting every fault.
    package static var variable: Variable<AWSConfiguration> {
        Variable { environment, faults in
            let region = region(environment, &faults)
            let accessKeyID = Variable.required("AWS_ACCESS_KEY_ID", "the access key to sign with")
                .read(environment, &faults)
            let secretAccessKey = Variable.required("AWS_SECRET_ACCESS_KEY", "the access key's secret")
                .read(environment, &faults)
            let endpoints = endpoints(environment, &faults)
            guard let region, let accessKeyID, let secretAccessKey, let endpoints else { return nil }
            return AWSConfiguration(
                region: region,
                credentials: Credentials(
                    accessKeyID: accessKeyID, secretAccessKey: secretAccessKey,
                    sessionToken: environment["AWS_SESSION_TOKEN"]),
                endpoints: endpoints)
        }
    }

    private static func region(_ environment: Environment, _ faults: inout [String]) -> String? {
        let name = environment["AWS_REGION"] == nil ? "AWS_DEFAULT_REGION" : "AWS_REGION"
        guard let region = environment[name] else {
            faults.append("AWS_REGION is not set: give the region to call, such as eu-central-1.")
            return nil
        }
        // It becomes part of a host name.
        guard region.utf8.allSatisfy(isInRegionName) else {
            faults.append("\(name) must be a region's name, such as eu-central-1.")
            return nil
        }
        return region
    }

    /// Returns true for the bytes of a region's name: lower-case letters, digits and `-`.
    static func isInRegionName(_ byte: UInt8) -> Bool {
        byte.isASCIILowercase || byte.isASCIIDigit || byte == UInt8(ascii: "-")
    }

    private static func endpoints(_ environment: Environment, _ faults: inout [String]) -> [AWSService: Endpoint]? {
        let before = faults.count
        let general = endpoint("AWS_ENDPOINT_URL", environment, &faults)
        var endpoints: [AWSService: Endpoint] = [:]
        for service in AWSService.all {
            endpoints[service] =
                endpoint("AWS_ENDPOINT_URL_\(service.endpointSuffix)", environment, &faults) ?? general
        }
        return faults.count == before ? endpoints : nil
    }

    private static func endpoint(_ name: String, _ environment: Environment, _ faults: inout [String]) -> Endpoint? {
        Variable.optional(
            name, expecting: "an http or https URL such as http://127.0.0.1:5000, without query",
            parse: Endpoint.init(parsing:)
        ).read(environment, &faults).flatMap { $0 }
    }
}
