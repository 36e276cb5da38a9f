import Encoding
package import HTTPTypes

extension HTTPRequest {
    /// Sets Authorization to a user and a password, joined by a colon (RFC 7617): the user's name must not contain one.
    package mutating func authenticate(user: String, password: String) {
        headerFields.set(.authorization, to: "Basic \(Base64.encode("\(user):\(password)".utf8))")
    }
}
