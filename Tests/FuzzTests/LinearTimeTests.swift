import Testing

/// The time that a parser takes for a word of its format repeated many times: four times the input, about four times the time.
@Suite struct LinearTimeTests {
    private static let length = 4096
    /// What is over in this time says nothing.
    private static let least = 50_000_000

    @Test(arguments: ParserTarget.all)
    func `what is repeated takes time in proportion`(_ target: ParserTarget) throws {
        let beginnings = [[UInt8]()] + (target.name == "certificates" ? ["p", "t"].map { Array($0.utf8) } : [])
        var slow: [String] = []
        for token in target.tokens {
            for beginning in beginnings {
                func time(_ length: Int) throws -> Int {
                    let repeated = repeatElement(Array(token.utf8), count: length / token.utf8.count).joined()
                    let start = ParserTarget.processorTime
                    try target.check(beginning + repeated)
                    return ParserTarget.processorTime - start
                }
                let (short, long) = (try time(Self.length), try time(Self.length * 4))
                if long > Self.least, long > short * 10 {
                    slow.append("\(token): \(short / 1000) and \(long / 1000) µs")
                }
            }
        }
        #expect(slow.isEmpty, "\(target.name): \(slow)")
    }
}
