import Foundation
import Synchronization
import TestSupport

/// A bucket by the name `recordings` that only lists its keys.
final class BucketDouble: Sendable {
    private final class Shared: Sendable {
        let keys = Mutex<Set<String>>([])
        let status = Mutex(200)
        let prefixes = Mutex<[String]>([])
    }

    private let shared: Shared
    let server: ScriptedServer

    init() throws {
        let shared = Shared()
        self.shared = shared
        server = try ScriptedServer.answering { request in
            let query = URLComponents(string: request.target)?.queryItems ?? []
            let prefix = query.first { $0.name == "prefix" }?.value ?? ""
            shared.prefixes.withLock { $0.append(prefix) }
            let status = shared.status.withLock(\.self)
            guard status == 200 else {
                return ScriptedServer.Response(status: status, "<Error><Code>AccessDenied</Code></Error>")
            }
            let keys = shared.keys.withLock { $0.filter { $0.hasPrefix(prefix) }.sorted() }
            let contents = keys.map { key in
                let escaped = key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                return "<Contents><Key>\(escaped)</Key><Size>3</Size></Contents>"
            }
            return ScriptedServer.Response(
                "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>"
                    + "\(contents.joined())</ListBucketResult>")
        }
    }

    var environment: [String: String] {
        [
            "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_ENDPOINT_URL": "http://\(server.authority)",
        ]
    }

    /// The listed prefixes, in order.
    var prefixes: [String] { shared.prefixes.withLock(\.self) }

    func put(_ key: String) { _ = shared.keys.withLock { $0.insert(key) } }

    /// Sets the status of all further responses.
    func answer(_ status: Int) { shared.status.withLock { $0 = status } }
}
