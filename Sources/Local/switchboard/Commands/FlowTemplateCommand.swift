import ArgumentParser
import Foundation

struct FlowTemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Prints the flows as resources of template.yaml.",
        discussion: """
            AWS::Connect::ContactFlow holds a flow as text, so template.yaml has a copy of integrations/connect. Run this \
            with --write when a flow has changed; a test compares the two.
            """)

    @Flag(help: "Put them into template.yaml, in the place of those that are there.")
    var write = false

    func run() async throws {
        let project = try Project.locate()
        let resources = try project.flowResources()
        guard write else { return Terminal.print(payload: Array(try resources.section().utf8)) }
        let url = project.root.appending(path: Template.file)
        let text = String(decoding: try Files.read(url, "template"), as: UTF8.self)
        try Data(try resources.replaced(in: text).utf8).write(to: url, options: .atomic)
    }
}
