/// Keys in the order of their bytes, which is S3's, held compactly: a hundred thousand cost what their bytes do and
/// four more each.
struct AudioKeys: Sendable {
    /// A stretch of the order, as one page of a listing has it; its bytes one behind the other, and where each key ends.
    struct Run: Sendable {
        fileprivate var bytes: [UInt8] = []
        fileprivate var ends: [Int32] = []

        init(_ keys: some Sequence<String>) {
            for key in keys {
                bytes += key.utf8
                ends.append(Int32(bytes.count))
            }
        }

        /// What the keys take, in bytes.
        var byteCount: Int { bytes.count + ends.count * MemoryLayout<Int32>.size }

        fileprivate func key(_ index: Int) -> ArraySlice<UInt8> {
            bytes[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
        }
    }

    private var runs: [Run] = []
    /// How many keys are in the runs before each.
    private var starts: [Int] = []
    private(set) var count = 0
    /// What the keys take, in bytes.
    private(set) var byteCount = 0

    /// Adds runs, which overlap none that are there, in any order.
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

    /// How many keys come before `key`: its own place when it is there, else where it would be.
    func place(of key: String) -> Int {
        let key = Array(key.utf8)
        return Self.partition(0..<count) { !bytes(at: $0).lexicographicallyPrecedes(key) }
    }

    /// The place of a key; nil when it is not there.
    func index(of key: String) -> Int? {
        let place = place(of: key)
        return place < count && bytes(at: place).elementsEqual(key.utf8) ? place : nil
    }

    /// The place of the object that a token names; nil when it is not there. A hash is looked for from the first key on.
    func index(of reference: AudioReference) -> Int? {
        switch reference {
        case .key(let key): index(of: key)
        case .hash(let hash): (0..<count).first { AudioReference.hash(of: bytes(at: $0)) == hash }
        }
    }

    /// The first of a range for which `isBehind` holds, and with it for all that follow; its end when there is none.
    private static func partition(_ range: Range<Int>, _ isBehind: (Int) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
