import Encoding

/// The hosts that are this machine in any case, so that nothing sent to them leaves it.
enum LoopbackHost {
    /// Returns a loopback host in lower case and without a final dot; nil for every other host.
    ///
    /// Loopback hosts are `localhost`, names that end in `.localhost` (RFC 6761, 6.3), 127.0.0.0/8 as four decimal numbers,
    /// and `[::1]`. Other spellings, such as `127.1`, `0x7f.0.0.1` or `[::ffff:127.0.0.1]`, are refused: not every resolver
    /// reads them in the same way.
    static func canonical(_ host: String) -> String? {
        var name = host.lowercased()
        if name.utf8.last == UInt8(ascii: ".") { name.removeLast() }
        return name == "[::1]" || isName(name) || isAddress(name) ? name : nil
    }

    private static func isName(_ name: String) -> Bool {
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let last = labels.last, last.elementsEqual("localhost".utf8) else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty && label.allSatisfy { $0.isASCIILetterOrDigit || "-_".utf8.contains($0) }
        }
    }

    private static func isAddress(_ name: String) -> Bool {
        let numbers = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0].elementsEqual("127".utf8)
            && numbers.allSatisfy { number in
                // A zero in front makes a number octal for some.
                number.allSatisfy(\.isASCIIDigit) && (number.count == 1 || number.first != UInt8(ascii: "0"))
                    && UInt8(String(decoding: Array(number), as: UTF8.self)) != nil
            }
    }
}
