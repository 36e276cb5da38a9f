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
