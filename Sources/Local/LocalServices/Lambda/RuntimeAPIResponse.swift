/// One response of the Runtime API, as its bytes.
struct RuntimeAPIResponse: Sendable {
    /// Events above this size are sent in chunks, like AWS's Runtime Interface Emulator's; so runtimes meet both forms.
    private static let chunkingThreshold = 5_000
    private static let chunk = 4_096

    let bytes: [UInt8]
    /// The invocation that is delivered with it.
    var invocation: RuntimeAPI.Invocation?

    init(_ status: String, _ fields: [(String, String)] = [], body: [UInt8], isEvent: Bool = false) {
        let isChunked = isEvent && body.count > Self.chunkingThreshold
        let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(body.count)"
        let head =
            (["HTTP/1.1 \(status)", "Content-Type: application/json", framing]
            + fields.map { "\($0.0): \($0.1)" }).joined(separator: "\r\n")
        bytes = Array("\(head)\r\n\r\n".utf8) + (isChunked ? Self.chunked(body) : body)
    }

    static let accepted = RuntimeAPIResponse("202 Accepted", body: Array("{\"status\":\"OK\"}\n".utf8))

    static func refused(_ status: String, _ type: String, _ message: String) -> RuntimeAPIResponse {
        RuntimeAPIResponse(status, body: InvocationOutcome.document(type: type, message: message))
    }

    private static func chunked(_ body: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(body.count + body.count / 256)
        for start in stride(from: 0, to: body.count, by: chunk) {
            let part = body[start..<min(start + chunk, body.count)]
            bytes += Array("\(String(part.count, radix: 16))\r\n".utf8) + part + Array("\r\n".utf8)
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }
}
