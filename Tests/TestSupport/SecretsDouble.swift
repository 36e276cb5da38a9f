import Foundation
import Synchronization

/// A Secrets Manager that answers each call with the next text, and the last one again.
package final class SecretsDouble: Sendable {
    private let server: ScriptedServer

    package init(_ texts: [String]) throws {
        let left = Mutex(texts)
        server = try ScriptedServer.answering { _ in
            let text = left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
            return ScriptedServer.Response(
                body: Array(try JSONSerialization.data(withJSONObject: ["SecretString": text])))
        }
    }

    /// The variables of a function that reads its secrets there.
    package var environment: [String: String] {
        [
            "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://\(server.authority)",
        ]
    }
}
