import Encoding

/// `<Say>`: speaks a text.
package struct Say: Sendable, Equatable {
    /// A language that Twilio speaks, such as `en-US`.
    package struct Language: Sendable, Equatable {
        package let tag: String

        /// Returns nil for a tag without a language of two or three letters and a region of two letters or three
        /// digits.
        package init?(_ tag: String) {
            let parts = tag.parts(at: "-", omittingEmptyParts: false).map(\.utf8)
            guard parts.count == 2, (2...3).contains(parts[0].count),
                parts[0].allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
            else { return nil }
            let letters = parts[1].allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
            let digits = parts[1].allSatisfy(\.isASCIIDigit)
            guard (letters && parts[1].count == 2) || (digits && parts[1].count == 3) else { return nil }
            self.tag = tag
        }
    }

    package let text: String
    /// The language; nil for Twilio's own default.
    package let language: Language?

    package init(_ text: String, language: Language? = nil) {
        self.text = text
        self.language = language
    }

    var element: TwiMLElement { TwiMLElement("Say", [("language", language?.tag)], text: text) }
}

/// `<Pause>`: silence.
package struct Pause: Sendable, Equatable {
    package let seconds: Int

    /// Takes 1 to 60 seconds; values outside are clamped.
    package init(seconds: Int) {
        self.seconds = min(max(seconds, 1), 60)
    }

    var element: TwiMLElement { TwiMLElement("Pause", [("length", "\(seconds)")]) }
}
