import Encoding

extension PhoneNumber {
    /// The ways in which a field may hold a number.
    package enum Presence: Sendable {
        /// The national number alone, or after its trunk prefix: another country may have the same one.
        case national
        /// The number with its country's calling code: no other number is written so.
        case international
    }

    /// The digits of the national number, which a search finds in whatever way a field writes the rest; all digits under
    /// a calling code that is not assigned.
    package var nationalDigits: String {
        let digits = text.dropFirst()
        let code = NumberingPlan(of: self)?.callingCode.utf8.count ?? 0
        return String(digits.dropFirst(code))
    }

    /// Returns the way in which a field, as people typed it, holds the number; nil when it holds another one, or none.
    ///
    /// Its digits are the national number, alone or after nothing but its trunk prefix, its country's calling code, and
    /// `00` or `011` before that. A field that begins with `+` or `00` holds a calling code, which must be the number's.
    package func presence(in field: String) -> Presence? {
        let bytes = field.utf8
        let digits = bytes.filter(\.isASCIIDigit)[...]
        guard (4...24).contains(digits.count) else { return nil }
        let first = bytes.first { $0.isASCIIDigit || $0 == UInt8(ascii: "+") }
        let zeros = Array("00".utf8)
        if first == UInt8(ascii: "+") { return isWhole(digits) ? .international : nil }
        if digits.starts(with: zeros) { return isWhole(digits.dropFirst(2)) ? .international : nil }
        if isWhole(digits) || digits.starts(with: "011".utf8) && isWhole(digits.dropFirst(3)) { return .international }
        return isNational(digits) ? .national : nil
    }

    /// Returns true for the calling code and the national number, perhaps with the trunk prefix between them.
    private func isWhole(_ digits: ArraySlice<UInt8>) -> Bool {
        let own = text.utf8.dropFirst()
        if digits.elementsEqual(own) { return true }
        guard let code = NumberingPlan(of: self)?.callingCode.utf8, digits.starts(with: code) else { return false }
        return isNational(digits.dropFirst(code.count))
    }

    /// Returns true for the national number, perhaps after its trunk prefix.
    private func isNational(_ digits: ArraySlice<UInt8>) -> Bool {
        guard let plan = NumberingPlan(of: self) else { return false }
        let national = text.utf8.dropFirst(plan.callingCode.utf8.count + 1)
        guard !national.isEmpty else { return false }
        if digits.elementsEqual(national) { return true }
        // In North America the prefix is the calling code itself.
        guard let prefix = plan.trunkPrefix, prefix != plan.callingCode else { return false }
        let trunk = prefix.utf8
        guard digits.starts(with: trunk) else { return false }
        return digits.dropFirst(trunk.count).elementsEqual(national)
    }
}
