import Foundation
import Settings
import Testing

@testable import LambdaRuntime

struct ErrorReportTests {
    struct Untyped: Error, CustomStringConvertible { let description: String }
    struct Mistyped: TypedError {
        let errorType: String
        var description: String { "mistyped" }
    }

    @Test func `a typed error keeps its type and its sentence`() {
        let report = ErrorReport(FunctionError(.invalidRequest, "No destination: give one."))
        #expect(report.errorType == "Function.InvalidRequest")
        #expect(report.errorMessage == "No destination: give one.")
    }

    @Test func `an error without a type is named after its Swift type`() {
        #expect(ErrorReport(Untyped(description: "x")).errorType == "Untyped")
        #expect(ErrorReport(CancellationError()).errorType == "CancellationError")
    }

    @Test(arguments: [
        "function.Bad", "Function.bad", "Function.B", "Function.Bad1", "Function.Bad.Worse", "Other.Bad", "",
    ])
    func `a type that Lambda would drop is replaced by the Swift type`(type: String) {
        #expect(ErrorReport(Mistyped(errorType: type)).errorType == "Mistyped")
    }

    @Test(arguments: ["Runtime.Unknown", "Function.SenderNotAllowed", "Function.Ab"])
    func `a type that Lambda keeps is kept`(type: String) {
        #expect(ErrorReport(Mistyped(errorType: type)).errorType == type)
    }

    @Test func `newlines, tabs, quotes, control characters and emoji stay valid JSON`() throws {
        let message = "a\nb\tc\"d\\e\u{0}\u{1F}\u{7F} \u{2028} é 🎉"
        let body = ErrorReport(Untyped(description: message)).body
        let object = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
        #expect(object["errorMessage"] as? String == message)
        #expect(object["errorType"] as? String == "Untyped")
        #expect((object["stackTrace"] as? [String])?.isEmpty == true)
        #expect(!body.contains(UInt8(ascii: "\n")))
    }
}
