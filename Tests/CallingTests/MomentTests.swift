import Calling
import Testing

@Suite struct MomentTests {
    private let start = Moment(wall: .seconds(1_800_000_000), continuous: .now)

    private func later(wall: Int, continuous: Int) -> Moment {
        Moment(wall: start.wall + .seconds(wall), continuous: start.continuous + .seconds(continuous))
    }

    @Test(arguments: [(0, 0, 0), (6, 0, 6), (0, 7, 7), (6, 7, 7), (31, 2, 31)])
    func `an age is the larger of what two clocks say`(wall: Int, continuous: Int, age: Int) {
        let now = later(wall: wall, continuous: continuous)
        #expect(now.elapsed(since: start) == .seconds(age))
        #expect(now.hasPassed(.seconds(age), since: start) && !now.hasPassed(.seconds(age + 1), since: start))
    }

    @Test func `a wall clock that went back says that the age is unknown, so everything has expired`() {
        let now = later(wall: -1, continuous: 1)
        #expect(now.elapsed(since: start) == nil && now.hasPassed(.seconds(900), since: start))
    }

    @Test func `the present goes on, on both clocks`() async throws {
        let before = Moment.now
        try await Task.sleep(for: .milliseconds(5))
        let age = try #require(Moment.now.elapsed(since: before))
        #expect(age >= .milliseconds(5) && age < .seconds(60))
        #expect(before.wall > .seconds(1_700_000_000))
    }
}
