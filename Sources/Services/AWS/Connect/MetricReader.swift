import Encoding
import Glibc
import JSON

/// Reads a page of metrics, of either kind, token by token: a tree of some thousand values would cost several times as much.
///
/// "GetCurrentMetricData" and "GetMetricDataV2" in the Amazon Connect API Reference. Results and values come in any order;
/// members, dimensions and metrics that nobody asked for are passed over.
final class MetricReader: JSONScanner {
    private enum Key {
        case other, results, token, snapshot, dimensions, queue, agent, channel, id, interval, start, end, collections,
            metric, name, value
    }

    private static let keys: [(name: StaticString, key: Key)] = [
        ("Value", .value), ("Name", .name), ("Metric", .metric), ("Id", .id), ("Queue", .queue), ("QUEUE", .queue),
        ("AGENT", .agent), ("Channel", .channel), ("CHANNEL", .channel), ("StartTime", .start), ("EndTime", .end),
        ("Collections", .collections), ("Dimensions", .dimensions), ("MetricInterval", .interval),
        ("MetricResults", .results), ("NextToken", .token), ("DataSnapshotTime", .snapshot),
    ]

    private let metrics: [[UInt8]]
    // Tokens come one at a time, and checking that at each of them would cost a tenth of the reading.
    @exclusivity(unchecked) private var page = MetricPage()
    @exclusivity(unchecked) private var hasResults = false
    /// The keys of the open containers, the root's and elements' being `other`.
    @exclusivity(unchecked) private var path: [Key] = []
    /// The key of the value that comes next.
    @exclusivity(unchecked) private var next = Key.other
    @exclusivity(unchecked) private var result: MetricResult
    @exclusivity(unchecked) private var place: Int?
    @exclusivity(unchecked) private var value: Double?

    private init(_ names: [String]) {
        metrics = names.map { Array($0.utf8) }
        result = MetricResult(values: Array(repeating: nil, count: names.count))
        path.reserveCapacity(8)
    }

    /// Returns the page in a body; nil when that is none.
    static func page(_ body: [UInt8], metrics names: [String]) -> MetricPage? {
        let reader = MetricReader(names)
        guard (try? JSONText.scan(body, reader)) != nil, reader.hasResults else { return nil }
        return reader.page
    }

    func take(_ token: JSONToken, _ text: UnsafeRawBufferPointer) {
        switch token {
        case .key: next = Self.key(text)
        case .startObject, .startArray: open(isArray: token == .startArray)
        case .endObject, .endArray: close()
        case .string, .number: read(text, isNumber: token == .number)
        case .null, .bool: break
        }
    }

    private func open(isArray: Bool) {
        if path.count == 1, next == .results, isArray { hasResults = true }
        path.append(path.isEmpty ? .other : next)
        next = .other
    }

    private func close() {
        next = .other
        path.removeLast()
        guard path.count >= 2, path[1] == .results else { return }
        if path.count == 2 {
            page.results.append(result)
            result = MetricResult(values: Array(repeating: nil, count: metrics.count))
        } else if path.count == 4, path[3] == .collections {
            if let place { result.values[place] = value }
            (place, value) = (nil, nil)
        }
    }

    private func read(_ text: UnsafeRawBufferPointer, isNumber: Bool) {
        if path.count == 1 {
            if next == .token, !isNumber { page.nextToken = String(decoding: text, as: UTF8.self) }
            if next == .snapshot { page.snapshot = time(text, isNumber) }
            return
        }
        guard path.count >= 4, path[1] == .results else { return }
        switch (path.count, path[3], next) {
        case (5, .collections, .value): if isNumber { value = number(text) }
        case (6, .collections, .name):
            guard path[5] == .metric else { return }
            place = metrics.firstIndex { $0.count == text.count && text.elementsEqual($0) }
        case (4, .dimensions, .queue): result.queue = id(text)
        case (4, .dimensions, .agent): result.agent = id(text)
        case (4, .dimensions, .channel): result.channel = String(decoding: text, as: UTF8.self)
        case (5, .dimensions, .id): if path[4] == .queue { result.queue = id(text) }
        case (4, .interval, .start): result.start = time(text, isNumber).map { Int($0.components.seconds) }
        case (4, .interval, .end): result.end = time(text, isNumber).map { Int($0.components.seconds) }
        default: break
        }
    }

    /// Returns an id, also of an ARN.
    private func id(_ text: UnsafeRawBufferPointer) -> String {
        let start = text.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        return String(decoding: UnsafeRawBufferPointer(rebasing: text[start...]), as: UTF8.self)
    }

    /// Returns a time since 1970, of seconds or of ISO 8601.
    private func time(_ text: UnsafeRawBufferPointer, _ isNumber: Bool) -> Duration? {
        guard isNumber else { return UTCTime.sinceEpoch(parsing: String(decoding: text, as: UTF8.self)) }
        return Self.time(ofSeconds: number(text))
    }

    /// Returns a time since 1970, to the millisecond; nil outside of the years 1 to 9999.
    static func time(ofSeconds seconds: Double) -> Duration? {
        abs(seconds) < 253_402_300_800 ? .milliseconds(Int((seconds * 1000).rounded())) : nil
    }

    private func number(_ text: UnsafeRawBufferPointer) -> Double {
        // What follows the digits in the text is no part of a number.
        text.baseAddress.map { strtod($0.assumingMemoryBound(to: CChar.self), nil) } ?? 0
    }

    private static func key(_ text: UnsafeRawBufferPointer) -> Key {
        for (name, key) in keys where name.utf8CodeUnitCount == text.count {
            if let base = text.baseAddress, memcmp(base, name.utf8Start, text.count) == 0 { return key }
        }
        return .other
    }
}
