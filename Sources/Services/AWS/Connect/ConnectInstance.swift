import Encoding

/// An Amazon Connect instance, by its ARN: `arn:aws:connect:eu-central-1:123456789012:instance/<id>`.
package struct ConnectInstance: Sendable, Hashable {
    package let arn: String
    package let region: String
    /// The last part of the ARN.
    package let id: String

    /// Returns nil for anything but an instance's ARN.
    package init?(arn: String) {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[1] == "aws" || parts[1].hasPrefix("aws-"),
            parts[2] == "connect"
        else { return nil }
        let resource = parts[5].split(separator: "/", omittingEmptySubsequences: false)
        // Both become parts of URLs.
        guard (1...32).contains(parts[3].utf8.count), parts[3].utf8.allSatisfy(AWSConfiguration.isInRegionName),
            parts[4].utf8.count == 12, parts[4].utf8.allSatisfy(\.isASCIIDigit),
            resource.count == 2, resource[0] == "instance", ConnectClient.isID(resource[1])
        else { return nil }
        self.arn = arn
        region = String(parts[3])
        id = String(resource[1])
    }
}
