import Glibc
import Synchronization

/// The last page of each group of queues: while nothing happens, the next one is the same but for its time, and is not parsed.
final class KnownPages: Sendable {
    private struct Known {
        let ids: [String]
        let body: [UInt8]
        /// The digits of the time.
        let time: Range<Int>
        let page: MetricPage
    }

    /// More groups than an instance has queues for.
    private static let most = 64
    private static let timeKey = Array(#""DataSnapshotTime":"#.utf8)

    private let known = Mutex<[String: Known]>([:])

    /// Returns the page of a body that says what the last one of the same queues said; nil for any other.
    func page(_ body: [UInt8], of ids: [String]) -> MetricPage? {
        guard let last = ids.first.flatMap({ id in known.withLock { $0[id] } }), last.ids == ids else { return nil }
        let start = last.time.lowerBound
        guard body.count > start else { return nil }
        let end = Self.endOfNumber(body, from: start)
        guard Self.isSame(body, 0..<start, last.body, 0..<start),
            Self.isSame(body, end..<body.count, last.body, last.time.upperBound..<last.body.count),
            let time = Self.time(body[start..<end])
        else { return nil }
        var page = last.page
        page.snapshot = time
        page.isKnown = true
        return page
    }

    /// Keeps a page, if it is the only one and has a time in figures.
    func keep(_ page: MetricPage, _ body: [UInt8], of ids: [String]) {
        guard let first = ids.first else { return }
        let range = page.nextToken?.isEmpty ?? true ? Self.timeRange(body) : nil
        known.withLock { known in
            if known.count >= Self.most { known = [:] }
            known[first] = range.map { Known(ids: ids, body: body, time: $0, page: page) }
        }
    }

    /// Returns true when two parts of bodies are the same: some 60 KB for each hundred queues, so not byte by byte.
    private static func isSame(
        _ left: [UInt8], _ leftRange: Range<Int>, _ right: [UInt8], _ rightRange: Range<Int>
    ) -> Bool {
        guard leftRange.count == rightRange.count else { return false }
        guard !leftRange.isEmpty else { return true }
        return left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                guard let one = left.baseAddress, let other = right.baseAddress else { return false }
                return memcmp(one + leftRange.lowerBound, other + rightRange.lowerBound, leftRange.count) == 0
            }
        }
    }

    private static func timeRange(_ body: [UInt8]) -> Range<Int>? {
        let found = body.indices.first { place in
            body[place] == UInt8(ascii: "\"") && body[place...].starts(with: timeKey)
        }
        guard var start = found.map({ $0 + timeKey.count }) else { return nil }
        while start < body.count, body[start] == UInt8(ascii: " ") { start += 1 }
        let end = endOfNumber(body, from: start)
        return end > start ? start..<end : nil
    }

    private static func endOfNumber(_ body: [UInt8], from start: Int) -> Int {
        body[start...].firstIndex { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
                UInt8(ascii: "E"), UInt8(ascii: "e"):
                false
            default: true
            }
        } ?? body.count
    }

    private static func time(_ digits: ArraySlice<UInt8>) -> Duration? {
        Double(String(decoding: digits, as: UTF8.self)).flatMap(MetricReader.time(ofSeconds:))
    }
}
