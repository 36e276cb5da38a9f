import JSON

/// A response of the local VoiceIt: a response code, its status, and further members.
struct VoiceItReply: Sendable {
    let status: Int
    let code: String
    var members: [String: JSONValue] = [:]

    /// - Parameter status: Nil for the code's usual one.
    init(_ code: String, status: Int? = nil, _ members: [String: JSONValue] = [:]) {
        self.status = status ?? Self.statuses[code] ?? 400
        self.code = code
        self.members = members
    }

    /// Codes whose status is not 400. The vendor's NodeJS SDK, test-cases/, for those that it tests; `UNAC`, `DAID` and
    /// `FBDN` are users' reports, and `DAID` has been seen as 400, 401 and 403 (`ServiceFault.code` takes a status).
    private static let statuses = [
        "SUCC": 200, "FAIL": 200, "UNAC": 401, "FBDN": 403, "UNFD": 404, "ENFD": 404, "GERR": 500, "ACTO": 500,
    ]

    /// Returns the members of every response.
    func json(call number: Int) -> JSONValue {
        .object(
            members.merging([
                "message": .string("The local VoiceIt answers \(code)"), "status": .number(status),
                "timeTaken": .string("0.001s"), "responseCode": .string(code), "apiCallId": .string("api_\(number)"),
            ]) { $1 })
    }
}
