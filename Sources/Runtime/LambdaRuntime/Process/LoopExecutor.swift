import Glibc
import Synchronization

/// Runs one loop's tasks on one thread: the handler never leaves it, so that an invocation costs no hop.
final class LoopExecutor: TaskExecutor, @unchecked Sendable {
    // Invariant: `waiting` is initialised once, before any use, and a semaphore may be used from any thread.
    private let waiting: UnsafeMutablePointer<sem_t>
    private let jobs = Mutex<[UnownedJob]>([])

    init() {
        waiting = .allocate(capacity: 1)
        sem_init(waiting, 0, 0)
    }

    deinit {
        sem_destroy(waiting)
        waiting.deallocate()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        sem_post(waiting)
    }

    /// Runs the jobs of this executor on the calling thread, for good.
    func run() -> Never {
        while true {
            guard sem_wait(waiting) == 0 else { continue }  // EINTR
            let job = jobs.withLock { $0.removeFirst() }
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
