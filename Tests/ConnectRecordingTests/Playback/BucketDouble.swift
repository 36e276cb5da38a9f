import Foundation
import Synchronization
import TestSupport

/// A bucket by the name `recordings` that lists its keys and gives the objects that have bytes.
///
/// `NoSuchKey` and `AccessDenied`: "Error responses" in the Amazon S3 API Reference.
final class BucketDouble: Sendable {
    private final class Shared: Sendable {
        let keys = Mutex<Set<String>>([])
        let objects = Mutex<[String: String]>([:])
        let statuses = Mutex<[String: Int]>([:])
        let got = Mutex<[String]>([])
        let status = Mutex(200)
        let prefixes = Mutex<[String]>([])
    }

    private let shared: Shared
    let server: ScriptedServer

    init() throws {
        let shared = Shared()
        self.shared = shared
        server = try ScriptedServer.answering { request in
            let parts = URLComponents(string: request.target)
            let query = parts?.queryItems ?? []
            if !query.contains(where: { $0.name == "list-type" }) {
                return Self.object(Self.key(in: parts?.path ?? ""), shared)
            }
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

    /// Returns the part of a path after the bucket.
    private static func key(in path: String) -> String {
        String(path.dropFirst().drop { $0 != "/" }.dropFirst())
    }

    private static func object(_ key: String, _ shared: Shared) -> ScriptedServer.Response {
        shared.got.withLock { $0.append(key) }
        func refusal(_ status: Int, _ code: String) -> ScriptedServer.Response {
            ScriptedServer.Response(status: status, "<Error><Code>\(code)</Code></Error>")
        }
        if let status = shared.statuses.withLock({ $0[key] }) {
            return refusal(status, status == 403 ? "AccessDenied" : "InternalError")
        }
        guard let text = shared.objects.withLock({ $0[key] }) else { return refusal(404, "NoSuchKey") }
        return ScriptedServer.Response(text)
    }

    var environment: [String: String] {
        [
            "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_ENDPOINT_URL": "http://\(server.authority)",
        ]
    }

    /// The listed prefixes, in order.
    var prefixes: [String] { shared.prefixes.withLock(\.self) }

    /// The keys of the objects that were asked for, in order.
    var got: [String] { shared.got.withLock(\.self) }

    func put(_ key: String) { _ = shared.keys.withLock { $0.insert(key) } }

    func put(_ key: String, _ text: String) {
        put(key)
        shared.objects.withLock { $0[key] = text }
    }

    /// Refuses an object with a status; nil gives it again.
    func refuse(_ key: String, _ status: Int?) { shared.statuses.withLock { $0[key] = status } }

    /// Sets the status of all further responses.
    func answer(_ status: Int) { shared.status.withLock { $0 = status } }
}
