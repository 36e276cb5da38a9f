import Encoding

/// The numbering plan of a calling code, after ITU-T Recommendation E.164.
///
/// Countries that share a calling code share a plan. A trunk prefix is one of the plan as it is today: what a country has
/// given up, as Mexico its 01, is gone. Italy and San Marino have none: the 0 of their numbers is dialled from abroad
/// too, and part of the number.
struct NumberingPlan: Sendable, Equatable {
    /// Numbers of certain lengths, by what they begin with.
    private struct Numbers: Equatable {
        /// Bit 4 for numbers of 4 digits, and so on.
        let lengths: UInt16
        let beginnings: [DigitPattern]

        func areOf(_ length: Int) -> Bool {
            (0..<16).contains(length) && lengths & 1 << UInt16(length) != 0
        }
    }

    let callingCode: String
    /// The digits dialled before a national number; nil where national numbers are dialled as they are.
    let trunkPrefix: String?
    /// All of those that people write, the trunk prefix first.
    let trunkPrefixes: [[UInt8]]
    /// The beginnings of what is dialled to other countries.
    let internationalPrefixes: [DigitPattern]
    private let numbers: [Numbers]

    /// Reads a line of the table.
    private init(_ line: some Collection<UInt8>) {
        let fields = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        let words = fields.map { $0.split(separator: UInt8(ascii: " ")) }
        callingCode = String(decoding: fields[0], as: UTF8.self)
        trunkPrefix = fields[1].isEmpty ? nil : String(decoding: fields[1], as: UTF8.self)
        trunkPrefixes = (words[1] + words[2]).map { Array($0) }
        internationalPrefixes = words[3].map { DigitPattern($0) }
        numbers = words[4].map { word in
            let sides = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            return Numbers(
                lengths: Self.lengths(sides[0]),
                beginnings: sides[1].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
                    .map { DigitPattern($0) })
        }
    }

    /// Reads `4-6,8`.
    private static func lengths(_ text: some Collection<UInt8>) -> UInt16 {
        text.split(separator: UInt8(ascii: ",")).reduce(into: 0) { set, span in
            let ends = span.split(separator: UInt8(ascii: "-")).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
            for length in (ends.first ?? 0)...(ends.last ?? 0) { set |= 1 << length }
        }
    }
}

extension NumberingPlan {
    /// The plan that a number belongs to; nil under a calling code that is not assigned.
    init?(of number: PhoneNumber) {
        self.init(of: Array(number.text.utf8.dropFirst())[...])
    }

    /// The plan of a number's digits, its calling code in front; nil under a calling code that is not assigned.
    ///
    /// No assigned calling code is the beginning of another, so there is one at most.
    init?(of digits: ArraySlice<UInt8>) {
        let codes = (1...3).lazy.map { String(decoding: digits.prefix($0), as: UTF8.self) }
        guard let line = codes.compactMap({ Self.lines[$0] }).first else { return nil }
        self.init(line)
    }

    /// The calling codes in use.
    static var callingCodes: [String] { lines.keys.sorted() }

    /// The table's lines, by calling code. A line is parsed when its plan is needed.
    private static let lines: [String: ArraySlice<UInt8>] = {
        let bytes = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
        return bytes.split(separator: UInt8(ascii: "\n")).reduce(into: [:]) { lines, line in
            lines[String(decoding: line.prefix { $0 != UInt8(ascii: "|") }, as: UTF8.self)] = ArraySlice(line)
        }
    }()

    /// Returns whether there are such national numbers.
    func has(_ national: ArraySlice<UInt8>) -> Bool {
        numbers.contains { numbers in
            numbers.areOf(national.count) && numbers.beginnings.contains { $0.begins(national) }
        }
    }

    /// Returns whether the country has numbers so long, and others that begin with the same digit.
    ///
    /// The table is as old as the metadata that it was made of, and new numbers are opened every month.
    func mayHave(_ national: ArraySlice<UInt8>) -> Bool {
        numbers.contains { $0.areOf(national.count) }
            && numbers.contains { $0.beginnings.contains { $0.beginsAlike(national) } }
    }

    /// Returns the national numbers that remain without a trunk prefix.
    func withoutTrunkPrefix(_ digits: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        trunkPrefixes.filter { digits.starts(with: $0) }.map { digits.dropFirst($0.count) }.filter(has)
    }
}
