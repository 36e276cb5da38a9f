import Glibc

/// Lambda's deadlines, which are wall-clock times, on the clock that does not jump.
enum LambdaClock {
    /// The longest time that a function may run; used as the deadline when Lambda sent none.
    private static let longestInvocation = Duration.seconds(900)

    /// Returns the instant at which the wall clock will show that many milliseconds since 1970.
    static func instant(epochMilliseconds: Int?) -> ContinuousClock.Instant {
        let now = ContinuousClock.now
        guard let epochMilliseconds else { return now + longestInvocation }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let wall = time.tv_sec * 1000 + time.tv_nsec / 1_000_000
        // Bounded, so that a nonsensical header cannot overflow the clock.
        let rest = min(max(epochMilliseconds - wall, -900_000), 900_000)
        return now + .milliseconds(rest)
    }
}
