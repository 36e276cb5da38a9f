import Crypto
import Encoding
package import Settings

/// The credentials of the connected app and of the service's own user; nil where none is given.
package struct SalesforceSecrets: Sendable {
    package var clientID: Redacted<String>?
    package var clientSecret: Redacted<String>?
    package var username: Redacted<String>?
    package var password: Redacted<String>?
    /// The private key in PEM.
    package var privateKey: Redacted<String>?

    package init(
        clientID: String? = nil, clientSecret: String? = nil, username: String? = nil, password: String? = nil,
        privateKey: String? = nil
    ) {
        self.clientID = clientID.map(Redacted.init)
        self.clientSecret = clientSecret.map(Redacted.init)
        self.username = username.map(Redacted.init)
        self.password = password.map(Redacted.init)
        self.privateKey = privateKey.map(Redacted.init)
    }

    /// The keys as plain variables.
    init(_ environment: Environment) {
        self.init { environment[$0] }
    }

    init(_ value: (_ name: String) -> String?) {
        self.init(
            clientID: value("SALESFORCE_CLIENT_ID"), clientSecret: value("SALESFORCE_CLIENT_SECRET"),
            username: value("SALESFORCE_USERNAME"), password: value("SALESFORCE_PASSWORD"),
            // A variable or a JSON text that was pasted may hold line breaks as \n.
            privateKey: value("SALESFORCE_PRIVATE_KEY").map { $0.substituting("\n", for: "\\n") })
    }

    /// Returns true when both hold the same values, compared in constant time.
    func isSame(as other: SalesforceSecrets) -> Bool {
        zip(all, other.all).allSatisfy { ConstantTime.isSame($0?.value ?? "", $1?.value ?? "") }
    }

    private var all: [Redacted<String>?] { [clientID, clientSecret, username, password, privateKey] }

    /// Every value that must not be shown.
    var values: [String] {
        [clientSecret, password, privateKey].compactMap { $0?.value }
    }
}
