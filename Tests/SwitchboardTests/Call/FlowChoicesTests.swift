import Foundation
import Synchronization
import TestSupport
import Testing

@testable import switchboard

struct FlowChoicesTests {
    @Test func `a block that there is not is refused with the nearest, and types are always there`() throws {
        let choices = try FlowChoices(blocks: { ["Look up", "Hours"] })
        #expect(choices.choose("Hours=False") == nil && choices.choose("CheckHoursOfOperation=False") == nil)
        let fault = choices.choose("Houers=False")
        #expect(fault?.contains("There is no block Houers. Did you mean \"Hours\"?") == true)
        #expect(fault?.contains("The blocks are: Look up, Hours.") == true)
        #expect(throws: Refusal.self) { _ = try FlowChoices(["Nope=1"], blocks: { ["Hours"] }) }
    }

    @Test func `flows are read once somebody chooses`() throws {
        let count = Mutex(0)
        let choices = try FlowChoices(blocks: {
            count.withLock { $0 += 1 }
            return ["Hours"]
        })
        #expect(count.withLock { $0 } == 0)
        #expect(choices.choose("Hours=False") == nil)
        #expect(count.withLock { $0 } == 1)
    }

    @Test func `the blocks of a flow come first, and each once`() throws {
        let project = Project(root: TestProcess.root)
        let blocks = project.blocks(of: try project.flow(named: "data-dip"))
        let own = try CallCommand.read(project.flow(named: "data-dip")).actions.map(\.identifier)
        #expect(Array(blocks.prefix(own.count)) == own)
        #expect(Set(blocks).count == blocks.count && blocks.count > own.count)
    }
}
