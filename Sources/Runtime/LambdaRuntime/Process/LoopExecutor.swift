import Glibc
import Idling
import Synchronization

/// Runs one loop's tasks on one thread: the handler never leaves it, so that an invocation costs no hop.
final class LoopExecutor: TaskExecutor, @unchecked Sendable {
    private struct Queue {
        var jobs: [UnownedJob] = []
        var isThreadWaiting = false
    }

    // Invariant: `semaphore` is initialised once, before any use, and may be used from any thread.
    private let semaphore: UnsafeMutablePointer<sem_t>
    private let queue = Mutex(Queue())
    /// The thread, for the client that moves its transfers on while no job can run.
    let thread: LoopThread

    init() {
        let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        sem_init(semaphore, 0, 0)
        self.semaphore = semaphore
        let handle = SemaphoreHandle(semaphore)
        thread = LoopThread { sem_post(handle.pointer) }
    }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isThreadWaiting = queue.withLock { queue in
            queue.jobs.append(job)
            defer { queue.isThreadWaiting = false }
            return queue.isThreadWaiting
        }
        guard isThreadWaiting else { return }
        // Both, since the thread may be about to change from one to the other; what is too much costs one idle turn.
        sem_post(semaphore)
        thread.work?.wakeUp()
    }

    /// Runs the jobs of this executor on the calling thread, for good.
    func run() -> Never {
        while true { turn() }
    }

    /// Runs the next job, or waits until there may be one.
    func turn() {
        if let job = nextJob(orWaits: false) { return job.runSynchronously(on: asUnownedTaskExecutor()) }
        let work = thread.work
        work?.advance()
        // What was moved on may have made a job.
        if let job = nextJob(orWaits: true) { return job.runSynchronously(on: asUnownedTaskExecutor()) }
        if let work { work.wait() } else { sem_wait(semaphore) }
        queue.withLock { $0.isThreadWaiting = false }
    }

    private func nextJob(orWaits: Bool) -> UnownedJob? {
        queue.withLock { queue in
            guard queue.jobs.isEmpty else { return queue.jobs.removeFirst() }
            queue.isThreadWaiting = orWaits
            return nil
        }
    }
}

/// A semaphore for closures that are called from any thread.
private struct SemaphoreHandle: @unchecked Sendable {
    // Invariant: it lives as long as the executor, whose thread calls the closure's owner.
    let pointer: UnsafeMutablePointer<sem_t>

    init(_ pointer: UnsafeMutablePointer<sem_t>) {
        self.pointer = pointer
    }
}
