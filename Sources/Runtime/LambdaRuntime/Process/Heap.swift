/// The memory that the allocator keeps for the next invocation.
///
/// glibc gives the end of its heap back as soon as 128 KB of it are free, so that every event of that order costs system
/// calls, and a fault for each page that comes back: more than all else that is done with it. Both its limits follow the
/// largest block that was mapped by itself and freed (`M_MMAP_THRESHOLD` in mallopt(3)).
enum Heap {
    /// A block of this size is freed once: from then on up to twice as much stays, and larger events raise it further.
    private static let block = 4 << 20

    /// Has freed memory stay in the process; what is kept was used before, so the most that is used does not grow.
    static func keepFreedMemory() {
        // Mapped and freed untouched, but for the page of glibc's own note of its size.
        UnsafeMutableRawPointer.allocate(byteCount: block, alignment: 16).deallocate()
    }
}
