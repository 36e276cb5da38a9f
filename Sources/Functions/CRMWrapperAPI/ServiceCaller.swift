import Crypto
import JSON
import Salesforce
import Settings

/// A program that calls with a token made for it, under the service's own sign-in: one of `CRM_CALLERS`.
struct ServiceCaller: Sendable, Equatable {
    /// The caller's name in the log.
    let name: String
    let token: Redacted<String>
    /// The user that it acts as under the grant `jwt`; nil: the service's own.
    let username: Redacted<String>?

    /// The identity of its calls under that grant.
    func identity(by grant: SalesforceConfiguration.Grant) -> SalesforceCall.Identity {
        guard grant == .jwt, let username else { return .service }
        return .onBehalf(of: username, setting: "CRM_CALLERS.\(name)'s username")
    }
}

extension ServiceCaller {
    /// The minimum length of a token: a shorter one could be guessed.
    private static let shortestToken = 32

    /// Reads `{"<name>":{"token":"…","username":"…"}}`; or returns nil and appends the faults, without any token.
    static func all(in json: String, _ faults: inout [String]) -> [ServiceCaller]? {
        guard let members = (try? RawJSON(checking: Array(json.utf8)))?.members else {
            faults.append(#"CRM_CALLERS must be a JSON object such as {"reports":{"token":"…","username":"…"}}."#)
            return nil
        }
        let before = faults.count
        var callers: [ServiceCaller] = []
        for (name, value) in members {
            guard isName(name) else {
                faults.append("CRM_CALLERS must give each caller a non-empty name without control characters.")
                continue
            }
            if callers.contains(where: { $0.name == name }) { faults.append("CRM_CALLERS names \(name) twice.") }
            guard let caller = read(name, value, &faults) else { continue }
            if let other = callers.first(where: { ConstantTime.isSame($0.token.value, caller.token.value) }) {
                faults.append("CRM_CALLERS gives \(other.name) and \(name) the same token: give each its own.")
            }
            callers.append(caller)
        }
        return faults.count == before ? callers : nil
    }

    /// Returns a sentence for each caller that names no user, where the service has none either.
    static func faults(ofUsersMissingIn callers: [ServiceCaller]) -> [String] {
        callers.filter { $0.username == nil }.map {
            "CRM_CALLERS gives \($0.name) no username, and SALESFORCE_USERNAME is not set: give one of them."
        }
    }

    private static func read(_ name: String, _ value: RawJSON, _ faults: inout [String]) -> ServiceCaller? {
        let before = faults.count
        // A mistyped member name would have its caller act as another user.
        guard let members = value.members, members.allSatisfy({ ["token", "username"].contains($0.name) }) else {
            faults.append("CRM_CALLERS must give \(name) an object with a token and, optionally, a username.")
            return nil
        }
        let token = members.last { $0.name == "token" }?.value.string ?? ""
        if token.utf8.count < shortestToken || !token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            faults.append(
                "CRM_CALLERS must give \(name) a token of at least \(shortestToken) characters from ! to ~, such as "
                    + "openssl rand -hex 32 makes.")
        }
        let username = members.last { $0.name == "username" && !$0.value.isNull }?.value
        if let username, username.string?.isEmpty != false {
            faults.append("CRM_CALLERS must give \(name)'s username as a string, or leave it out.")
        }
        guard faults.count == before else { return nil }
        return ServiceCaller(name: name, token: Redacted(token), username: username?.string.map(Redacted.init))
    }

    /// Names appear in log lines.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    }
}
