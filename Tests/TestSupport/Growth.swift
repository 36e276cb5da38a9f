import Glibc

/// The growth of a piece of work with its size, in the CPU time of the thread that does it: whatever else the machine does
/// meanwhile does not count.
package enum Growth {
    /// Returns the CPU time of four times the size as a multiple of that of the size: about 4 for work that is linear, 16 for
    /// work that is quadratic.
    ///
    /// Each is the least of three tries. `work` must stay on its thread.
    package static func ofFourTimes<Input>(
        _ size: Int, input: (Int) throws -> Input, _ work: (Input) throws -> Void
    ) rethrows -> Double {
        let (small, large) = (try input(size), try input(4 * size))
        // Caches and lazy tables are not counted.
        try work(small)
        return try time(large, work) / time(small, work)
    }

    /// Returns the CPU time in seconds, the least of three tries.
    package static func time<Input>(_ input: Input, _ work: (Input) throws -> Void) rethrows -> Double {
        var least = Double.infinity
        for _ in 0..<3 {
            let start = seconds
            try work(input)
            least = min(least, seconds - start)
        }
        return least
    }

    private static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
