/// The program that runs ministack in the project's virtual environment: `ministack_server.py`.
///
/// It is ministack's own server on a free port, which it prints; requests are authorised, so that functions run with
/// their roles' rights. It ends with all its functions when its standard input closes, so never later than its parent.
/// It corrects ministack where that accepts less than AWS, or responds differently; the template is never adapted. The
/// corrections: SES's resources and condition keys, SNS's opt-out check, the value of `Ref` for a secret, numbers sent
/// as strings, alarms on a query, Amazon Connect's resources, a path of ministack's own that an API may have too, and a
/// function's environment, which must hold Lambda's variables and its own, its log settings included.
enum MinistackLauncher {
    /// The variable with what every function gets beside its own variables, as a JSON object; `ministack_server.py`
    /// reads it.
    static let functionVariables = "SWITCHBOARD_FUNCTION_VARIABLES"
    /// The variable with its port, 0 for a free one; with a fixed port the HTTP API's id is the same each time.
    static let port = "SWITCHBOARD_PORT"
    /// The variable that asks for a line of JSON about each request, invocation and message.
    static let observed = "SWITCHBOARD_OBSERVED"
    static let source = String(decoding: PackageResources.ministack_server_py, as: UTF8.self)
}
