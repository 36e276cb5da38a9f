package import AWS
import Calling
package import Settings

/// The settings of recordings' links, the same for all that make and check them.
package struct RecordingLinkSettings: Sendable {
    /// `RECORDING_LINK_BASE_URL`, without a slash at its end.
    package var base: String
    /// `RECORDING_LINK_SECRET_ARN`, or `RECORDING_LINK_SECRET` and `RECORDING_LINK_SECRET_PREVIOUS`.
    package var secret: KeyedSecret
    /// `RECORDING_LINK_DAYS`; nil for links that do not expire.
    package var days: Int?
}

extension RecordingLinkSettings {
    /// A field of type URL has room for 255 characters; the rest of a link to a UUID takes 117.
    private static let longestBase = 138
    /// The same with `exp=`, ten digits and `&`.
    private static let longestExpiringBase = 123
    private static let possibleDays = 1...3650

    /// Reads all settings.
    package static var variable: Variable<RecordingLinkSettings> {
        Variable { environment, faults in
            let isExpiring = environment["RECORDING_LINK_DAYS"] != nil
            let values = environment.read(
                &faults, base(longest: isExpiring ? longestExpiringBase : longestBase), secret,
                .optional(
                    "RECORDING_LINK_DAYS",
                    expecting: "a whole number from \(possibleDays.lowerBound) to \(possibleDays.upperBound)",
                    parse: { text in Int(text).flatMap { possibleDays.contains($0) ? $0 : nil } }))
            return values.map { RecordingLinkSettings(base: $0, secret: $1, days: $2) }
        }
    }

    /// The variable that names the secret.
    package static let secretName = "RECORDING_LINK_SECRET_ARN"

    private static var secret: Variable<KeyedSecret> {
        KeyedSecret.variable(
            secretName,
            .init(LinkSecret.name, "a long random text that signs the links", minimumLength: LinkSecret.minimumLength),
            .init(
                LinkSecret.previousName, "the one before it", minimumLength: LinkSecret.minimumLength, isOptional: true)
        )
    }

    private static func base(longest: Int) -> Variable<String> {
        .required(
            "RECORDING_LINK_BASE_URL", "the public URL of this function's HTTP trigger",
            expecting: "\(Endpoint.outsideExpectation); it has at most \(longest) characters",
            parse: { parsed($0, longest: longest) })
    }

    private static func parsed(_ text: String, longest: Int) -> String? {
        guard Endpoint(outside: text) != nil,
            // What Endpoint would encode stands in the links as it is.
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        var base = text[...]
        while base.utf8.last == UInt8(ascii: "/") { base.removeLast() }
        return base.utf8.count <= longest ? String(base) : nil
    }
}
