import TestSupport

@testable import switchboard

extension TemporaryProject {
    /// The folder, as the command sees a project.
    var project: Project { Project(root: root) }
}
