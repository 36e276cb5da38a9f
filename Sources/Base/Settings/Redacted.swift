/// A value that must not reach a log or an error message: printing it shows at most its last two characters.
///
/// Interpolation, `String(describing:)`, `dump` and log metadata all print the mask; `value` is the only way in.
package struct Redacted<Value: Sendable & CustomStringConvertible>: Sendable {
    package let value: Value

    package init(_ value: Value) {
        self.value = value
    }
}

extension Redacted: Equatable where Value: Equatable {}
extension Redacted: Hashable where Value: Hashable {}

extension Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `…42` for a value of at least eight characters, `…` for a shorter one.
    package var description: String {
        let text = value.description
        return text.count < 8 ? "…" : "…\(text.suffix(2))"
    }

    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
