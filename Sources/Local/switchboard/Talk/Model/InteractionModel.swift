import Foundation
import LocalServices

/// An Alexa skill's interaction model for one locale, as far as a conversation needs it.
///
/// Amazon's page: "Interaction Model Schema".
struct InteractionModel: Sendable, Decodable {
    struct LanguageModel: Sendable, Decodable {
        let invocationName: String
        let intents: [Intent]
        let types: [SlotType]?
    }

    struct Intent: Sendable, Decodable {
        let name: String
        let slots: [Slot]?
        let samples: [String]?
    }

    struct Slot: Sendable, Decodable {
        let name: String
        let type: String
        let samples: [String]?
    }

    struct SlotType: Sendable, Decodable {
        struct Value: Sendable, Decodable {
            struct Name: Sendable, Decodable {
                let value: String
                let synonyms: [String]?
            }
            let id: String?
            let name: Name
        }
        let name: String
        let values: [Value]?
    }

    struct Dialog: Sendable, Decodable {
        let delegationStrategy: String?
        let intents: [DialogIntent]?
    }

    struct DialogIntent: Sendable, Decodable {
        let name: String
        let delegationStrategy: String?
        let confirmationRequired: Bool?
        let prompts: Prompts?
        let slots: [DialogSlot]?
    }

    struct DialogSlot: Sendable, Decodable {
        let name: String
        let elicitationRequired: Bool?
        let confirmationRequired: Bool?
        let prompts: Prompts?
    }

    struct Prompts: Sendable, Decodable {
        let elicitation: String?
        let confirmation: String?
    }

    struct Prompt: Sendable, Decodable {
        struct Variation: Sendable, Decodable {
            let type: String
            let value: String
        }
        let id: String
        let variations: [Variation]
    }

    private struct File: Decodable {
        let interactionModel: InteractionModel
    }

    let languageModel: LanguageModel
    let dialog: Dialog?
    let prompts: [Prompt]?

    /// Reads a model file; throws a refusal that states its fault.
    static func read(_ url: URL) throws -> InteractionModel {
        do {
            return try JSONDecoder().decode(File.self, from: Data(try Files.read(url, "interaction model")))
                .interactionModel
        } catch let error as DecodingError {
            throw Refusal("\(url.path) is not a valid interaction model: \(PlainError.reason(of: error)).")
        }
    }

    func intent(_ name: String) -> Intent? {
        languageModel.intents.first { $0.name == name }
    }

    /// The dialog model of an intent; nil when it has none.
    func dialog(of intent: String) -> DialogIntent? {
        dialog?.intents?.first { $0.name == intent }
    }

    /// Returns true when Alexa asks for missing slots by itself, before the skill gets the intent.
    func isDelegated(_ intent: DialogIntent) -> Bool {
        (intent.delegationStrategy ?? dialog?.delegationStrategy ?? "ALWAYS") == "ALWAYS"
    }

    /// The first variation of a prompt, its slots filled in; a sentence about the fault when there is none.
    func prompt(_ id: String?, _ slots: [String: OpenDialog.Slot]) -> String {
        guard let id, let text = prompts?.first(where: { $0.id == id })?.variations.first?.value else {
            return "(The model has no prompt \(id ?? "here").)"
        }
        return slots.reduce(SpokenText.plain(text)) { $0.replacing("{\($1.key)}", with: $1.value.value ?? "") }
    }
}
