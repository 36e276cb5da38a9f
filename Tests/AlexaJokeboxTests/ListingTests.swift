import AWS
import Calling
import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

@testable import AlexaJokebox

@Suite(.takingTurns) struct ListingTests {
    private static func id(_ number: Int) -> String {
        AudioReference.hash(of: "\(number)")
    }

    private static let shapes: [(name: String, keys: @Sendable (Int) -> String)] = [
        ("identifiers", { "jokes/\(id($0)).mp3" }), ("numbers", { "jokes/joke-\(100_000 + $0).mp3" }),
        ("unpadded", { "jokes/\($0).mp3" }),
        ("few letters", { "jokes/\(String($0, radix: 3)).mp3" }),
        ("one folder deep down", { "jokes/a/b/c/d/\(id($0)).mp3" }),
        ("days", { "jokes/2026/\(10 + $0 % 12)/\(10 + $0 % 28)/\(id($0).prefix(8)).mp3" }),
        ("folders", { "jokes/\(["ärger", "böse", "日本", "x"][$0 % 4])/\($0 / 4)/\(id($0).prefix(6)).mp3" }),
    ]

    @Test(arguments: Array(shapes.indices))
    func `every key is listed once, in the order of the bytes, whatever the keys look like`(_ shape: Int) async throws {
        let count = 6543
        let keys = (0..<count).map(Self.shapes[shape].keys).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let s3 = try S3Double(keys + ["jokes/", "jokes/notes.txt", "other/x.mp3"])
        s3.behave { _ in .slow(milliseconds: 20) }
        let listed = try await Self.list(s3, prefix: "jokes/")
        #expect(listed.listing.isWhole && listed.failure == nil && listed.listing.keys.count == count)
        #expect((0..<listed.listing.keys.count).allSatisfy { listed.listing.keys[$0] == keys[$0] })
        #expect(s3.mostRunning > 1 && s3.mostRunning <= AudioListing.breadth)
        #expect(s3.queries.count <= Self.mostRequests(count), "\(Self.shapes[shape].name): \(s3.queries.count)")
    }

    /// A page for each thousand keys, and one for each point that may have been guessed badly.
    private static func mostRequests(_ keys: Int) -> Int {
        let pages = (keys + 999) / 1000
        return (pages...).first { $0 >= pages + ($0 + 2) / 5 } ?? pages
    }

    @Test(arguments: Array(shapes.indices))
    func `10,000 keys take about the ten pages that hold them`(_ shape: Int) async throws {
        let s3 = try S3Double(Set((0..<10_000).map(Self.shapes[shape].keys)).sorted())
        var requests: [Int] = []
        for _ in 0..<3 {
            let before = s3.queries.count
            let listed = try await Self.list(s3, prefix: "jokes/")
            #expect(listed.listing.isWhole && listed.listing.keys.count == 10_000)
            requests.append(s3.queries.count - before)
        }
        #expect(requests.allSatisfy { $0 <= Self.mostRequests(10_000) }, "\(Self.shapes[shape].name): \(requests)")
    }

    @Test(arguments: [0, 1, 2, 999, 1000, 1001, 2000, 2001, 3456])
    func `a listing ends with its last page, and none is read twice`(_ count: Int) async throws {
        let s3 = try S3Double((0..<count).map(Self.shapes[0].keys) + ["a", "z"])
        let listed = try await Self.list(s3, prefix: "jokes/")
        #expect(listed.listing.isWhole && listed.listing.keys.count == count)
        #expect(s3.queries.count <= max(1, Self.mostRequests(count)))
    }

    @Test func `a page that has passed its range counts for the next one, unless that has been begun`() async throws {
        let keys = (0..<3000).map { S3Object(key: "k\(10_000 + $0)", size: 1) }
        // The pages of 1,000 keys after a key.
        let page = { @Sendable (after: String?) -> S3Page in
            let left = keys.filter { $0.key > after ?? "" }
            return S3Page(objects: Array(left.prefix(1000)), isLast: left.count <= 1000)
        }
        for seed in 0..<50 {
            let turn = Counter()
            let random = RandomSource { (turn.increment() * 7 + seed) % $0 }
            var listing = AudioListing()
            let asked = Counter()
            _ = await listing.continue(
                deadline: .now + .seconds(600), prefix: "", rules: AudioRules(prefix: "", extensions: [""]),
                random: random
            ) { after async throws(AWSError) in
                asked.increment()
                return page(after)
            }
            #expect(listing.isWhole && listing.keys.count == 3000 && asked.value <= 4)
            #expect((0..<listing.keys.count).allSatisfy { listing.keys[$0] == keys[$0].key })
        }
    }

    @Test func `100,000 keys at 100 ms a page are listed by an eighth of the requests' time and some`() async throws {
        let s3 = try S3Double((0..<100_000).map(Self.shapes[0].keys))
        s3.behave { _ in .slow(milliseconds: 100) }
        let listed = try await Self.list(s3, prefix: "jokes/")
        #expect(listed.listing.isWhole && listed.listing.keys.count == 100_000)
        #expect(s3.queries.count <= Self.mostRequests(100_000))
        // A point for every fifth request: chance decides whether the last of the eight comes before the end.
        #expect((AudioListing.breadth / 2...AudioListing.breadth).contains(s3.mostRunning))
        #expect(listed.listing.keys.byteCount < 5 << 20)
    }

    @Test func `a listing that time has ended is a sample, goes on later, and is whole in the end`() async throws {
        let fixture = try JokeboxFixture((0..<30_000).map { "\(Self.id($0)).mp3" })
        fixture.s3.behave { _ in .slow(milliseconds: 400) }
        let event = JokeboxFixture.event(["type": "LaunchRequest"], nil)
        let start = ContinuousClock.now
        #expect(try await fixture.invoke(event, seconds: 2).key != nil)
        #expect(.now - start < .seconds(2))
        let asked = fixture.s3.queries.count
        fixture.s3.behave { _ in .normal }
        var before: Int
        repeat {
            before = fixture.s3.queries.count
            #expect(try await fixture.launch().key != nil)
        } while fixture.s3.queries.count > before
        #expect(before > asked && fixture.log.isEmpty)
    }

    @Test func `a listing that breaks off plays what was found, with a line`() async throws {
        let fixture = try JokeboxFixture((0..<5000).map { "\(Self.id($0)).mp3" })
        fixture.s3.behave { $0 > 2 ? .refuse(status: 403, code: "AccessDenied") : .normal }
        #expect(try await fixture.launch().key != nil)
        #expect(fixture.log.count == 1 && fixture.log[0].contains("AccessDenied"))
    }

    @Test func `the choice is uniform over 5,000 keys of several pages, the one just heard left out`() async throws {
        let count = 5000
        let keys = (0..<count).map { "\(Self.id($0)).mp3" }
        let fixture = try JokeboxFixture(keys)
        let played = try await fixture.launch()
        let heard = try #require(played.key)
        #expect(fixture.s3.queries.count >= 5)
        let asked = fixture.s3.queries.count
        var draws: [String: Int] = [:]
        let total = 10_000
        for _ in 0..<total {
            let key = try #require(try await fixture.say("AMAZON.NextIntent", .init(played.token)).key)
            draws[key, default: 0] += 1
        }
        #expect(draws[heard] == nil && fixture.s3.queries.count == asked)
        // Chi-square over 100 classes of neighbours in key order: beyond 160 once in 10,000 runs.
        let ordered = keys.sorted()
        var squares = 0.0
        for start in stride(from: 0, to: count, by: 50) {
            let some = ordered[start..<start + 50]
            let wanted = Double(total) * Double(some.count { $0 != heard }) / Double(count - 1)
            let came = Double(some.reduce(0) { $0 + (draws[$1] ?? 0) })
            squares += (came - wanted) * (came - wanted) / wanted
        }
        #expect(squares < 160, "\(squares)")
        // With two draws a key, 86 % of the keys come up: 4,323, give or take 25.
        #expect((4200...4450).contains(draws.count), "\(draws.count)")
    }

    @Test func `a listing is fresh for as long as is set`() async throws {
        let fixture = try JokeboxFixture(["a.mp3"])
        for (elapsed, count) in [(0, 1), (299, 1), (301, 2), (302, 2), (602, 3)] {
            fixture.elapsed.withLock { $0 = .seconds(elapsed) }
            #expect(try await fixture.launch().key == "a.mp3")
            #expect(fixture.s3.queries.count == count, "after \(elapsed) s")
        }
        let never = try JokeboxFixture(["a.mp3"], ["AUDIO_INDEX_SECONDS": "0"])
        for count in 1...3 {
            _ = try await never.launch()
            #expect(never.s3.queries.count == count)
        }
    }

    @Test func `a listing grows old while the process is frozen, and is none once the wall clock went back`()
        async throws
    {
        let fixture = try JokeboxFixture(["a.mp3"])
        for (frozen, count) in [(0, 1), (299, 1), (301, 2), (302, 2), (200, 3)] {
            fixture.frozen.withLock { $0 = .seconds(frozen) }
            #expect(try await fixture.launch().key == "a.mp3")
            #expect(fixture.s3.queries.count == count, "after \(frozen) s")
        }
    }

    private static func list(
        _ s3: S3Double, prefix: String, seconds: Int = 600
    ) async throws -> (listing: AudioListing, failure: AWSError?) {
        let client = S3Client(
            AWSClient(
                configuration: AWSConfiguration(
                    region: "eu-central-1", credentials: Credentials(accessKeyID: "A", secretAccessKey: "s"),
                    endpoints: [.s3: Endpoint(scheme: "http", authority: "127.0.0.1:\(s3.port)")])))
        let deadline = ContinuousClock.now + .seconds(seconds)
        var listing = AudioListing()
        let failure = await listing.continue(
            deadline: deadline, prefix: prefix, rules: AudioRules(prefix: prefix, extensions: [".mp3"]),
            random: RandomSource()
        ) { after async throws(AWSError) in
            var pages = client.pages(of: "jokes", prefix: prefix, startAfter: after, deadline: deadline)
                .makeAsyncIterator()
            return try await pages.next(isolation: nil) ?? S3Page(objects: [], isLast: true)
        }
        return (listing, failure)
    }
}
