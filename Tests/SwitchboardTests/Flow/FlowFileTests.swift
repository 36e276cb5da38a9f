import Foundation
import Testing

@testable import switchboard

/// Files as people have them, which are not all contact flows in UTF-8.
@Suite struct FlowFileTests {
    private static let flow =
        #"{"Version":"2019-10-30","StartAction":"a","Actions":[{"Identifier":"a","Type":"DisconnectParticipant"}]}"#

    /// Returns why a file is refused; an empty string for a flow.
    private static func refusal(_ bytes: [UInt8]) -> String {
        do {
            _ = try ContactFlow(bytes, named: "x.json")
            return ""
        } catch {
            return error.description
        }
    }

    @Test func `a flow in UTF-8 is read, a byte order mark before it is passed over and noted`() throws {
        #expect(Self.refusal(Array(Self.flow.utf8)) == "")
        let marked = try ContactFlow([0xEF, 0xBB, 0xBF] + Self.flow.utf8, named: "x.json")
        let check = FlowCheck(flow: marked, answers: [:])
        #expect(check.faults == [])
        #expect(check.notes.count { $0.contains("byte order mark") } == 1)
    }

    @Test(arguments: [
        (String.Encoding.utf16LittleEndian, [0xFF, 0xFE] as [UInt8], "UTF-16 (little-endian, with a byte order mark)"),
        (.utf16BigEndian, [0xFE, 0xFF], "UTF-16 (big-endian, with a byte order mark)"),
        (.utf16LittleEndian, [], "UTF-16 (little-endian)"), (.utf16BigEndian, [], "UTF-16 (big-endian)"),
        (.utf32LittleEndian, [0xFF, 0xFE, 0, 0], "UTF-32 (little-endian, with a byte order mark)"),
        (.utf32BigEndian, [], "UTF-32 (big-endian)"),
    ])
    func `an encoding in wider units is named`(encoding: String.Encoding, mark: [UInt8], name: String) throws {
        let text = try #require(Self.flow.data(using: encoding))
        #expect(Self.refusal(mark + text) == "x.json cannot be read: it is in \(name). Save it in UTF-8.")
    }

    @Test func `Latin-1 is named with the byte and its place`() {
        let text = Array(#"{"Version":\#n "Grü"#.utf8.dropLast(2))
        #expect(
            Self.refusal(text + [0xFC, 0xDF] + Array("\"}".utf8))
                == "x.json cannot be read: it is not in UTF-8, but perhaps in Latin-1 "
                + "(byte 0xFC, line 2, column 5). Save it in UTF-8.")
    }

    @Test(arguments: ["", " ", "\n\t\r\n", "\u{FEFF}"])
    func `an empty file is called one`(text: String) {
        #expect(Self.refusal(Array(text.utf8)) == "x.json cannot be read: it is empty.")
    }

    @Test(arguments: [
        ("{\n  \"Version\": \"2019-10-30\",\n  \"Actions\": [}", 3, 15), ("{\"Version\": \"é\", oops}", 1, 17),
        ("not JSON", 1, 1), ("{\"Actions\": []", 1, 15), ("\u{FEFF}{\"a\" 1}", 1, 6),
    ])
    func `a syntax error is told with its line and column`(text: String, line: Int, column: Int) {
        let refusal = Self.refusal(Array(text.utf8))
        #expect(refusal.hasPrefix("x.json is not JSON (line \(line), column "), "\(refusal)")
        let told = refusal.split(separator: "column ").last.flatMap { Int($0.prefix(while: \.isNumber)) } ?? 0
        #expect(abs(told - column) <= 1, "\(refusal)")
    }

    @Test(arguments: [
        (
            #"{"modules":[{"id":"a","type":"Disconnect"}],"version":"1","type":"contactFlow","start":"a"}"#,
            "before 2019"
        ),
        (#"{"Name":"a","Type":"CONTACT_FLOW","Content":"{}"}"#, "wrapper with Name, Type and Content"),
        (#"{"Content":"{}"}"#, "jq -r .Content"),
        (
            #"{"ContactFlow":{"Name":"a","Type":"CONTACT_FLOW","State":"ACTIVE","Content":"{}"}}"#,
            "describe-contact-flow"
        ),
        (#"{"ContactFlow":{"Content":"{}"}}"#, "jq -r .ContactFlow.Content"),
        (#"{"ContactFlowModule":{"Content":"{}"}}"#, "jq -r .ContactFlowModule.Content"),
        (#"{"AWSTemplateFormatVersion":"2010-09-09","Resources":{}}"#, "CloudFormation template"),
        ("[]", "it is a list"), (#""{}""#, "it is a text"), ("null", "must be a JSON object with Actions"),
        ("{}", "not a contact flow: it must be a JSON object with Actions"), (#"{"Actions":{}}"#, "a list"),
    ])
    func `another form of a flow is named for what it is`(text: String, name: String) {
        let refusal = Self.refusal(Array(text.utf8))
        #expect(refusal.hasPrefix("x.json is ") && refusal.contains(name), "\(refusal)")
    }

    @Test func `nesting is bounded`() {
        let nested = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(Self.refusal(Array("{\"Actions\":[\(nested)]}".utf8)).contains("nested too deep"))
    }
}
