import Foundation
import TestSupport
import Testing

@testable import CRMWrapperAPI

/// A Salesforce that answers as no Salesforce should.
struct UnkindServerTests {
    private typealias Org = ScriptedSalesforce

    private static func compressed(_ text: String) throws -> [UInt8] {
        let program = Process()
        let (input, output) = (Pipe(), Pipe())
        program.executableURL = URL(filePath: "/usr/bin/env")
        program.arguments = ["gzip", "-c"]
        (program.standardInput, program.standardOutput) = (input, output)
        try program.run()
        Thread.detachNewThread {
            try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
            try? input.fileHandleForWriting.close()
        }
        return Array(output.fileHandleForReading.readDataToEndOfFile())
    }

    private static func zipped(_ body: [UInt8]) -> ScriptedServer.Response {
        .init(headers: [("Content-Encoding", "gzip")], body: body)
    }

    @Test func `a compressed page is read, a broken one is 502, and one that grows without end 413`() async throws {
        let fixture = try WrapperFixture()
        let page = String(decoding: Org.page(0..<2, of: 2).body, as: UTF8.self)
        let whole = try Self.compressed(page)
        fixture.org.reply(.answer(Self.zipped(whole)))
        #expect(try await fixture.query().body == #"{"data":\#(page)}"#)
        let half = Array(whole.prefix(whole.count / 2))
        for body in [half, Array(page.utf8)] {
            let broken = try WrapperFixture()
            for _ in 0..<3 { broken.org.reply(.answer(Self.zipped(body))) }
            #expect(try await broken.query().status == 502)
        }
        let bomb = try Self.compressed(
            #"{"totalSize":1,"done":true,"records":[{"A":"\#(String(repeating: "a", count: 50_000_000))"}]}"#)
        let start = ContinuousClock.now
        fixture.org.reply(.answer(Self.zipped(bomb)))
        #expect(try await fixture.query().status == 413)
        #expect(.now - start < .seconds(5))
    }

    @Test func `a row of ten megabytes is 413`() async throws {
        let fixture = try WrapperFixture()
        fixture.org.answer(
            200, #"{"totalSize":1,"done":true,"records":[{"A":"\#(String(repeating: "a", count: 10_000_000))"}]}"#)
        let came = try await fixture.query()
        #expect(came.status == 413 && came.code == "ANSWER_TOO_LARGE")
    }

    @Test func `a page of HTML with a status of success, of refusal and of failure`() async throws {
        for (status, expected) in [(200, 502), (400, 400), (401, 401), (403, 403), (404, 404), (429, 429), (500, 502)] {
            let fixture = try WrapperFixture()
            let page = ScriptedServer.Response(
                status: status, headers: [("Content-Type", "text/html")], "<html><body>Down for maintenance")
            fixture.org.reply(.answer(page), .answer(page), .answer(page))
            let came = try await fixture.query()
            #expect(came.status == expected && !came.body.contains("maintenance") && came.code?.isEmpty == false)
        }
    }

    @Test func `a pause that Salesforce asks for is passed on with 429, in whole seconds`() async throws {
        for (pause, header) in [("120", "120"), ("0", "1"), ("soon", "60")] {
            let fixture = try WrapperFixture()
            fixture.org.reply(
                .answer(Org.fault(403, "REQUEST_LIMIT_EXCEEDED", "limit", headers: [("Retry-After", pause)])))
            let came = try await fixture.query()
            #expect(came.status == 429 && came.headers["Retry-After"] == header, "\(pause): \(came.headers)")
        }
    }

    @Test func `a query that loses its connection again and again is 502, and no creation is sent twice`() async throws
    {
        let fixture = try WrapperFixture()
        for _ in 0..<12 { fixture.org.reply(.reset) }
        #expect(try await fixture.query().status == 502)
        let calls = fixture.org.calls.count
        #expect(try await fixture.send("POST", "/createRecord", body: WrapperFixture.lead).status == 502)
        #expect(fixture.org.calls.count == calls + 1)
    }

    @Test func `children whose pages loop, or lead elsewhere, are 502`() async throws {
        let path = "/services/data/v62.0/query/01gA-1"
        for next in [path, "https://evil.example\(path)"] {
            let fixture = try WrapperFixture()
            let child = #"{"totalSize":9,"done":false,"nextRecordsUrl":"\#(next)","records":[{"Id":"1"}]}"#
            fixture.org.answer(200, #"{"totalSize":1,"done":true,"records":[{"Contacts":\#(child)}]}"#)
            fixture.org.answer(200, child)
            let came = try await fixture.query("SELECT Id, (SELECT Id FROM Contacts) FROM Account")
            #expect(came.status == 502 && fixture.org.calls.count == (next == path ? 2 : 1))
        }
    }
}
