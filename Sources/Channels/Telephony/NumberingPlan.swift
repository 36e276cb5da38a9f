/// The calling codes of ITU-T Recommendation E.164, and the trunk prefixes that are dialled before national numbers.
///
/// A trunk prefix is one of the numbering plan as it is today: what a country has given up, as Mexico its 01, is gone.
/// Italy and San Marino have none: the 0 of their numbers is dialled from abroad too, and part of the number.
enum CallingCodes {
    struct Code: Sendable, Equatable {
        let digits: String
        /// Nil where national numbers are dialled as they are.
        let trunkPrefix: String?
    }

    /// The calling code that a number begins with; `digits` is the number in E.164 without its plus.
    ///
    /// No code is the beginning of another, so there is one at most.
    static func code(of digits: String) -> Code? {
        (1...3).lazy.compactMap { codes[String(digits.prefix($0))] }.first
    }

    /// Every code, by its digits.
    static let codes: [String: Code] = byTrunkPrefix.reduce(into: [:]) { codes, group in
        for digits in group.value.split(separator: " ") {
            codes[String(digits)] = Code(
                digits: String(digits), trunkPrefix: group.key.isEmpty ? nil : group.key)
        }
    }
}
