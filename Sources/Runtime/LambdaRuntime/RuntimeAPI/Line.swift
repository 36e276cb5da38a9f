import Glibc

/// A line of a head, without its end.
struct Line {
    let content: Range<Int>
    let next: Int

    /// The line that starts at `start`; nil when its end has not come yet.
    init?(in bytes: UnsafeRawBufferPointer, at start: Int) {
        guard let end = bytes.index(of: UInt8(ascii: "\n"), in: start..<bytes.count) else { return nil }
        let hasReturn = end > start && bytes[end - 1] == UInt8(ascii: "\r")
        content = start..<(hasReturn ? end - 1 : end)
        next = end + 1
    }
}

extension UnsafeRawBufferPointer {
    func index(of byte: UInt8, in range: Range<Int>) -> Int? {
        guard let baseAddress, !range.isEmpty,
            let found = memchr(baseAddress + range.lowerBound, CInt(byte), range.count)
        else { return nil }
        return UnsafeRawPointer(found) - baseAddress
    }

    /// Returns true when the bytes from `start` begin with `name`, in any case; `name` is of lower-case letters, digits
    /// and `-./`.
    ///
    /// Compared eight bytes at a time: a head has some hundred bytes of names.
    func matches(_ name: StaticString, at start: Int) -> Bool {
        let length = name.utf8CodeUnitCount
        guard let baseAddress, start + length <= count else { return false }
        let own = baseAddress + start
        let other = UnsafeRawPointer(name.utf8Start)
        guard length >= 8 else {
            for offset in 0..<length where own.lowerCaseByte(at: offset) != name.utf8Start[offset] { return false }
            return true
        }
        var offset = 0
        while offset < length {
            // The last word overlaps the one before it.
            offset = Swift.min(offset, length - 8)
            let word = other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard own.loadUnaligned(fromByteOffset: offset, as: UInt64.self) | 0x2020_2020_2020_2020 == word else {
                return false
            }
            offset += 8
        }
        return true
    }

    /// Returns true when the bytes from `start` up to `end` are `name`, in any case.
    func matches(_ name: StaticString, at start: Int, upTo end: Int) -> Bool {
        end - start == name.utf8CodeUnitCount && matches(name, at: start)
    }

    func trimmed(_ range: Range<Int>) -> Range<Int> {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isBlank(self[start]) { start += 1 }
        while end > start, isBlank(self[end - 1]) { end -= 1 }
        return start..<end
    }

    /// The number that the bytes of `range` spell in decimal digits; nil when they do not, or when it has over 18.
    func decimal(_ range: Range<Int>) -> Int? {
        guard 1...18 ~= range.count else { return nil }
        var number = 0
        for index in range {
            let digit = Int(self[index]) - Int(UInt8(ascii: "0"))
            guard 0...9 ~= digit else { return nil }
            number = number * 10 + digit
        }
        return number
    }
}

extension UnsafeRawPointer {
    fileprivate func lowerCaseByte(at offset: Int) -> UInt8 {
        load(fromByteOffset: offset, as: UInt8.self) | 0x20
    }
}
