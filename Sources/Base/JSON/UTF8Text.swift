/// Checks of UTF-8 that copy nothing, and strings of text that has been checked.
enum UTF8Text {
    /// Returns true when the bytes are UTF-8.
    static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.withMemoryRebound(to: UInt8.self) { bytes in
            do {
                _ = try UTF8Span(validating: bytes.span)
                return true
            } catch {
                return false
            }
        }
    }

    /// Returns the string of bytes that are UTF-8: a part of a text that `isValid` has passed, or made of its escapes.
    static func string(_ bytes: UnsafeRawBufferPointer) -> String {
        bytes.withMemoryRebound(to: UInt8.self) { unsafe String(copying: UTF8Span(unchecked: $0.span)) }
    }
}
