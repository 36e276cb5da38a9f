import AWS
import LambdaRuntime

/// A token, and the only host it is sent to.
struct SalesforceSession: Sendable, Equatable {
    let token: Redacted<String>
    let instance: Endpoint
}
