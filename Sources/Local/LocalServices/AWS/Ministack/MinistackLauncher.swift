/// The program that runs ministack in the project's virtual environment: `ministack_server.py`.
///
/// It is ministack's own server on a free port, which it prints; requests are authorised, so that functions run with
/// their roles' rights. It ends with all its functions when its standard input closes, so never later than its parent.
/// Where ministack takes less than AWS does, or answers otherwise, it is put right here, never in the template:
/// SES's resources and condition keys, SNS's opt-out check, what `Ref` of a secret is, numbers that come as text, alarms on
/// a query, Amazon Connect's resources, a path of ministack's own that an API may have too, and an environment of a function
/// that holds what is Lambda's and its own, its log settings included.
enum MinistackLauncher {
    /// The variable with what every function gets beside its own variables, as a JSON object; `ministack_server.py`
    /// reads it.
    static let functionVariables = "SWITCHBOARD_FUNCTION_VARIABLES"
    static let source = String(decoding: PackageResources.ministack_server_py, as: UTF8.self)
}
