import Foundation
import Testing

/// Inputs that were at fault once, again: those of `FUZZ_AGAIN`, a file of .build-fuzz/found, or of `Tests/FuzzTests/Found`.
@Suite struct RepetitionTests {
    private static var files: [String] {
        get throws {
            if let file = ProcessInfo.processInfo.environment["FUZZ_AGAIN"] { return [file] }
            let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Found")
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
                folder.appending(path: $0).path
            }
        }
    }

    @Test(arguments: try files)
    func `an input that was at fault once no longer is`(_ file: String) throws {
        let name = URL(filePath: file).lastPathComponent.prefix { $0 != "-" }
        let input = try Array(Data(contentsOf: URL(filePath: file)))
        if let function = FuzzedFunction.all.first(where: { $0.name == name }) {
            let fault = try FunctionRun(function, seed: 0, found: ParserTests.found).fault(of: input)
            #expect(fault == nil)
        } else {
            let target = try #require(
                ParserTarget.all.first { $0.name == name }, "\(name) is neither a function nor a parser")
            try target.run(input)
        }
    }
}
