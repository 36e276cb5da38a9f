import FoundationEssentials
package import HTTPTypes

extension HTTPRequest {
    /// Names a user and a password, a colon between them (RFC 7617): the user's name must hold none.
    package mutating func authenticate(user: String, password: String) {
        headerFields[.authorization] = "Basic \(Data("\(user):\(password)".utf8).base64EncodedString())"
    }
}
