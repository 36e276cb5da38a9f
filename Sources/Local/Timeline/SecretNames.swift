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
        "passwd", "securitytoken", "privatekey", "bearertoken", "authtoken", "secret", "crmapipassword", "crmapitoken",
        // VoiceIt
        "viapikey", "viapitoken",
        // The one-time code that connects a contact with its call at Twilio
        "handovercode",
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
        return names.contains(text) || (name.contains(UInt8(ascii: "_")) && isSecret(variable: text, plain: true))
    }

    /// True for a variable that holds a secret itself, and not the ARN or the name of one.
    static func isSecret(variable name: String) -> Bool {
        let text = name.lowercased().filter { $0 != "_" && $0 != "-" }
        return names.contains(text) || isSecret(variable: text, plain: true)
    }

    private static func isSecret(variable text: String, plain: Bool) -> Bool {
        guard !text.hasSuffix("arn"), !text.hasSuffix("url"), !text.hasSuffix("name") else { return false }
        return ["secret", "secretprevious", "password", "authtoken", "apitoken", "privatekey", "accesskey", "callers"]
            .contains { text.hasSuffix($0) }
    }
}
