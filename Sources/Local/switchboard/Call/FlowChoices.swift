import Foundation
import Synchronization

/// The branches that a person has chosen for blocks, before they are played: by a block's identifier or its type.
final class FlowChoices: Sendable {
    private static let rule =
        "Write block=branch, with the block's identifier or type, and an operand of its conditions, an error or NextAction."

    private let choices = Mutex<[String: String]>([:])
    private let blocks: @Sendable () -> [String]

    /// - Parameters:
    ///   - choices: Each as `block=branch`. Throws a refusal for another form, and for a block that there is not.
    ///   - blocks: Returns the identifiers of the blocks that may be played, once somebody chooses; none when they are not
    ///     known.
    init(_ choices: [String] = [], blocks: @escaping @Sendable () -> [String] = { [] }) throws {
        self.blocks = blocks
        for choice in choices {
            if let fault = choose(choice) { throw Refusal("--choose \(choice): \(fault)") }
        }
    }

    /// Keeps a choice in the place of an earlier one; without a branch the block is played again.
    ///
    /// Returns the fault of a text of another form, and of a block that there is not.
    func choose(_ text: String) -> String? {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard halves.count == 2, !halves[0].isEmpty else { return Self.rule }
        let blocks = blocks()
        guard blocks.isEmpty || blocks.contains(halves[0]) || FlowBlock.all[halves[0]] != nil else {
            let near = Names.nearest(halves[0], in: blocks).map { " Did you mean \"\($0)\"?" } ?? ""
            return "There is no block \(halves[0]).\(near) The blocks are: \(blocks.joined(separator: ", "))."
        }
        choices.withLock { $0[halves[0]] = halves[1].isEmpty ? nil : halves[1] }
        return nil
    }

    /// Returns the branch that was chosen for an action; nil to play it.
    func choice(for action: ContactFlow.Action) -> String? {
        choices.withLock { $0[action.identifier] ?? $0[action.type] }
    }
}

extension Project {
    /// Returns the identifiers of the blocks of a flow's file, then those of the flows that it may go on with: the files
    /// beside it, and the project's.
    func blocks(of file: URL) -> [String] {
        let folder = file.deletingLastPathComponent()
        let beside = Files.names(in: folder).filter { $0.hasSuffix(".json") }.map { folder.appending(path: $0) }
        var (files, known): (Set<String>, Set<String>) = ([], [])
        return ([file] + beside + flows).filter { files.insert($0.standardizedFileURL.path).inserted }
            .flatMap { (try? CallCommand.read($0).actions.map(\.identifier)) ?? [] }
            .filter { known.insert($0).inserted }
    }
}
