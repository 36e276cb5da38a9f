package import Calling

extension CallTiming {
    /// Returns the time of day, in milliseconds since 1970.
    package func now() -> Int {
        let (seconds, attoseconds) = wall().components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    /// Returns the first whole second since 1970 that is at least `seconds` away.
    func expiry(after seconds: Int) -> Int { (now() + 999) / 1000 + seconds }

    /// Returns a code of that many decimal digits, each as likely as any other.
    func code(digits: Int) -> String {
        var generator = Generator(random: random)
        var code = ""
        for _ in 0..<digits { code += String(Int.random(in: 0...9, using: &generator)) }
        return code
    }

    private struct Generator: RandomNumberGenerator {
        let random: @Sendable () -> UInt64

        mutating func next() -> UInt64 { random() }
    }
}
