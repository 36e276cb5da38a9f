import Foundation

/// The lines that `switchboard env` prints for a shell.
struct StackVariables {
    /// A family of shells.
    enum Shell: String, CaseIterable {
        /// sh, bash, zsh and dash.
        case sh
        case fish
    }

    let state: StackState
    let root: URL

    /// Variables of the shell that would lead an AWS client elsewhere.
    private static let others = [
        "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_ROLE_ARN",
        "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    ]

    func text(for shell: Shell) -> String {
        var values = state.environment
        values["AWS_CONFIG_FILE"] = StackState.configuration(in: root).path
        values["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null"
        values["AWS_PAGER"] = ""
        // A company's proxy does not lead back to this machine.
        values["NO_PROXY"] = "127.0.0.1,localhost,.localhost"
        values["no_proxy"] = values["NO_PROXY"]
        values["SWITCHBOARD_API"] = state.api
        let pairs = values.sorted { $0.key < $1.key }
        // Version 1 of the AWS CLI has an address of its own for SQS, which the variable does not change.
        switch shell {
        case .sh:
            return
                (["unset \(Self.others.joined(separator: " "))"]
                + pairs.map { "export \($0.key)=\(ShellCommand.quoted($0.value))" }
                + [#"aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }"#]).joined(separator: "\n")
        case .fish:
            return
                (Self.others.map { "set -e \($0)" }
                + pairs.map { "set -gx \($0.key) \(ShellCommand.quoted($0.value))" }
                + ["function aws; command aws --endpoint-url $AWS_ENDPOINT_URL $argv; end"]).joined(separator: "\n")
        }
    }
}
