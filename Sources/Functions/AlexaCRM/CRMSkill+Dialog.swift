import Alexa
import JSON

/// The question that is open while a lead is taken down: help, and words that were not understood, answer and ask it again.
///
/// Alexa sends such an intent by itself, without the slots so far; they are in a session attribute, and come back as the
/// directive's `updatedIntent`.
extension CRMSkill {
    /// The session attribute of the lead whose values are being asked for: its slots.
    private static let open = "openLead"
    private static let slots = ["firstName", "lastName", "company"]

    /// Keeps the values so far.
    func open(_ intent: Intent, _ input: HandlerInput) {
        var values: [String: JSONValue] = [:]
        for name in Self.slots {
            guard intent.slots[name]?.confirmationStatus != .denied else { continue }
            values[name] = intent.value(of: name).map(JSONValue.string)
        }
        // Without a session there is no later turn.
        try? input.attributes.setSession(Self.open, .object(values))
    }

    /// True while the values of a lead are being asked for.
    func isTakingDown(_ input: HandlerInput) -> Bool { input.attributes[session: Self.open] != nil }

    /// Forgets them: no question of that lead is open any more.
    func leave(_ input: HandlerInput) {
        try? input.attributes.setSession(Self.open, nil)
    }

    /// Returns the question for a value that is missing.
    func question(_ gap: NewLead.Gap, _ input: HandlerInput) -> Response {
        switch gap {
        case .lastName: Self.ask(input, .whichName, again: .whichName).directive(.elicitSlot("lastName"))
        case .company: Self.ask(input, .whichCompany, again: .whichCompany).directive(.elicitSlot("company"))
        }
    }

    /// Returns what helps with the open question, with the question; nil when none is open.
    ///
    /// - Parameter reason: `help`, or `fallback` for words that were not understood.
    func askAgain(_ input: HandlerInput, _ reason: CRMSentence) -> Response? {
        if let lead = input.attributes[session: Self.pending].flatMap(NewLead.init) {
            let sentence: CRMSentence = reason == .help ? .helpConfirm : .confirmAgain
            return Self.ask(input, sentence, again: .confirm, lead.spoken)
                .directive(.confirmIntent(updatedIntent: Self.intent(lead.json)))
        }
        guard let values = input.attributes[session: Self.open] else { return nil }
        let intent = Self.intent(values)
        if values["lastName"] == nil {
            return Self.ask(input, reason == .help ? .helpName : .nameAgain, again: .whichName)
                .directive(.elicitSlot("lastName", updatedIntent: intent))
        }
        return Self.ask(input, reason == .help ? .helpCompany : .companyAgain, again: .whichCompany)
            .directive(.elicitSlot("company", updatedIntent: intent))
    }

    /// Returns the intent with those values in its slots.
    private static func intent(_ values: JSONValue) -> Intent {
        var intent = Intent(name: "CreateLeadIntent")
        for name in slots { intent.slots[name] = Slot(name: name, value: values[name]?.string) }
        return intent
    }
}
