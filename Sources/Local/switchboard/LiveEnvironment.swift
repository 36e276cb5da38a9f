import Foundation

/// What a function run with `--live` takes from this shell: AWS's variables, and what reaching the internet needs.
enum LiveEnvironment {
    private static let others: Set = [
        "SSL_CERT_FILE", "CURL_CA_BUNDLE", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "HOME",
    ]

    static func variables(of shell: [String: String] = ProcessInfo.processInfo.environment) -> [String: String] {
        shell.filter { name, _ in
            (name.hasPrefix("AWS_") && !name.hasPrefix("AWS_LAMBDA_")) || others.contains(name.uppercased())
        }
    }
}
