import Foundation
import HTTPEvents
import JSON
import Testing

/// The body of an event, which is judged before it is decoded.
@Suite struct BodyTests {
    @Test func `the size is that of the decoded bytes, found without decoding`() throws {
        for size in 0...70 {
            let bytes = (0..<size).map { UInt8(($0 * 37 + size) % 256) }
            let encoded = HTTPBody.base64(Data(bytes).base64EncodedString())
            #expect(encoded.count == size && encoded.bytes == bytes && encoded == .bytes(bytes))
        }
        #expect(HTTPBody.text("Zo\u{EB}").count == 4 && HTTPBody.text("").count == 0)
        for text in ["=", "A", "AAA", "!!!!", "====", "\u{FC}", String(repeating: "%", count: 90_000)] {
            let broken = HTTPBody.base64(text)
            let count = broken.count
            let isNear = count + 3 >= text.utf8.count / 2 && count <= text.utf8.count + 2
            #expect(broken.bytes == nil && broken.isMalformed && isNear)
        }
    }

    @Test(arguments: HTTPEvent.Form.allCases)
    func `20,000 headers, cookies and parameters are read in no time`(form: HTTPEvent.Form) throws {
        let names = (0..<20_000).map { "x-\($0)" }
        let fields = Dictionary(uniqueKeysWithValues: names.map { ($0, "v") })
        let several = fields.mapValues { [$0, $0] }
        var changes: [String: Any?] = [
            "headers": fields, "queryStringParameters": fields, "cookies": names,
            "rawQueryString": names.joined(separator: "&"),
        ]
        if form == .v1 || form == .albMultiValue { changes["multiValueHeaders"] = several }
        let object = try Forms.object(form, changes)
        let bytes = Array(try JSONSerialization.data(withJSONObject: object))
        let start = ContinuousClock.now
        let event = try HTTPEvent(parsing: bytes)
        #expect(event.headers["X-19999"]?.hasPrefix("v") == true)
        #expect(event.query("y") == nil)
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func `names of headers are the same in any case, also in both members`() throws {
        let event = try Forms.decode(
            .v1,
            [
                "multiValueHeaders": ["X-A": ["1", "2"], "X-Empty": [String]()],
                "headers": ["x-a": "2", "x-empty": "e", "X-B": "3"],
            ])
        #expect(event.headers.values(of: "x-A") == ["1", "2"])
        #expect(event.headers["x-EMPTY"] == "e" && event.headers["x-b"] == "3")
        let twice = try Forms.decode(.v2, ["headers": ["Signature": "1", "signature": "2"]])
        #expect(twice.headers.values(of: "signature").count == 2)
    }

    @Test func `a form is decoded as its parameters are`() {
        let body = "a=1&&b=%C3%BC+%zz&=e&c&d=1=2&%"
        let texts = FormBody(Array(body.utf8)).texts
        #expect(texts.map(\.name) == ["a", "b", "", "c", "d", "%"])
        #expect(texts.map(\.value) == ["1", "\u{fc} %zz", "e", "", "1=2", ""])
        #expect(FormBody([]).texts.isEmpty && FormBody(Array("&&&".utf8)).texts.isEmpty)
    }
}
