import Encoding

/// Reads phone numbers as people of one country write them.
///
/// All readings of a text are compared: as a national number, with the trunk prefix or without it, with the country's own
/// calling code in front, and as it is dialled to other countries. When two of them are numbers that exist, the text is
/// refused: a message must not reach a stranger.
struct NumberReader {
    private static let zero = UInt8(ascii: "0")
    private static let plus = UInt8(ascii: "+")

    private let home: NumberingPlan
    private let callingCode: [UInt8]
    /// The area of a part of a shared calling code, such as the 242 of 1242, which local numbers lack.
    private let area: ArraySlice<UInt8>

    /// Nil when the calling code is not assigned.
    init?(_ country: CallingCode) {
        let digits = Array(country.digits.utf8)
        guard let home = NumberingPlan(of: digits[...]) else { return nil }
        self.home = home
        callingCode = Array(home.callingCode.utf8)
        area = digits.dropFirst(callingCode.count)
    }

    /// Returns the number that is meant; nil when there is none, or more than one.
    func number(_ text: String) -> PhoneNumber? {
        let readings = spellings(text).reduce(into: Set<[UInt8]>()) { $0.formUnion(self.readings($1)) }
        guard readings.count == 1, let digits = readings.first else { return nil }
        return PhoneNumber("+" + String(decoding: digits, as: UTF8.self))
    }

    /// Returns the text's digits, after `+` where there is one; two of them when a 0 in brackets follows the calling
    /// code, as in `+49 (0)30` and `+39 (0)6`: in Italy it belongs to the number. None for anything else than a number.
    private func spellings(_ text: String) -> [[UInt8]] {
        let bytes = Array(text.utf8)
        guard let all = Self.digits(bytes[...]) else { return [] }
        let bracket = Array("(0)".utf8)
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: bracket) }),
            let before = Self.digits(bytes[..<start]), isCallingCode(before)
        else { return [all] }
        return [all, before + all.dropFirst(before.count + 1)]
    }

    /// Returns the digits and a leading `+`; nil when there is anything else but spaces and `().-/`.
    private static func digits(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let digits = text.filter { !" ().-/".utf8.contains($0) }
        return digits.drop { $0 == plus }.allSatisfy(\.isASCIIDigit) && digits.prefix(2) != [plus, plus]
            ? Array(digits) : nil
    }

    private func isCallingCode(_ digits: [UInt8]) -> Bool {
        func isAssigned(_ digits: ArraySlice<UInt8>) -> Bool {
            NumberingPlan(of: digits)?.callingCode.utf8.count == digits.count
        }
        if digits.first == Self.plus { return isAssigned(digits.dropFirst()) }
        return digits == callingCode || dialledAbroad(digits[...]).contains(where: isAssigned)
    }

    /// Returns what remains without an international prefix.
    private func dialledAbroad(_ digits: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        home.internationalPrefixes.filter { $0.begins(digits) }.map { digits.dropFirst($0.count) }
    }

    private func readings(_ digits: [UInt8]) -> [[UInt8]] {
        if digits.first == Self.plus { return Self.international(digits.dropFirst(), isDialled: false) }
        let digits = digits[...]
        if !area.isEmpty, home.has(area + digits) { return [callingCode + area + digits] }
        // In some countries, toll-free numbers of carriers begin like calls to other countries, and are not dialled from
        // there.
        if digits.starts(with: [Self.zero, Self.zero]), home.has(digits) { return [] }
        var national = home.withoutTrunkPrefix(digits)
        if home.has(digits) { national.append(digits) }
        if digits.starts(with: callingCode) {
            let rest = digits.dropFirst(callingCode.count)
            national += home.has(rest) ? [rest] : home.withoutTrunkPrefix(rest)
        }
        // Many write 00 for + where they dial something else, and it may be what is meant; never a national number that
        // begins like a call to another country.
        let dialled = dialledAbroad(digits)
        guard dialled.contains(where: Self.mayBeInternational) else { return national.map { callingCode + $0 } }
        guard national.isEmpty else { return [] }
        let readings = dialled.flatMap { Self.international($0, isDialled: true) }
        let isPlus = !readings.isEmpty && digits.starts(with: [Self.zero, Self.zero])
        return readings + (isPlus ? Self.international(digits.dropFirst(2), isDialled: true) : [])
    }

    private static func mayBeInternational(_ digits: ArraySlice<UInt8>) -> Bool {
        (4...15).contains(digits.count) && NumberingPlan(of: digits) != nil
    }

    /// Returns the readings of what follows `+`, or, `isDialled`, an international prefix.
    private static func international(_ digits: ArraySlice<UInt8>, isDialled: Bool) -> [[UInt8]] {
        guard let plan = NumberingPlan(of: digits) else { return [] }
        let code = digits.prefix(plan.callingCode.utf8.count)
        let national = digits.dropFirst(code.count)
        if plan.has(national) { return [Array(digits)] }
        let readings = plan.withoutTrunkPrefix(national).map { code + $0 }
        return readings.isEmpty && !isDialled && plan.mayHave(national) ? [Array(digits)] : readings.map { Array($0) }
    }
}
