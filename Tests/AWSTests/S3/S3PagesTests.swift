import Calling
import TestSupport
import Testing

@testable import AWS

@Suite(.takingTurns) struct S3PagesTests {
    private typealias XML = S3ListXML

    /// Returns every object of the listing, in the order received.
    private func list(
        _ fixture: ClientFixture, prefix: String = "", startAfter: String? = nil, pageSize: Int = 1000,
        deadline: ContinuousClock.Instant = soon
    ) async throws(AWSError) -> [S3Object] {
        var listed: [S3Object] = []
        let pages = S3Client(fixture.client).pages(
            of: "recordings", prefix: prefix, startAfter: startAfter, pageSize: pageSize, deadline: deadline)
        for try await page in pages { listed += page.objects }
        return listed
    }

    private func isSame(_ objects: [S3Object], _ keys: [String]) -> Bool {
        objects.map { Array($0.key.utf8) } == keys.map { Array($0.utf8) }
    }

    @Test func `pages are asked for one after the other, each with the token of the last`() async throws {
        let fixture = try ClientFixture(
            ScriptedServer.Response(XML.page(["p/a", "p/b"], nextToken: "1/+=&amp;x")),
            ScriptedServer.Response(XML.page(["p/c"], nextToken: "2")), ScriptedServer.Response(XML.page(["p/d"])))
        let objects = try await list(fixture, prefix: "p/", startAfter: "p/0 +", pageSize: 2)
        #expect(isSame(objects, ["p/a", "p/b", "p/c", "p/d"]))
        #expect(objects[0] == S3Object(key: "p/a", size: 434_234, lastModified: "2026-10-12T17:50:30.000Z"))
        let query = "/recordings?list-type=2&encoding-type=url&max-keys=2&prefix=p%2F"
        #expect(
            fixture.server.requests.map(\.target) == [
                "\(query)&start-after=p%2F0%20%2B", "\(query)&continuation-token=1%2F%2B%3D%26x",
                "\(query)&continuation-token=2",
            ])
        #expect(fixture.server.requests.allSatisfy { $0.method == "GET" && $0.connection == 0 })
    }

    @Test func `pages say which is the last, and nothing is asked after it`() async throws {
        let fixture = try ClientFixture(
            ScriptedServer.Response(XML.page(["a"], nextToken: "1")), ScriptedServer.Response(XML.page(["b"])))
        var pages = S3Client(fixture.client).pages(of: "recordings", deadline: soon).makeAsyncIterator()
        #expect(try await pages.next()?.isLast == false)
        #expect(try await pages.next()?.isLast == true)
        #expect(try await pages.next() == nil)
        #expect(fixture.server.requests.count == 2)
    }

    @Test func `an empty bucket is one empty page`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(XML.page([])))
        #expect(try await list(fixture).isEmpty)
        #expect(fixture.server.requests.count == 1)
    }

    @Test(arguments: [(0, 1), (-5, 1), (1, 1), (1000, 1000), (1001, 1000), (.max, 1000)])
    func `a page has 1 to 1,000 keys`(_ asked: Int, _ sent: Int) async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(XML.page([])))
        _ = try await list(fixture, pageSize: asked)
        #expect(fixture.server.requests.first?.target.contains("&max-keys=\(sent)") == true)
    }

    @Test func `keys are form-encoded where the answer says so`() async throws {
        let keys = ["%01%0A", "%2B+%25", "%41%zz%4", "%C3%A9", "%EF%BF%BF", "%f0%9f%8e%89", "e%CC%81"]
        let decoded = ["\u{1}\n", "+ %", "A%zz%4", "\u{e9}", "\u{ffff}", "🎉", "e\u{301}"]
        let order = decoded.indices.sorted { decoded[$0].utf8.lexicographicallyPrecedes(decoded[$1].utf8) }
        let fixture = try ClientFixture(ScriptedServer.Response(XML.page(order.map { keys[$0] })))
        #expect(isSame(try await list(fixture), order.map { decoded[$0] }))
    }

    @Test(arguments: [nil, "", "base64"])
    func `keys are as they stand where the answer does not say that they are encoded`(_ type: String?) async throws {
        let fixture = try ClientFixture(
            ScriptedServer.Response(XML.page(["a+b%20", "c&amp;d &#233;"], encodingType: type)))
        #expect(isSame(try await list(fixture), ["a+b%20", "c&d \u{e9}"]))
    }

    @Test func `elements come in any order, with others between them`() async throws {
        let text = """
            <ListBucketResult><Contents><Owner><ID>x</ID><Key>no</Key></Owner><Size>0</Size><Key>a%20b</Key></Contents>
            <CommonPrefixes><Prefix>p</Prefix><Key>no</Key></CommonPrefixes><IsTruncated>false</IsTruncated>
            <EncodingType>url</EncodingType><Key>no</Key></ListBucketResult>
            """
        let fixture = try ClientFixture(ScriptedServer.Response(text))
        #expect(try await list(fixture) == [S3Object(key: "a b", size: 0)])
    }

    @Test(arguments: [
        ("", "the answer cannot be read"), ("{}", "the answer cannot be read"),
        ("<html/>", "the answer cannot be read"),
        (String(XML.page(["a"]).dropLast()), "the answer cannot be read"),
        ("<ListBucketResult/>", "the answer cannot be read"),
        (XML.page(["a\u{1}"]), "the answer cannot be read"), (XML.page(["%FF"]), "the answer cannot be read"),
        (XML.page([""]), "the answer cannot be read"),
        (XML.page(["a"]).replacing("434234", with: "many"), "the answer cannot be read"),
        (XML.page(["a"]).replacing("434234", with: "-1"), "the answer cannot be read"),
        ("<!DOCTYPE a>" + XML.page(["a"]).drop { $0 != "\n" }, "the answer cannot be read"),
        (XML.page(["a"], isTruncated: true), "the page is truncated but has no continuation token"),
        (XML.page(["a"], nextToken: ""), "the page is truncated but has no continuation token"),
        (XML.page(["a", "b", "c", "d"]), "the page holds more keys than were asked for"),
        (XML.page(["b", "a"]), "the page repeats keys, or has them out of order"),
        (XML.page(["a", "a"]), "the page repeats keys, or has them out of order"),
    ])
    func `an answer that is no page ends the listing`(_ body: String, _ detail: String) async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(body))
        let error = await failure { () async throws(AWSError) in try await list(fixture, pageSize: 3) }
        #expect(error?.detail == detail && error?.status == 200 && error?.outcome == .unknown)
        #expect(fixture.server.requests.count == 1)
    }

    @Test(arguments: [
        // The same page for ever, with the same token and with new ones.
        ([XML.page(["a"], nextToken: "1")], 2, "the page would be followed by itself"),
        (
            [XML.page(["a"], nextToken: "1"), XML.page(["a"], nextToken: "2")], 2,
            "the page repeats keys, or has them out of order"
        ),
        (
            [XML.page(["a"], nextToken: "1"), XML.page([], nextToken: "2")], 3,
            "the page would be followed by itself"
        ),
    ])
    func `a server that goes round in circles is left`(_ pages: [String], _ asked: Int, _ detail: String) async throws {
        let number = Counter()
        let fixture = ClientFixture(
            try .answering { _ in
                number.increment()
                return ScriptedServer.Response(pages[min(number.value, pages.count) - 1])
            })
        var iterator = S3Client(fixture.client).pages(of: "recordings", deadline: soon).makeAsyncIterator()
        #expect(try await iterator.next()?.objects.count == 1)
        let error = await failure { () async throws(AWSError) in try await iterator.next(isolation: nil) }
        #expect(error?.detail == detail)
        // Nothing after a failure.
        #expect(try await iterator.next() == nil)
        #expect(fixture.server.requests.count == asked)
    }

    @Test func `empty pages before the last are passed over, but not for ever`() async throws {
        let number = Counter()
        let pages = [XML.page([], nextToken: "1"), XML.page(["a"], nextToken: "2"), XML.page([], nextToken: "3")]
        let fixture = ClientFixture(
            try .answering { _ in
                number.increment()
                return ScriptedServer.Response(number.value <= 3 ? pages[number.value - 1] : XML.page(["b"]))
            })
        #expect(try await list(fixture).map(\.key) == ["a", "b"])
        let tokens = fixture.server.requests.map { $0.target.contains("continuation-token") }
        #expect(tokens == [false, true, true, true])
        let endless = ClientFixture(
            try .answering { _ in
                number.increment()
                return ScriptedServer.Response(XML.page([], nextToken: "\(number.value)"))
            })
        let error = await failure { () async throws(AWSError) in try await list(endless) }
        #expect(error?.detail == "too many consecutive pages are empty")
    }

    @Test func `keys that were not asked for end the listing`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(XML.page(["p/a", "q/a"])))
        let outside = await failure { () async throws(AWSError) in try await list(fixture, prefix: "p/") }
        #expect(outside?.detail == "the page holds keys outside the prefix")
        let before = await failure { () async throws(AWSError) in try await list(fixture, startAfter: "p/a") }
        #expect(before?.detail == "the page repeats keys, or has them out of order")
    }

    @Test func `a page of the longest keys is read, a larger one not`() async throws {
        func keys(_ count: Int) -> [String] {
            (0..<count).map { String(repeating: "%F0%9F%8E%89", count: 255) + "\(1000 + $0)" }
        }
        let whole = try ClientFixture(ScriptedServer.Response(XML.page(keys(1000))))
        #expect(try await list(whole).count == 1000)
        let tooLarge = try ClientFixture(ScriptedServer.Response(XML.page(keys(40))))
        let error = await failure { () async throws(AWSError) in try await list(tooLarge, pageSize: 1) }
        #expect(error?.outcome == .unknown && error?.status == nil)
        #expect(tooLarge.server.requests.count == 1)
    }
}
