/// The text of an SMS, with the number of segments that it is sent and billed in.
///
/// A segment holds 160 septets of the GSM 7-bit alphabet, or 153 when there are several; a text with any other
/// character is sent as UCS-2: 70 UTF-16 units a segment, or 67. A character of two septets or units is never split
/// across segments. 3GPP TS 23.038, section 6.2.1; Amazon SNS Developer Guide, "Publishing to a mobile phone".
struct SMSText: Sendable, Equatable {
    /// The maximum number of characters that both services accept in one message.
    static let maximumCharacters = 1_600
    /// The maximum number of bytes in UTF-8 that Amazon SNS accepts in one Publish to a phone number.
    static let maximumBytes = 1_600

    let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The length in Unicode characters (scalars), which the limit of 1,600 counts.
    var characters: Int { text.unicodeScalars.count }

    /// The length in UTF-8.
    var bytes: Int { text.utf8.count }

    /// True when every character is in the GSM 7-bit default alphabet or its extension table.
    var isGSM7: Bool { text.unicodeScalars.allSatisfy { GSM7.septets(of: $0) != nil } }

    /// The number of segments; 1 for an empty text.
    var parts: Int {
        let septets = text.unicodeScalars.map { GSM7.septets(of: $0) }
        if septets.contains(nil) {
            return Self.parts(of: text.unicodeScalars.map { UTF16.width($0) }, single: 70, several: 67)
        }
        return Self.parts(of: septets.compactMap(\.self), single: 160, several: 153)
    }

    /// Fills one segment after the other with characters of the given widths.
    private static func parts(of widths: [Int], single: Int, several: Int) -> Int {
        guard widths.reduce(0, +) > single else { return 1 }
        var parts = 1
        var used = 0
        for width in widths {
            if used + width > several {
                parts += 1
                used = 0
            }
            used += width
        }
        return parts
    }
}

/// The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, section 6.2.1).
enum GSM7 {
    /// 1 for a character of the default alphabet, 2 for one of the extension table, nil for any other.
    static func septets(of scalar: Unicode.Scalar) -> Int? {
        if alphabet.contains(scalar) { return 1 }
        return extensions.contains(scalar) ? 2 : nil
    }

    private static let alphabet = Set(
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars)

    /// Sent behind an escape, so each takes two septets.
    private static let extensions = Set("\u{0C}^{}\\[~]|€".unicodeScalars)
}
