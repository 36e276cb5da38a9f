/// The names that secrets have: headers, members of JSON, parameters of forms and URLs, variables.
enum SecretNames {
    /// In lower case, without `-` and `_`.
    private static let names: Set<String> = [
        // HTTP, AWS, Twilio, Alexa
        "authorization", "proxyauthorization", "cookie", "setcookie", "xapikey", "apikey", "xamzsecuritytoken",
        "xamzsignature", "xtwiliosignature", "signature", "signature256", "sig", "sessiontoken", "secretaccesskey",
        "awssecretaccesskey", "awssessiontoken", "secretstring", "secretbinary", "accesskeysecret", "apiaccesstoken",
        "consenttoken", "usertoken",
        // OAuth 2.0 and Salesforce
        "accesstoken", "refreshtoken", "idtoken", "clientsecret", "clientassertion", "assertion", "password",
        "passwd", "pwd", "passphrase", "securitytoken", "privatekey", "secret",
        // VoiceIt
        "viapikey", "viapitoken",
        // One-time codes; the first connects a contact with its call at Twilio
        "handovercode", "onetimecode", "onetimepassword", "otp", "passcode", "pin", "securitycode", "verificationcode",
    ]
    /// The ends of longer names: a caller's or a service's own token, secret or password.
    private static let endings = [
        "token", "secret", "secretprevious", "password", "passphrase", "privatekey", "apikey", "accesskey",
    ]
    /// Places in a list or a queue, and names for a request: nobody gains anything by them.
    private static let places: Set<String> = [
        "nexttoken", "previoustoken", "expectedprevioustoken", "startingtoken", "continuationtoken", "clienttoken",
        "clientrequesttoken",
    ]

    /// True for the member of a function's response that holds a one-time code.
    static func isCode(_ name: String) -> Bool { name == "handoverCode" }

    /// True for the name of a header, member or parameter that holds a secret.
    static func isSecret(member name: String) -> Bool {
        isSecret(Array(name.utf8)[...])
    }

    /// True for a name as it stands in a text.
    static func isSecret(_ name: ArraySlice<UInt8>) -> Bool {
        // Most words are passed over by their length.
        guard (3...32).contains(name.count) else { return false }
        let plain = name.lazy.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
            .map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
        let text = String(decoding: Array(plain), as: UTF8.self)
        return isSecret(plain: text)
    }

    /// True for a variable that holds a secret itself, and not the ARN or the name of one.
    static func isSecret(variable name: String) -> Bool {
        isSecret(plain: name.lowercased().filter { $0 != "_" && $0 != "-" })
    }

    /// - Parameter name: In lower case, without `-` and `_`.
    private static func isSecret(plain name: String) -> Bool {
        names.contains(name) || (endings.contains { name.hasSuffix($0) } && !places.contains(name))
    }
}
