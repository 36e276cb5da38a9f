import Foundation
import TestSupport
import Testing

/// The Swift that the pages show.
struct SampleTests {
    /// The blocks of Swift in a page.
    private static func blocks(of page: Page) throws -> [String] {
        try page.text.matches(of: /```swift\n((?:.|\n)*?)```/).map { String($0.1) }
    }

    /// Each sample is a file of `Samples`, which this target compiles; a page adds `@main` alone.
    @Test func `every function in docs-adding-a-function is one that compiles`() throws {
        let folder = TestProcess.root.appending(path: "Tests/DocumentationTests/Samples")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        let samples = try Dictionary(
            uniqueKeysWithValues: files.map {
                ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
            })
        let blocks = try Self.blocks(of: Page(path: "docs/adding-a-function.md"))
        let shown = blocks.map { $0.replacing("@main\n", with: "") }
        for (file, text) in samples {
            let isShown = shown.contains(text)
            #expect(isShown, "the page does not show \(file) as it is")
        }
        #expect(samples.count >= 8 && shown.filter { samples.values.contains($0) }.count == samples.count)
        for block in blocks where block.contains("LambdaFunction {") {
            #expect(block.contains("@main\nstruct "), "\(block.prefix(60))")
        }
    }
}
