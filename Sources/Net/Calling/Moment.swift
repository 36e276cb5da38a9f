import Glibc

/// An instant on the wall clock and on the continuous clock, for the age of state kept across invocations.
///
/// Lambda freezes a process between invocations, and the monotonic clocks stop meanwhile; the wall clock goes on, but
/// may be set. Neither alone tells how old a connection, a token or a list is: the larger of the two ages counts.
package struct Moment: Sendable, Equatable {
    /// The wall clock's time since 1970.
    package var wall: Duration
    package var continuous: ContinuousClock.Instant

    package init(wall: Duration, continuous: ContinuousClock.Instant) {
        self.wall = wall
        self.continuous = continuous
    }

    /// The present, by `clock_gettime` and the continuous clock.
    package static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(wall: .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec), continuous: .now)
    }

    /// Returns the time since `start`; nil when the wall clock has gone back since, and so cannot tell.
    package func elapsed(since start: Moment) -> Duration? {
        guard wall >= start.wall else { return nil }
        return max(wall - start.wall, continuous - start.continuous)
    }

    /// Returns true when at least `limit` has passed since `start`, or an unknown time.
    package func hasPassed(_ limit: Duration, since start: Moment) -> Bool {
        elapsed(since: start).map { $0 >= limit } ?? true
    }
}
