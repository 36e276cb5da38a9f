import Calling
import Foundation
import HTTPClient
import HTTPTypes
import LocalServices
import Settings
import TestSupport
import Testing

@testable import AWS

/// Against moto, which checks the signatures of listings; `S3PresignTests` covers the checks of URLs that it lacks.
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
        let seeds = Moto.Seeds(tables: [], buckets: [LocalBucket("recordings", objects: objects)])
        try await Moto.withRunningForTests(seeds: seeds) { moto in
            let s3 = try client(moto)
            var listed: [S3Object] = []
            for try await page in s3.pages(of: "recordings", pageSize: pageSize, deadline: soon) {
                listed += page.objects
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

    @Test func `a prefix and a key to start after are taken byte for byte`() async throws {
        let keys = ["e\u{301}/1", "e\u{301}/2", "é/1", "a b/+%/1", "a b/+%/2", "a b/+%/3", "a b/ %/1", "a+b/+%/1"]
        let objects = keys.map { (key: $0, bytes: [UInt8(1)]) }
        let seeds = Moto.Seeds(tables: [], buckets: [LocalBucket("recordings", objects: objects)])
        try await Moto.withRunningForTests(seeds: seeds) { moto in
            let s3 = try client(moto)
            for (prefix, after, expected) in [
                ("e\u{301}/", nil, Array(keys[0...1])), ("é/", nil, [keys[2]]), ("a b/+%/", nil, Array(keys[3...5])),
                ("a b/+%/", "a b/+%/1", Array(keys[4...5])), ("a b/+%/", "a b/+%/2~", [keys[5]]),
                ("a b/+%/", "a b/+%/3", []), ("none", nil, []),
            ] as [(String, String?, [String])] {
                var listed: [String] = []
                for try await page in s3.pages(
                    of: "recordings", prefix: prefix, startAfter: after, pageSize: 2, deadline: soon)
                {
                    listed += page.objects.map(\.key)
                }
                let areSame = hasSameBytes(listed, expected)
                #expect(areSame, "\(prefix) after \(after ?? "none")")
            }
        }
    }

    @Test func `a missing bucket, a wrong secret and a wrong key are told apart`() async throws {
        let seeds = Moto.Seeds(tables: [], buckets: [LocalBucket("recordings", objects: [("k", [1])])])
        try await Moto.withRunningForTests(seeds: seeds) { moto in
            for (changes, bucket, code) in [
                ([:], "missing", "NoSuchBucket"),
                (["AWS_SECRET_ACCESS_KEY": "wrong"], "recordings", "SignatureDoesNotMatch"),
                (["AWS_ACCESS_KEY_ID": "AKIAWRONG"], "recordings", "InvalidAccessKeyId"),
            ] as [([String: String], String, String)] {
                let s3 = try client(moto, changes)
                var pages = s3.pages(of: bucket, deadline: soon).makeAsyncIterator()
                let error = await failure { () async throws(AWSError) in try await pages.next(isolation: nil) }
                #expect(error?.code == code)
            }
        }
    }

    @Test func `the local AWS refuses a URL that was changed, signed by another, or has expired`() async throws {
        let seeds = Moto.Seeds(tables: [], buckets: [LocalBucket("recordings", objects: [("k", [1]), ("l", [2])])])
        try await Moto.withRunningForTests(seeds: seeds) { moto in
            func status(_ client: S3Client, _ change: (String) -> String = { $0 }) async throws -> Int {
                let url = change(client.presignedURL(bucket: "recordings", key: "k", expiresIn: 60))
                let request = HTTPRequest(
                    method: .get, scheme: "http", authority: "127.0.0.1:\(moto.port)",
                    path: String(url.dropFirst(moto.endpoint.utf8.count)))
                return try await CurlClient().send(request, deadline: soon).head.status.code
            }
            let s3 = try client(moto)
            #expect(try await status(s3) == 200)
            #expect(try await status(s3) { $0.replacing("/k?", with: "/l?") } == 403)
            #expect(try await status(s3) { $0.replacing("Expires=60", with: "Expires=600") } == 403)
            #expect(try await status(client(moto, ["AWS_SECRET_ACCESS_KEY": "wrong"])) == 403)
            #expect(try await status(client(moto, ["AWS_ACCESS_KEY_ID": "AKIAWRONG"])) == 403)
            #expect(try await status(client(moto, ["AWS_SESSION_TOKEN": "t/+=="])) == 200)
            let configuration = try Environment(moto.environment).read(AWSConfiguration.variable)
            let late = AWSClient(
                configuration: configuration, timing: CallTiming(wall: { Moment.now.wall - .seconds(61) }))
            #expect(try await status(S3Client(late)) == 403)
        }
    }
}
