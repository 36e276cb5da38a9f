import ArgumentParser
import Foundation

struct TemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Makes template.yaml of stacks/ and of the contact flows.",
        discussion: """
            stacks/ holds a root, a file for each group of functions, and patterns for what every function gets: its log \
            group, its role, its alarms. The contact flows come from integrations/connect. Run this with --write when one \
            of them has changed; a test and 'switchboard doctor' compare.

              switchboard template --write
              switchboard template | diff template.yaml -
            """)

    @Flag(help: "Write it to template.yaml. Default: print it.")
    var write = false

    func run() async throws {
        let project = try Project.locate()
        guard let text = try project.assembledTemplate() else {
            throw Refusal("There is no \(Stacks.folder)/ in \(project.root.path) to make \(Template.file) of.")
        }
        guard write else { return Terminal.print(payload: Array(text.utf8)) }
        try Data(text.utf8).write(to: project.root.appending(path: Template.file), options: .atomic)
    }
}
