import Encoding

/// The ways to write a query that a client may have signed, other than as received.
///
/// Clients differ in the characters that they encode, in the space (`+`, `%20`) and in the case of hexadecimal digits;
/// what an event shows may have been written again on its way. Twilio's own library for Node.js also tries a query as
/// `querystring.stringify` writes it. Within one spelling each character is written one way.
struct QuerySpellings {
    /// The longest query that is written in other ways, in bytes.
    private static let longest = 16 << 10
    /// The most characters of which every combination is tried.
    private static let mostCombined = 6

    /// The query's bytes without their escapes, and which of them are one of the characters in doubt.
    private let units: [Unit]
    /// The characters in doubt.
    private let doubtful: [UInt8]

    private enum Unit {
        /// A byte that every client writes like this: a separator, a letter, a digit.
        case plain(UInt8)
        /// A byte that every client encodes.
        case escaped(UInt8)
        /// A character that some clients encode and others do not; bytes beyond ASCII count as one character.
        case doubtful(UInt8, key: UInt8)
    }

    /// Reads a query, percent-encoded.
    init(_ query: String) {
        let bytes = Array(query.utf8)
        var units: [Unit] = []
        var keys: Set<UInt8> = []
        var index = 0
        while index < bytes.count, bytes.count <= Self.longest {
            let (byte, isEscaped) = PercentEncoding.unit(of: bytes, at: &index)
            let isPlus = byte == UInt8(ascii: "+")
            if let key = isPlus && !isEscaped ? UInt8(ascii: " ") : Self.key(of: byte) {
                units.append(.doubtful(key == UInt8(ascii: " ") ? key : byte, key: key))
                keys.insert(key)
            } else {
                units.append(isEscaped ? .escaped(byte) : .plain(byte))
            }
        }
        self.units = units
        doubtful = keys.sorted()
    }

    /// The spellings, the likeliest first, each once: at most 160.
    var all: [String] {
        guard !units.isEmpty else { return [] }
        var choices = Self.clients.map { client in Set(doubtful.filter { client($0) }) }
        if doubtful.count <= Self.mostCombined {
            choices += (0..<(1 << doubtful.count)).map { number in
                Set(doubtful.indices.filter { number >> $0 & 1 == 1 }.map { doubtful[$0] })
            }
        } else {
            choices += doubtful.map { [$0] } + doubtful.map { Set(doubtful).subtracting([$0]) }
        }
        var seen: Set<String> = []
        return [true, false].flatMap { isUpper in choices.map { text(encoding: $0, isUpper: isUpper) } }
            .filter { seen.insert($0).inserted }
    }

    /// The choices of well-known clients among the characters in doubt. A space that is not encoded is a `+`.
    private static let clients: [@Sendable (UInt8) -> Bool] = [
        // RFC 3986 strictly: AWS, PHP's rawurlencode, Python's quote.
        { $0 != UInt8(ascii: "~") },
        // JavaScript's encodeURIComponent, and Node.js's querystring.
        { !"!'()*~".utf8.contains($0) },
        // Forms in browsers, URLSearchParams, Java's URLEncoder.
        { !"* ".utf8.contains($0) },
        // Python's quote_plus.
        { !"~ ".utf8.contains($0) },
        // A URL in a browser, Node.js's new URL, and the same without its special rule.
        { " '\"<>".utf8.contains($0) || $0 >= 0x80 },
        { " \"<>".utf8.contains($0) || $0 >= 0x80 },
        // Python's requests, and java.net.URI.
        { " \"<>\\^`{|}".utf8.contains($0) || $0 >= 0x80 },
    ]

    private func text(encoding encoded: Set<UInt8>, isUpper: Bool) -> String {
        var text: [UInt8] = []
        func escape(_ byte: UInt8) {
            for digit in [byte >> 4, byte & 15] {
                text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: isUpper ? "A" : "a") + digit - 10)
            }
        }
        for unit in units {
            switch unit {
            case .plain(let byte): text.append(byte)
            case .escaped(let byte):
                text.append(UInt8(ascii: "%"))
                escape(byte)
            case .doubtful(let byte, let key):
                if encoded.contains(key) {
                    text.append(UInt8(ascii: "%"))
                    escape(byte)
                } else {
                    text.append(byte == UInt8(ascii: " ") ? UInt8(ascii: "+") : byte)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Returns the character in doubt that a byte belongs to; nil for one that every client writes alike.
    private static func key(of byte: UInt8) -> UInt8? {
        if byte >= 0x80 { return 0x80 }
        return " !\"$'()*,/:;<>?@[\\]^`{|}~".utf8.contains(byte) ? byte : nil
    }
}

extension QuerySpellings {
    /// Returns the orders that the parameters of a query may have been sent in, when its event has lost theirs: all of
    /// them for up to three parameters, else the given one.
    static func orders(of query: String) -> [String] {
        let parameters = query.split(separator: "&", omittingEmptySubsequences: false)
        guard (2...3).contains(parameters.count) else { return [query] }
        let orders = parameters.count == 2 ? [[0, 1], [1, 0]] : Self.ofThree
        return orders.map { order in order.map { String(parameters[$0]) }.joined(separator: "&") }
    }

    private static let ofThree = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
}
