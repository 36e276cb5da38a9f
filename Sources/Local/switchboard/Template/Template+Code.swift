import JSON

extension Template {
    /// The zips or folders that functions are made of, by logical id.
    var code: [String: String] {
        functions.compactMapValues { $0["Properties"]?["CodeUri"]?.string }
    }

    /// The machine that the functions are for, unless the deployment says otherwise; nil without the parameter.
    var architecture: String? { parameters["Architecture"]?.string }
}
