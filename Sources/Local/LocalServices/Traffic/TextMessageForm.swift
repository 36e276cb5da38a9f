/// The encoding and the number of parts of a text message, as carriers count them (3GPP TS 23.038 and 23.040).
package struct TextMessageForm: Equatable {
    /// `GSM-7` or `UCS-2`.
    package let encoding: String
    package let parts: Int

    private static let basic = Set(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
            .unicodeScalars + "abcdefghijklmnopqrstuvwxyzäöñüà".unicodeScalars)
    private static let extended = Set("\u{0C}^{}\\[~]|€".unicodeScalars)

    package init(_ text: String) {
        let scalars = text.unicodeScalars
        let isBasic = scalars.allSatisfy { Self.basic.contains($0) || Self.extended.contains($0) }
        encoding = isBasic ? "GSM-7" : "UCS-2"
        let widths =
            isBasic ? scalars.map { Self.extended.contains($0) ? 2 : 1 } : scalars.map { $0.value > 0xFFFF ? 2 : 1 }
        let (single, multiple) = isBasic ? (160, 153) : (70, 67)
        guard widths.reduce(0, +) > single else {
            parts = 1
            return
        }
        // A character of two units is not cut in two.
        var (count, filled) = (1, 0)
        for width in widths {
            if filled + width > multiple { (count, filled) = (count + 1, 0) }
            filled += width
        }
        parts = count
    }
}
