import Foundation
import HTTPClient
import HTTPTypes
import LambdaRuntime
import LocalServices
import TestSupport
import Testing

@testable import AWS

/// Against moto, which checks the signatures of listings; what it does not check of URLs is in `S3PresignTests`.
@Suite(.takingTurns) struct S3MotoTests {
    static let keys = [
        "a b", "a+b", "a:b", "a%b", "100%/%41", "%2B+ ", "é/ü", "e\u{301}", "\u{e9}", "🎉🏳️‍🌈", "x//y", "/lead", "//lead2",
        "a/../b/./c", "..", ".", "q?x", "h#y", "a&b=c", "t\tab", "control\u{1}\u{1f}", "folder/", "\\back",
        "quote'\"<>[]{}|^`~-_;,@!$()*", "\u{ffff}", "\u{7f}", String(repeating: "a", count: 1_024),
        String(repeating: "🎉", count: 256),
    ]

    private func client(_ moto: Moto, _ changes: [String: String] = [:]) throws -> S3Client {
        let environment = Environment(moto.environment.merging(changes) { $1 })
        return S3Client(AWSClient(configuration: try environment.read(AWSConfiguration.variable)))
    }

    private func inKeyOrder(_ keys: [String]) -> [String] {
        keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func hasSameBytes(_ left: [String], _ right: [String]) -> Bool {
        left.map { Array($0.utf8) } == right.map { Array($0.utf8) }
    }

    @Test(arguments: [1, 7, 1000])
    func `every key is listed as it is, signed and fetched`(_ pageSize: Int) async throws {
        let objects = Self.keys.map { (key: $0, bytes: Array("bytes of \($0)".utf8)) }
        let seeds = Moto.Seeds(tables: [], buckets: [Moto.Bucket("recordings", objects: objects)])
        try await Moto.withRunningForTests(seeds: seeds) { moto in
            let s3 = try client(moto)
            var listed: [S3Object] = []
            for try await object in s3.objects(of: "recordings", pageSize: pageSize, deadline: soon) {
                listed.append(object)
            }
            let areSame = hasSameBytes(listed.map(\.key), inKeyOrder(Self.keys))
            #expect(areSame)
            let http = CurlClient()
            for object in listed {
                let url = s3.presignedURL(bucket: "recordings", key: object.key, expiresIn: 60)
                #expect(url.hasPrefix("\(moto.endpoint)/recordings/"))
                let request = HTTPRequest(
                    method: .get, scheme: "http", authority: "127.0.0.1:\(moto.port)",
                    path: String(url.dropFirst(moto.endpoint.utf8.count)))
                let answer = try await http.send(request, deadline: soon)
                let isWhole = answer.body == Array("bytes of \(object.key)".utf8)
                #expect(answer.head.status == .ok && isWhole && object.size == answer.body.count, "\(object.key)")
            }
        }
    }
}
