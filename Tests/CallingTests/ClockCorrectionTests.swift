import Synchronization
import Testing

@testable import Calling

@Suite struct ClockCorrectionTests {
    private let start = Moment(wall: .seconds(1_800_000_000), continuous: .now)

    private func later(wall: Int, continuous: Int) -> Moment {
        Moment(wall: start.wall + .seconds(wall), continuous: start.continuous + .seconds(continuous))
    }

    @Test(arguments: [
        (0, 0, true), (86_399, 0, true), (86_400, 0, false), (0, 86_400, false), (-1, 5, false),
    ])
    func `a difference is kept for a day of either clock, while the wall clock goes on`(
        wall: Int, continuous: Int, isKept: Bool
    ) {
        let correction = ClockCorrection()
        correction.keep(.seconds(-3600), since: start)
        #expect(correction.difference(at: later(wall: wall, continuous: continuous)) == .seconds(isKept ? -3600 : 0))
        // Forgotten for good.
        #expect(correction.difference(at: start) == .seconds(isKept ? -3600 : 0))
    }

    @Test func `a difference within the tolerance explains nothing`() {
        let timing = CallTiming(wall: { .seconds(1_800_000_000) })
        let wall = Duration.seconds(1_800_000_000)
        for off in [-240, -1, 0, 240] {
            #expect(!timing.isCorrected(by: wall + .seconds(off), signedWith: .zero, tolerance: .seconds(240)))
        }
        #expect(!timing.isCorrected(by: nil, signedWith: .zero, tolerance: .zero) && timing.difference == .zero)
        #expect(timing.isCorrected(by: wall - .seconds(241), signedWith: .zero, tolerance: .seconds(240)))
        #expect(timing.difference == .seconds(-241))
        // It is the request's own difference that counts: another one may have corrected the clock meanwhile.
        #expect(timing.isCorrected(by: wall - .seconds(241), signedWith: .zero, tolerance: .seconds(240)))
        #expect(!timing.isCorrected(by: wall - .seconds(241), signedWith: .seconds(-241), tolerance: .seconds(240)))
    }
}
