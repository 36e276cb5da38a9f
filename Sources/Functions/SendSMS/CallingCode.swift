import LambdaRuntime
import Messaging

/// A country's calling code without `+`, such as `49`, or `1242` for a part of a shared one.
struct CallingCode: Hashable, Sendable {
    let digits: String

    /// Reads a variable's value.
    init(parsing text: String) throws(MalformedVariable) {
        let bytes = Array(text.utf8)
        guard (1...4).contains(bytes.count), bytes[0] != UInt8(ascii: "0"),
            bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { throw MalformedVariable("a calling code without +, such as 49") }
        digits = text
    }

    /// Reads a comma-separated list of at least one code.
    static func list(parsing text: String) throws(MalformedVariable) -> [CallingCode] {
        var codes: [CallingCode] = []
        do throws(MalformedVariable) {
            for element in text.listElements { codes.append(try CallingCode(parsing: element)) }
        } catch {
            codes = []
        }
        guard !codes.isEmpty else {
            throw MalformedVariable("a comma-separated list of calling codes without +, such as 1,49")
        }
        return codes
    }

    /// Whether the number belongs to the country: no calling code is the beginning of another.
    func covers(_ number: PhoneNumber) -> Bool {
        number.text.dropFirst().hasPrefix(digits)
    }
}
