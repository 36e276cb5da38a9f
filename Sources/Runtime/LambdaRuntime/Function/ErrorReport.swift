import JSON
import Settings

/// An error in the form of the Runtime API: `{"errorType","errorMessage","stackTrace":[]}`.
struct ErrorReport: Encodable, Equatable {
    let errorType: String
    let errorMessage: String
    let stackTrace: [String] = []

    init(_ error: any Error) {
        let swiftType = String(describing: type(of: error)).filter { $0.isASCII && $0 > " " && $0 != "\u{7F}" }
        if let error = error as? any TypedError, Self.isKept(error.errorType) {
            errorType = error.errorType
        } else {
            errorType = swiftType
        }
        errorMessage = String(describing: error)
    }

    var body: [UInt8] {
        // A struct of strings always encodes; should that ever fail, the report still carries a type.
        (try? JSONText.encode(self)) ?? Array(#"{"errorType":"Runtime.Unknown"}"#.utf8)
    }

    /// Returns true when Lambda passes the type on: `(Runtime|Function)\.[A-Z][a-zA-Z]+`.
    static func isKept(_ type: String) -> Bool {
        let parts = type.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "Runtime" || parts[0] == "Function", parts[1].utf8.count >= 2 else {
            return false
        }
        return parts[1].utf8.first.map { 0x41...0x5A ~= $0 } == true
            && parts[1].utf8.allSatisfy { 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 }
    }
}
