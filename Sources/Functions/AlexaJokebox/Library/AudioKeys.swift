/// Keys in the order of their bytes, which is S3's, held compactly: a hundred thousand take their bytes and four more
/// each.
struct AudioKeys: Sendable {
    /// A stretch of the order, such as one page of a listing: the bytes of its keys, concatenated, and the end of each
    /// key.
    struct Run: Sendable {
        fileprivate var bytes: [UInt8] = []
        fileprivate var ends: [Int32] = []

        init(_ keys: some Sequence<String>) {
            for key in keys {
                bytes += key.utf8
                ends.append(Int32(bytes.count))
            }
        }

        /// The size of the keys in bytes.
        var byteCount: Int { bytes.count + ends.count * MemoryLayout<Int32>.size }

        fileprivate func key(_ index: Int) -> ArraySlice<UInt8> {
            bytes[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
        }
    }

    private var runs: [Run] = []
    /// The number of keys in the runs before each.
    private var starts: [Int] = []
    private(set) var count = 0
    /// The size of the keys in bytes.
    private(set) var byteCount = 0

    /// Adds runs, which must not overlap existing ones, in any order.
    mutating func insert(_ added: [Run]) {
        runs += added.filter { !$0.ends.isEmpty }
        runs.sort { $0.key(0).lexicographicallyPrecedes($1.key(0)) }
        starts = []
        count = 0
        byteCount = 0
        for run in runs {
            starts.append(count)
            count += run.ends.count
            byteCount += run.byteCount
        }
    }

    /// The key at a place in the order.
    subscript(index: Int) -> String {
        String(decoding: bytes(at: index), as: UTF8.self)
    }

    private func bytes(at index: Int) -> ArraySlice<UInt8> {
        let run = Self.partition(0..<runs.count) { starts[$0] > index } - 1
        return runs[run].key(index - starts[run])
    }

    /// Returns the number of keys before `key`: its own place when it is listed, else the place where it would be.
    func place(of key: String) -> Int {
        let key = Array(key.utf8)
        return Self.partition(0..<count) { !bytes(at: $0).lexicographicallyPrecedes(key) }
    }

    /// Returns the place of a key; nil when it is not listed.
    func index(of key: String) -> Int? {
        let place = place(of: key)
        return place < count && bytes(at: place).elementsEqual(key.utf8) ? place : nil
    }

    /// Returns the place of the object that a token names; nil when it is not listed. A hash is compared with each key
    /// in turn.
    func index(of reference: AudioReference) -> Int? {
        switch reference {
        case .key(let key): index(of: key)
        case .hash(let hash): (0..<count).first { AudioReference.hash(of: bytes(at: $0)) == hash }
        }
    }

    /// Returns the first of a range for which `isBehind` holds, and with it for all that follow; its end when there is
    /// none.
    private static func partition(_ range: Range<Int>, _ isBehind: (Int) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
