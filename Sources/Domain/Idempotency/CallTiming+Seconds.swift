import Calling

extension CallTiming {
    /// The whole second since 1970 that has begun, which records are compared with.
    var second: Int { Int(wall().components.seconds) }

    /// Returns the first whole second since 1970 that is at least `seconds` away, which records expire in.
    func second(after seconds: Int) -> Int {
        let (second, fraction) = wall().components
        return Int(second) + (fraction > 0 ? 1 : 0) + seconds
    }
}
