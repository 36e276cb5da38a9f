import JSON
import Encoding
import AWS
import Foundation
import Synchronization
import TestSupport

/// A bucket that lists like S3, and fails on demand.
final class S3Double: Sendable {
    enum Behaviour: Sendable {
        case normal
        case slow(milliseconds: Int)
        case refuse(status: Int, code: String)
        case hang
    }

    private struct State {
        var objects: [(key: String, size: Int)] = []
        var behaviour: @Sendable (_ number: Int) -> Behaviour = { _ in .normal }
        var queries: [[String: String]] = []
        var running = 0
        var mostRunning = 0
    }

    private let state = Mutex(State())
    private let server = Mutex<ScriptedServer?>(nil)
    let port: Int

    init(_ keys: [String]) throws {
        final class Link: Sendable { let double = Mutex<S3Double?>(nil) }
        let link = Link()
        let server = try ScriptedServer { connection in
            while let request = try connection.readRequest() {
                guard let double = link.double.withLock({ $0 }), try double.serve(request, on: connection) else {
                    return
                }
            }
        }
        port = server.port
        fill(keys.map { ($0, 1000) })
        self.server.withLock { $0 = server }
        link.double.withLock { $0 = self }
    }

    /// Replaces all objects by these.
    func fill(_ objects: [(key: String, size: Int)]) {
        let sorted = objects.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        state.withLock { $0.objects = sorted }
    }

    /// Sets the behaviour for each request, counted from 1.
    func behave(_ behaviour: @escaping @Sendable (_ number: Int) -> Behaviour) {
        state.withLock { $0.behaviour = behaviour }
    }

    /// The queries of the requests, in order.
    var queries: [[String: String]] { state.withLock(\.queries) }
    var mostRunning: Int { state.withLock(\.mostRunning) }

    func stop() { server.withLock { $0?.stop() } }

    private func serve(_ request: ScriptedServer.Request, on connection: ScriptedServer.Connection) throws -> Bool {
        let query = AWSDouble.form(request.target.split(separator: "?").dropFirst().first.map(String.init) ?? "")
        let behaviour = state.withLock { state in
            state.queries.append(query)
            state.running += 1
            state.mostRunning = max(state.mostRunning, state.running)
            return state.behaviour(state.queries.count)
        }
        defer { state.withLock { $0.running -= 1 } }
        switch behaviour {
        case .normal: try connection.answer(ScriptedServer.Response(page(query)))
        case .slow(let milliseconds):
            try connection.sleep(for: .milliseconds(milliseconds))
            try connection.answer(ScriptedServer.Response(page(query)))
        case .refuse(let status, let code):
            try connection.answer(
                ScriptedServer.Response(status: status, "<Error><Code>\(code)</Code><Message>secret</Message></Error>"))
        case .hang:
            connection.hang()
            return false
        }
        return true
    }

    private func page(_ query: [String: String]) -> String {
        let prefix = Array((query["prefix"] ?? "").utf8)
        let after = Array((query["continuation-token"] ?? query["start-after"] ?? "").utf8)
        let size = query["max-keys"].flatMap(Int.init) ?? 1000
        let all = state.withLock(\.objects)
        var (low, high) = (0, all.count)
        while low < high {
            let middle = (low + high) / 2
            if after.lexicographicallyPrecedes(all[middle].key.utf8) { high = middle } else { low = middle + 1 }
        }
        let found = Array(all[low...].lazy.filter { $0.key.utf8.starts(with: prefix) }.prefix(size + 1))
        let page = found.prefix(size)
        let contents = page.map {
            "<Contents><Key>\(PercentEncoding.encode($0.key, keepingSlashes: true))</Key>"
                + "<LastModified>2026-11-21T10:00:00.000Z</LastModified><Size>\($0.size)</Size></Contents>"
        }
        let next =
            found.count > size
            ? "<NextContinuationToken>\(PercentEncoding.encode(page.last?.key ?? ""))</NextContinuationToken>" : ""
        return "<ListBucketResult><IsTruncated>\(found.count > size)</IsTruncated><EncodingType>url</EncodingType>"
            + contents.joined() + next + "</ListBucketResult>"
    }
}
