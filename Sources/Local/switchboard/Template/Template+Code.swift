import JSON

extension Template {
    /// The zips or folders that functions are made of, by logical id.
    var code: [String: String] {
        functions.compactMapValues { $0["Properties"]?["CodeUri"]?.string }
    }

    /// The architecture of the functions, unless the deployment sets another; nil without the parameter.
    var architecture: String? { parameters["Architecture"]?.string }
}
