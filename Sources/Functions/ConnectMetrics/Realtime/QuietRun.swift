import AWS
import Synchronization

/// The last run that found nothing to write, so that the next one need not compare row by row.
///
/// It holds while Connect says the same of the same queues, the table's item is the same, and no row is due again.
final class QuietRun: Sendable {
    private struct Last {
        let queues: [ConnectSummary]
        let item: Item
        let times: Range<Int>
    }

    private let last = Mutex<Last?>(nil)
    private let doubt = Mutex(false)

    /// True after a run that could not note what it wrote: the table may say what is not in Salesforce any more.
    var isInDoubt: Bool { doubt.withLock(\.self) }

    func set(inDoubt isInDoubt: Bool) { doubt.withLock { $0 = isInDoubt } }

    /// Returns true when there is nothing to write again; forgets the last run otherwise.
    ///
    /// - Parameter item: The table's item; nil when it could not be read, or there is none.
    func holds(for reading: QueueReading, _ item: Item?, now: Int) -> Bool {
        last.withLock { last in
            guard let known = last, reading.isKnown, known.item == item, known.times.contains(now),
                known.queues == reading.queues
            else {
                last = nil
                return false
            }
            return true
        }
    }

    /// Notes a run that had nothing to write; `end` is the second at which a row is due again.
    func note(_ queues: [ConnectSummary], _ item: Item?, from begin: Int, until end: Int) {
        guard let item, begin < end else { return }
        last.withLock { $0 = Last(queues: queues, item: item, times: begin..<end) }
    }
}
