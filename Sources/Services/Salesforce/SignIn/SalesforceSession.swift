import Calling
import Crypto
import Settings

/// A token, and the only host it is sent to.
struct SalesforceSession: Sendable {
    let token: Redacted<String>
    let instance: Endpoint

    func isSame(as other: SalesforceSession) -> Bool {
        ConstantTime.isSame(token.value, other.token.value) && instance == other.instance
    }
}
