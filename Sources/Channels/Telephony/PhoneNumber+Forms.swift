/// A customer's phone number in E.164: `+`, a digit from 1 to 9, and 6 to 14 more digits.
///
/// Personal data: it goes to the CRM and nowhere else.
struct CallerNumber: Sendable, Hashable {
    /// The number with its `+`.
    let text: String

    /// Nil for what is no number in E.164, and for those that stand for a withheld one: empty texts and `anonymous` from
    /// Amazon Connect, and the letters of such words as digits, which carriers pass on.
    init?(_ address: String?) {
        guard let address, !Self.placeholders.contains(address) else { return nil }
        let bytes = Array(address.utf8)
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        guard (8...16).contains(bytes.count), bytes[0] == UInt8(ascii: "+"), bytes[1] != UInt8(ascii: "0"),
            bytes.dropFirst().allSatisfy(isDigit)
        else { return nil }
        text = address
    }

    /// ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on a telephone's keys.
    private static let placeholders: Set = ["+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"]

    /// The forms under which an account may have the number, each once: E.164, the same without plus, the national
    /// number, the same behind its trunk prefix, and in North America `(AAA) BBB-CCCC`.
    ///
    /// Under a calling code that nobody has, the first two alone.
    var candidates: [String] {
        let digits = String(text.dropFirst())
        var candidates = [text, digits]
        if let code = CallingCodes.code(of: digits) {
            let national = String(digits.dropFirst(code.digits.count))
            candidates.append(national)
            if let trunk = code.trunkPrefix { candidates.append(trunk + national) }
            if code.digits == "1", national.utf8.count == 10 {
                let (area, rest) = (national.prefix(3), national.dropFirst(3))
                candidates.append("(\(area)) \(rest.prefix(3))-\(rest.dropFirst(3))")
            }
        }
        var seen: Set<String> = []
        // A calling code alone leaves no national number: an empty text would match every account without one.
        return candidates.filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}
