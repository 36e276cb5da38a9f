import HTTPTypes
import Testing

@testable import HTTPClient

@Suite struct ResponseHeadTests {
    private func parse(_ lines: String...) -> (head: ResponseHead, last: ResponseHead.Verdict) {
        var head = ResponseHead()
        var verdict = ResponseHead.Verdict.ok
        for line in lines where verdict == .ok {
            verdict = Array((line + "\r\n").utf8).withUnsafeBytes { head.append($0) }
        }
        return (head, verdict)
    }

    @Test func `a head is whole at its empty line`() {
        #expect(parse("HTTP/1.1 200 OK", "A: 1").head.response == nil)
        let whole = parse("HTTP/1.1 200 OK", "A: 1", "a:  2 ", "").head.response
        #expect(whole?.status == .ok)
        #expect(whole?.headerFields.map(\.value) == ["1", "2"])
    }

    @Test func `a status line may lack its reason, and a field may be folded`() {
        #expect(parse("HTTP/1.0 404", "").head.response?.status.code == 404)
        #expect(parse("HTTP/1.1 404 ", "").head.response?.status.reasonPhrase == "")
        #expect(parse("HTTP/1.1 200 OK", "A: 1", "\t 2", "").head.response?.headerFields.first?.value == "1 2")
    }

    @Test func `interim heads and trailers leave no trace`() {
        let (head, verdict) = parse("HTTP/1.1 100 C", "A: 1", "", "HTTP/1.1 201 Created", "B: 2", "", "C: 3", "")
        #expect(verdict == .ok)
        #expect(head.response?.status == .created)
        #expect(head.response?.headerFields.map(\.value) == ["2"])
    }

    @Test(arguments: [
        "HTTP/1.1", "HTTP/1.1 20 OK", "HTTP/1.1 2000 OK", "HTTP/1.1 -20 OK", "HTTP/1.1 099 X", "200 OK", "",
    ])
    func `what is no status line is malformed`(line: String) {
        #expect(parse(line).last == .malformed)
    }

    @Test(arguments: ["no colon", ": no name", "sp ace: x", " folds onto nothing"])
    func `what is no field is malformed`(line: String) {
        #expect(parse("HTTP/1.1 200 OK", line).last == .malformed)
    }

    @Test func `a head above the limit is too large, however it is spread`() {
        #expect(parse("HTTP/1.1 200 OK", "A: " + String(repeating: "x", count: 70_000)).last == .tooLarge)
    }
}
