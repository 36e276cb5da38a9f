import Calling
import TestSupport
import Testing

@testable import AWS

/// The rate of requests, by clocks that only sleeping moves.
struct ConnectPaceTests {
    private func times(_ count: Int, perSecond: Double, burst: Double, _ clock: VirtualClock) async -> [Duration] {
        let pace = ConnectPace(perSecond: perSecond, burst: burst, timing: clock.timing)
        var times: [Duration] = []
        for _ in 0..<count {
            guard await pace.turn(before: clock.timing.instant() + .seconds(100)) else { break }
            times.append(clock.elapsed)
        }
        return times
    }

    @Test func `ten requests a second go out a tenth apart`() async {
        let times = await times(25, perSecond: 10, burst: 1, VirtualClock())
        #expect(times.count == 25 && times[0] == .zero)
        for (index, time) in times.enumerated() {
            let inASecond = times.dropFirst(index).count { $0 < time + .seconds(1) }
            #expect(inASecond <= 11)
        }
        #expect((times.last ?? .zero) >= .milliseconds(2_390) && (times.last ?? .zero) < .milliseconds(2_500))
    }

    @Test func `a burst goes out at once, and the rest at the rate`() async {
        let times = await times(13, perSecond: 5, burst: 8, VirtualClock())
        #expect(times.prefix(8).allSatisfy { $0 == .zero })
        #expect(times[8] >= .milliseconds(199) && times[12] < .milliseconds(1_050))
    }

    @Test func `turns that are taken at once lie apart, too, and none is taken that comes too late`() async {
        let clock = VirtualClock()
        let pace = ConnectPace(perSecond: 2, burst: 1, timing: clock.timing)
        let start = clock.timing.instant()
        #expect(await pace.turn(before: start + .seconds(10)))
        #expect(await !pace.turn(before: start + .milliseconds(400)))
        #expect(clock.elapsed == .zero)
        #expect(await pace.turn(before: start + .milliseconds(600)))
        #expect(clock.elapsed >= .milliseconds(499))
    }

    @Test func `a frozen process's pause counts, and so does a clock that went back`() async {
        let clock = FrozenClock()
        // Time does not pass while it sleeps.
        let timing = CallTiming(
            wall: { clock.moment.wall }, instant: { clock.moment.continuous }, sleep: { _ in throw CancellationError() }
        )
        let pace = ConnectPace(perSecond: 1, burst: 1, timing: timing)
        let deadline = timing.instant() + .seconds(10)
        #expect(await pace.turn(before: deadline))
        #expect(await !pace.turn(before: deadline))
        clock.advance(seconds: 3)
        #expect(await pace.turn(before: deadline))
        clock.advance(seconds: -60)
        #expect(await pace.turn(before: deadline))
    }
}
