import Foundation

/// The variables that a function run with `--live` takes from this shell: AWS's, and those for reaching the internet.
enum LiveEnvironment {
    private static let others: Set = [
        "SSL_CERT_FILE", "CURL_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "HOME",
    ]

    /// Returns true for a variable that is not AWS's but is passed on to functions.
    static func isPassedOn(_ name: String) -> Bool { others.contains(name.uppercased()) }

    static func variables(of shell: [String: String] = ProcessInfo.processInfo.environment) -> [String: String] {
        var variables = shell.filter { name, value in
            let isAWS = name.hasPrefix("AWS_") && !name.hasPrefix("AWS_LAMBDA_")
            return !value.isEmpty && (isAWS || isPassedOn(name))
        }
        variables["AWS_REGION"] = variables["AWS_REGION"] ?? variables["AWS_DEFAULT_REGION"]
        return variables
    }

    /// Returns a warning before the run; nil when nothing is missing.
    static func warning(_ variables: [String: String]) -> String? {
        let missing = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"].filter { variables[$0] == nil }
        guard !missing.isEmpty else { return nil }
        return """
            This shell has no \(missing.joined(separator: ", ")): calls to AWS will fail. For a profile, first run \
            eval "$(aws configure export-credentials --format env)" and set AWS_REGION.
            """
    }
}
