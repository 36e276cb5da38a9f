package import HTTPTypes

extension HTTPField.Name {
    /// Makes a name that is written in the source; one that is not a token ends the process.
    package static func literal(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("`\(text)` is no header's name.") }
        return name
    }
}
