import JSON
import Telephony

/// The rules by which `GetParticipantInput` stores keys.
///
/// "Flow block: Store customer input" in the Amazon Connect Administrator Guide: `*` deletes the keys before it unless
/// that is switched off, a sequence ends the input (`#` without one), and so does the maximum length. An input without
/// keys is `Timeout`. A phone number is stored in E.164.
struct StoredInput {
    enum Result: Equatable {
        /// The value of `$.StoredCustomerInput`, and the number of keys that came after the input had ended.
        case stored(String, ignored: Int)
        /// Keys that do not make a phone number of the wanted form.
        case invalid
    }

    /// The form of phone number that is wanted.
    enum NumberForm: Equatable {
        case international
        /// A national number of the region with that code, such as `DE`.
        case national(String)
    }

    private let longest: Int?
    private let number: NumberForm?
    private let end: String
    private let deletes: Bool

    /// Creates the rules of a block; nil for one that stores nothing.
    init?(_ action: ContactFlow.Action, _ contact: FlowContact) {
        guard action.has("StoreInput", "True") else { return nil }
        let keys = action.parameters["DTMFConfiguration"]
        let end = contact.text(keys?["InputTerminationSequence"])
        self.end = end.isEmpty ? "#" : end
        deletes = keys?["DisableCancelKey"]?.scalarText?.lowercased() != "true"
        longest = Int(contact.text(action.parameter("InputValidation.CustomValidation.MaximumLength")))
        number = action.parameter("InputValidation.PhoneNumberValidation").map { validation in
            validation["NumberFormat"]?.string == "Local"
                ? .national(validation["CountryCode"]?.string ?? "") : .international
        }
    }

    /// The keys that can be typed, in words.
    var hint: String {
        switch number {
        case .national(let region): "a phone number as it is dialled in \(region)"
        case .international: "a phone number with its country code"
        case nil: longest.map { "at most \($0) keys" } ?? "keys"
        }
    }

    /// Returns what is stored for keys; empty for silence.
    func result(of typed: String) -> Result {
        var keys = ""
        var ignored = 0
        for (index, key) in typed.enumerated() {
            keys.append(key)
            let isEnd = keys.hasSuffix(end)
            if isEnd { keys.removeLast(end.count) }
            if key == "*", deletes, !isEnd { keys = "" }
            if isEnd || keys.count == longest {
                ignored = typed.count - index - 1
                break
            }
        }
        guard !keys.isEmpty else { return .stored("Timeout", ignored: ignored) }
        let stored: String?
        switch number {
        case nil: stored = keys
        case .international: stored = PhoneNumber("+\(keys)")?.text
        case .national(let region):
            let country = RegionCodes.callingCode(of: region).flatMap(CallingCode.init(parsing:))
            let national = country.flatMap { PhoneNumber(keys, defaultCountry: $0)?.text }
            // North America's numbers have ten digits.
            stored = country?.digits == "1" && national?.count != 12 ? nil : national
        }
        return stored.map { .stored($0, ignored: ignored) } ?? .invalid
    }
}
