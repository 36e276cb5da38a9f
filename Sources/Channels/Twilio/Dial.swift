import Encoding

/// `<Dial>`: connects the call with a number.
package struct Dial: Sendable, Equatable {
    /// A number that can be dialled: digits, with `+` before them and with common separators.
    package struct Number: Sendable, Equatable {
        package let text: String

        /// The number without the separators, in the form of Twilio's caller ids.
        package var digits: String {
            String(decoding: text.utf8.filter { $0 == UInt8(ascii: "+") || $0.isASCIIDigit }, as: UTF8.self)
        }

        /// Returns nil for less than 3 or more than 15 digits, or with anything but `+`, spaces and `().-` beside them.
        package init?(_ text: String) {
            let digits = text.utf8.filter(\.isASCIIDigit)
            let rest = text.utf8.dropFirst(text.utf8.first == UInt8(ascii: "+") ? 1 : 0)
            guard (3...15).contains(digits.count),
                rest.allSatisfy({ $0.isASCIIDigit || " ().-".utf8.contains($0) })
            else { return nil }
            self.text = text
        }
    }

    package let number: Number

    package init(_ number: Number) {
        self.number = number
    }

    var element: TwiMLElement { TwiMLElement("Dial", text: number.text) }
}
