import Foundation
import Logging
import Settings
import Testing

@testable import LambdaRuntime

struct LogTests {
    func logger(_ variables: [String: String], _ lines: Lines) -> Logger {
        var logging = LogConfiguration(Environment(variables))
        logging.write = lines.append
        return LambdaContext(requestID: "r-1", deadline: .now, traceID: "Root=1", logging: logging).logger
    }

    @Test func `a JSON line has Lambda's keys, the metadata and one write`() throws {
        let lines = Lines()
        logger(["AWS_LAMBDA_LOG_FORMAT": "JSON"], lines)
            .info(
                "a \"quoted\"\nline",
                metadata: [
                    "count": "3", "list": ["a", "b"], "level": "forged", "number": .stringConvertible(7),
                    "share": .stringConvertible(82.5),
                ])
        let line = try #require(lines.all.first)
        #expect(lines.all.count == 1)
        #expect(line.hasSuffix("}\n") && line.dropLast().contains("\n") == false)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["message"] as? String == "a \"quoted\"\nline")
        #expect(object["level"] as? String == "INFO")
        #expect(object["requestId"] as? String == "r-1")
        #expect(object["traceId"] as? String == "Root=1")
        #expect(object["count"] as? String == "3")
        #expect(object["number"] as? Int == 7 && object["share"] as? Double == 82.5)
        #expect(object["list"] as? [String] == ["a", "b"])
        let timestamp = try #require(object["timestamp"] as? String)
        #expect(try #require(try? Regex(#"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"#).wholeMatch(in: timestamp)) != nil)
    }

    @Test func `a text line cannot be forged by a message or by metadata`() {
        let lines = Lines()
        logger([:], lines).warning("one\ntwo", metadata: ["key": "a\r\nb\u{1B}[31m"])
        #expect(lines.all.count == 1)
        let line = lines.all.first ?? ""
        #expect(line.filter(\.isNewline).count == 1)
        #expect(line.contains(#" WARN requestId=r-1 traceId=Root=1 one\ntwo key=a\r\nb\u{1B}[31m"#))
    }

    @Test(arguments: [
        ("TRACE", 6), ("DEBUG", 5), ("INFO", 4), ("WARN", 3), ("ERROR", 2), ("FATAL", 1), ("info", 4), ("LOUD", 4),
        ("", 4),
    ])
    func `the level is Lambda's, and INFO when it is unknown`(level: String, count: Int) {
        let lines = Lines()
        let logger = logger(["AWS_LAMBDA_LOG_LEVEL": level], lines)
        for level in [Logger.Level.trace, .debug, .info, .warning, .error, .critical] { logger.log(level: level, "x") }
        #expect(lines.all.count == count)
        #expect(lines.all.last?.contains(" FATAL ") == true)
    }

    @Test func `a notice is INFO`() {
        let lines = Lines()
        logger([:], lines).notice("x")
        #expect(lines.all.first?.contains(" INFO ") == true)
    }

    @Test func `a redacted value shows two characters at most, however it is printed`() {
        let number = Redacted("+4917612345678")
        let lines = Lines()
        logger(["AWS_LAMBDA_LOG_FORMAT": "JSON"], lines).info("to \(number)", metadata: ["number": "\(number)"])
        var dumped = ""
        dump(number, to: &dumped)
        for text in [lines.all.joined(), dumped, String(describing: number), String(reflecting: number), "\([number])"]
        {
            #expect(!text.contains("4917") && !text.contains("345678"), "\(text)")
        }
        #expect("\(number)" == "…78")
        #expect("\(Redacted("secret"))" == "…")
        #expect(number.value == "+4917612345678")
    }
}
