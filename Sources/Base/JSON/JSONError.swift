/// A fault in a JSON text, or a place where it does not fit the Swift type that it is decoded into.
///
/// It names the place by offset or by path, never the value found there: that may be personal data.
package enum JSONError: Error, Equatable, Sendable {
    case empty
    case notUTF8
    /// Not JSON (RFC 8259) at a byte offset of a text of `count` bytes.
    case malformed(offset: Int, count: Int)
    /// Deeper than the reader's limit, or with a number beyond the range of a double.
    case beyondLimits
    /// A required member that is absent.
    case missing(path: String)
    /// A null where the type does not allow one; an empty path is the whole text.
    case null(path: String)
    /// A value of another type than `type`; an empty path is the whole text.
    case mismatch(path: String, type: String)
    /// A value of the right JSON type that the Swift type rejects; an empty path is an unknown place.
    case unfit(path: String)

    /// Returns one sentence that begins with `subject`, such as "The event".
    package func description(of subject: String) -> String {
        switch self {
        case .empty: "\(subject) is empty: send a JSON value."
        case .notUTF8: "\(subject) is not JSON: it is not UTF-8."
        case .malformed(let offset, let count):
            "\(subject) is not JSON: there is a fault at byte \(offset) of \(count)."
        case .beyondLimits: "\(subject) is nested too deep, or has a number that is too large."
        case .missing(let path): "\(subject) has no `\(path)`."
        case .null(let path): "\(subject)'s \(place(path)) is null."
        case .mismatch(let path, let type): "\(subject)'s \(place(path)) is not of type \(type)."
        case .unfit(""): "A value of \(lowercased(subject)) does not fit its type."
        case .unfit(let path): "\(subject)'s \(place(path)) is malformed."
        }
    }

    private func place(_ path: String) -> String { path.isEmpty ? "value" : "`\(path)`" }

    private func lowercased(_ subject: String) -> String { subject.prefix(1).lowercased() + subject.dropFirst() }
}

extension JSONError: CustomStringConvertible {
    package var description: String { description(of: "The JSON text") }
}
