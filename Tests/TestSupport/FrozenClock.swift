package import Calling
package import Foundation
import Synchronization

/// The clocks of a process that Lambda freezes: the wall clock is set by hand, the continuous one stops.
package final class FrozenClock: Sendable {
    private let elapsed = Mutex(0.0)
    private let start = ContinuousClock.now

    package init() {}

    package func advance(seconds: Double) { elapsed.withLock { $0 += seconds } }

    package var date: Date { Date(timeIntervalSince1970: 1_800_000_000 + elapsed.withLock(\.self)) }

    package var moment: Moment {
        Moment(wall: .seconds(date.timeIntervalSince1970), continuous: start)
    }
}
