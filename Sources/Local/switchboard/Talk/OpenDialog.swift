import JSON
import LocalServices
import Settings

/// The intent that a conversation is about, with what is known so far.
struct OpenDialog: Equatable {
    struct Slot: Equatable {
        var value: String?
        var confirmation = "NONE"
    }

    /// The question that the person's next reply belongs to.
    enum Question: Equatable {
        case value(of: String)
        case confirmation(of: String)
        case intentConfirmation
    }

    enum Step: Equatable {
        case ask(Question, prompt: String)
        case complete
    }

    var intent: String
    var slots: [String: Slot]
    var confirmation = "NONE"
    /// `STARTED`, `IN_PROGRESS` or `COMPLETED`; nil for an intent without a dialog model.
    var progress: String?
    var question: Question?

    init(_ match: UtteranceMatcher.Match, _ model: InteractionModel) {
        intent = match.intent
        slots = (model.intent(match.intent)?.slots ?? []).reduce(into: [:]) {
            $0[$1.name] = Slot(value: match.slots[$1.name])
        }
        progress = model.dialog(of: match.intent) == nil ? nil : "STARTED"
    }

    /// Returns Alexa's own step when the skill delegates: the next question of the dialog model, or none left.
    mutating func next(_ model: InteractionModel) -> Step {
        guard let dialog = model.dialog(of: intent) else { return .complete }
        for slot in dialog.slots ?? [] {
            if slots[slot.name]?.confirmation == "DENIED" {
                slots[slot.name] = Slot()
            }
            if slots[slot.name]?.value == nil {
                guard slot.elicitationRequired == true else { continue }
                return .ask(.value(of: slot.name), prompt: model.prompt(slot.prompts?.elicitation, slots))
            }
            if slot.confirmationRequired == true, slots[slot.name]?.confirmation == "NONE" {
                return .ask(.confirmation(of: slot.name), prompt: model.prompt(slot.prompts?.confirmation, slots))
            }
        }
        if dialog.confirmationRequired == true, confirmation == "NONE" {
            return .ask(.intentConfirmation, prompt: model.prompt(dialog.prompts?.confirmation, slots))
        }
        return .complete
    }

    /// Applies the `updatedIntent` of a directive.
    mutating func update(_ updated: JSONValue?, _ model: InteractionModel) {
        guard let updated, let name = updated["name"]?.string else { return }
        if intent != name {
            // Another intent's dialog begins here: intent chaining.
            self = OpenDialog(.init(intent: name, slots: [:]), model)
            progress = progress.map { _ in "IN_PROGRESS" }
        }
        confirmation = updated["confirmationStatus"]?.string ?? "NONE"
        slots = slots.merging(
            (updated["slots"]?.object ?? [:]).mapValues {
                Slot(value: $0["value"]?.string, confirmation: $0["confirmationStatus"]?.string ?? "NONE")
            }
        ) { $1 }
    }
}
