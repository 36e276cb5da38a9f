/// The numbering plan of a calling code, after ITU-T Recommendation E.164.
///
/// A trunk prefix is one of the plan as it is today: what a country has given up, as Mexico its 01, is gone. Italy and
/// San Marino have none: the 0 of their numbers is dialled from abroad too, and part of the number.
struct NumberingPlan: Sendable, Equatable {
    let callingCode: String
    /// The digits dialled before a national number; nil where national numbers are dialled as they are.
    let trunkPrefix: String?
}

extension NumberingPlan {
    /// The plan that a number belongs to; nil under a calling code that is not assigned.
    ///
    /// No assigned calling code is the beginning of another, so there is one at most.
    init?(of number: PhoneNumber) {
        let digits = number.text.dropFirst()
        guard let plan = (1...3).lazy.compactMap({ Self.plans[String(digits.prefix($0))] }).first else { return nil }
        self = plan
    }

    /// Every plan, by its calling code.
    static let plans: [String: NumberingPlan] = callingCodesByTrunkPrefix.reduce(into: [:]) { plans, group in
        for code in group.value.split(separator: " ") {
            plans[String(code)] = NumberingPlan(
                callingCode: String(code), trunkPrefix: group.key.isEmpty ? nil : group.key)
        }
    }
}
