import TestSupport

@testable import switchboard

extension TemporaryProject {
    /// The folder as a project of the command.
    var project: Project { Project(root: root) }
}
