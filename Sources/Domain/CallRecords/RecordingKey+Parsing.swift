import Encoding

extension RecordingKey {
    /// Every kind, the ones with the more specific folder or name first.
    static let kinds: [Kind] =
        [.redactedRecording, .automatedRecording, .recording, .chatTranscript]
        + Medium.allCases.flatMap { medium in
            [(true, true), (true, false), (false, true), (false, false)].map {
                Kind.analysis(medium, isAutomated: $0, isRedacted: $1)
            }
        }

    /// Reads a key as it is in the bucket; nil when it is not a contact's object.
    package init?(_ text: String) {
        let segments = text.parts(at: "/", omittingEmptyParts: false).map(String.init)
        guard segments.count >= 5, let name = segments.last, let day = Day(Array(segments.suffix(4).dropLast())),
            let underscore = name.utf8.firstIndex(of: UInt8(ascii: "_")), let contact = ContactID(name[..<underscore])
        else { return nil }
        let folder = segments.dropLast(4)
        let rest = String(name[underscore...].dropFirst())
        for kind in Self.kinds {
            let own = kind.folder.parts(at: "/").map(String.init)
            guard folder.suffix(own.count).elementsEqual(own), rest.hasPrefix(kind.label), rest.hasSuffix(kind.suffix),
                rest.utf8.count > kind.label.utf8.count + kind.suffix.utf8.count
            else { continue }
            let stamp = String(rest.dropFirst(kind.label.count).dropLast(kind.suffix.count))
            guard kind.takes(stamp) else { continue }
            let prefix = folder.dropLast(own.count).map { $0 + "/" }.joined()
            self.init(prefix: prefix, kind: kind, contact: contact, day: day, stamp: stamp)
            return
        }
        return nil
    }
}

extension RecordingKey.Kind {
    /// Returns true when the kind's files are named with such a stamp; those of kinds never played may have any.
    fileprivate func takes(_ stamp: String) -> Bool {
        switch self {
        case .recording, .automatedRecording: Self.fits(stamp, "00000000T00:00_UTC")
        case .redactedRecording: Self.fits(stamp, "0000-00-00T00:00:00Z")
        case .chatTranscript: true
        // A redacted analysis of Contact Lens is not another kind's stamp.
        case .analysis(_, _, let isRedacted): isRedacted || !stamp.hasPrefix("redacted_")
        }
    }

    /// Returns true when a string has a digit where the pattern has `0`, and the pattern's own character elsewhere.
    private static func fits(_ text: String, _ pattern: String) -> Bool {
        text.utf8.count == pattern.utf8.count
            && zip(text.utf8, pattern.utf8).allSatisfy { byte, wanted in
                wanted == UInt8(ascii: "0") ? byte.isASCIIDigit : byte == wanted
            }
    }
}
