import Encoding

/// A growing buffer of bytes that the connection reads into or sends; its bytes stay in place until the next read.
///
/// There is always one byte of room after the last, so that a zero can be set there for C.
final class ByteBuffer {
    private let capacity: Int
    private var storage: UnsafeMutableRawBufferPointer
    /// The number of bytes filled.
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        storage = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        storage.deallocate()
    }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<count]) }

    /// The free room, at least `minimum` bytes of it.
    func room(atLeast minimum: Int) -> UnsafeMutableRawBufferPointer {
        if storage.count - count <= minimum {
            var capacity = storage.count
            while capacity - count <= minimum { capacity *= 2 }
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
            larger.copyMemory(from: bytes)
            storage.deallocate()
            storage = larger
        }
        return UnsafeMutableRawBufferPointer(rebasing: storage[count..<(storage.count - 1)])
    }

    /// Counts bytes that were written into `room` as filled.
    func fill(_ added: Int) {
        count += added
    }

    func removeAll() {
        count = 0
    }

    /// Forgets the first bytes.
    func dropFirst(_ length: Int) {
        move(length..<count, to: 0)
        count -= length
    }

    /// Moves `range` to `destination`, which lies before it.
    func move(_ range: Range<Int>, to destination: Int) {
        UnsafeMutableRawBufferPointer(rebasing: storage[destination...])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[range]))
    }

    /// The bytes of `range`, followed by a zero.
    func terminated(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer {
        storage[range.upperBound] = 0
        return UnsafeMutableRawBufferPointer(rebasing: storage[range])
    }

    /// Forgets every byte, and frees memory that has grown beyond `limit`, down to the first capacity.
    func shrink(beyond limit: Int) {
        count = 0
        guard storage.count > limit else { return }
        storage.deallocate()
        storage = .allocate(byteCount: capacity, alignment: 16)
    }
}

// MARK: - Text

extension ByteBuffer {
    func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func append(_ text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// Appends the number's decimal digits; it must not be negative.
    func append(decimal number: Int) {
        ASCII.withDigits(of: number) { append($0) }
    }

    private func append(_ bytes: UnsafeRawBufferPointer) {
        room(atLeast: bytes.count).copyMemory(from: bytes)
        fill(bytes.count)
    }
}
