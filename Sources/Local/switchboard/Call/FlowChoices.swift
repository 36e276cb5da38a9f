import Foundation
import Synchronization

/// The branches that a person has chosen for blocks, before they are played: by a block's identifier or its type.
final class FlowChoices: Sendable {
    private let choices = Mutex<[String: String]>([:])

    /// - Parameter choices: Each as `block=branch`. Throws a refusal for another form.
    init(_ choices: [String] = []) throws {
        for choice in choices {
            guard choose(choice) else { throw Refusal("--choose \(choice): \(Self.rule)") }
        }
    }

    static let rule =
        "Write block=branch, with the block's identifier or type, and an operand of its conditions, an error or NextAction."

    /// Keeps a choice in the place of an earlier one; without a branch the block is played again.
    ///
    /// Returns false for a text of another form.
    func choose(_ text: String) -> Bool {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard halves.count == 2, !halves[0].isEmpty else { return false }
        choices.withLock { $0[halves[0]] = halves[1].isEmpty ? nil : halves[1] }
        return true
    }

    /// Returns the branch that was chosen for an action; nil to play it.
    func choice(for action: ContactFlow.Action) -> String? {
        choices.withLock { $0[action.identifier] ?? $0[action.type] }
    }
}
