/// The program that runs moto in the project's virtual environment: `moto_server.py`.
///
/// It is moto's own server with seven differences: it binds a free port and prints it; it handles one request at a time,
/// because moto's conditional writes are not atomic under threads; it records every request with its response, because
/// moto keeps only one body of an e-mail; it accepts our own requests, for seeding and inspection, unsigned and
/// unrecorded; it checks signatures against the path and the query as received, because moto encodes them again and
/// refuses some S3 keys and e-mail addresses; and it has botocore check presigned URLs, signature and expiry, because
/// moto fails on them while it checks signatures; and it throttles everything on demand. It ends when its standard input closes, so never later than its
/// parent.
enum MotoLauncher {
    /// The header that marks a request as our own.
    static let ownField = "X-Switchboard-Own"
    /// The path of the recorded requests.
    static let requestsPath = "/switchboard/requests"
    /// The path that switches throttling on and off.
    static let throttlePath = "/switchboard/throttle"

    static let source = String(decoding: PackageResources.moto_server_py, as: UTF8.self)
    /// The variables that the program reads.
    static let environment = [
        "MOTO_CALL_RESET_API": "false", "SWITCHBOARD_OWN_FIELD": ownField, "SWITCHBOARD_REQUESTS_PATH": requestsPath,
        "SWITCHBOARD_THROTTLE_PATH": throttlePath,
    ]
}
