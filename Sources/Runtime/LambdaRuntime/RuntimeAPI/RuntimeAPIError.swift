/// The fault that ends a loop; the process then exits with 1, so that Lambda replaces the sandbox.
enum RuntimeAPIError: Error, Equatable, CustomStringConvertible {
    /// A system call failed.
    case system(SystemError)
    /// The connection ended before the first byte of a response.
    case closed
    /// The response is not HTTP/1.1 as the Runtime API speaks it.
    case malformedAnswer(String)
    /// The Runtime API responded with a status that ends the process, such as 500 "container error".
    case status(Int, path: String)

    var description: String {
        switch self {
        case .system(let error): error.description
        case .closed: "The Runtime API closed the connection before it answered."
        case .malformedAnswer(let fault): "The Runtime API's answer is malformed: \(fault)."
        case .status(let status, let path): "The Runtime API answered \(status) to \(path)."
        }
    }
}
