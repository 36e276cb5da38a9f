import ArgumentParser
import Foundation
import JSON
import LocalServices
import Settings

struct FlowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flow", abstract: "Checks Amazon Connect's contact flows, and makes them ready to import.",
        subcommands: [FlowCheckCommand.self, FlowRenderCommand.self])
}

struct FlowRenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Prints a flow with an account's values in it, to import into Amazon Connect.",
        discussion: """
              switchboard flow render entry
              switchboard flow render guide --set SendEmail.Arn=arn:aws:… > guide.json
              switchboard flow render guide --outline

            Without the values that the flow needs, it says which those are. --outline prints the flow as text instead: each \
            action with what is written in it, and each branch with its label. That needs no values.
            """)

    @Argument(help: "The flow: a name from integrations/connect, or a file.", completion: Completions.flows)
    var flow: String

    @Option(name: .customLong("set"), help: "A value, as Name=value; once for each name.")
    var values: [String] = []

    @Flag(help: "Print the flow's actions and branches as text.")
    var outline = false

    func run() async throws {
        let project = try Project.locate()
        let url = try project.flow(named: flow)
        let document = try ContactFlow(Files.read(url, "contact flow"), named: url.lastPathComponent)
        if outline {
            print(FlowOutline(flow: document).lines.joined(separator: "\n"))
            return
        }
        let pairs = try values.map { try Self.pair($0) }
        let open = FlowVariables.names(of: document.json)
        if let unknown = pairs.map(\.0).first(where: { !open.contains($0) }) {
            throw Names.refusal("variable", unknown, in: open, of: " in this flow")
        }
        let filled = try FlowVariables.filled(document.json, Dictionary(pairs, uniquingKeysWith: { $1 }))
        Terminal.print(payload: filled.bytes)
    }

    /// Returns the two halves of `Name=value`, which an option gives.
    static func pair(_ text: String, of option: String = "--set") throws -> (String, String) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex,
            text.index(after: equals) != text.endIndex
        else { throw Refusal("\(option) \(text) must be Name=value.") }
        return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }
}

/// The members of functions' responses, from the expectations of their events.
enum FunctionResponses {
    static func all(in project: Project) throws -> [String: Set<String>] {
        var answers: [String: Set<String>] = [:]
        for function in project.functions {
            answers[function.name] = []
            guard let file = function.expectationFile else { continue }
            for expectation in try ExpectedResult.read(file).values {
                for case .answer(let fields)? in [expectation.first, expectation.second] {
                    answers[function.name, default: []].formUnion(fields.keys)
                }
            }
        }
        return answers
    }
}

extension Project {
    private var flowFolder: URL { root.appending(path: "integrations/connect") }

    /// The contact flows of integrations/connect.
    var flows: [URL] {
        Files.names(in: flowFolder).filter { $0.hasSuffix(".json") }.map { flowFolder.appending(path: $0) }
    }

    /// The names of those flows.
    var flowNames: [String] { flows.map { $0.deletingPathExtension().lastPathComponent } }

    /// A flow by its name, in any case, or by its path.
    func flow(named name: String) throws(Refusal) -> URL {
        if let match = Names.match(name, in: flowNames) { return flowFolder.appending(path: "\(match).json") }
        let url = URL(filePath: name)
        guard FileManager.default.fileExists(atPath: url.path) else {
            guard name.contains("/") || name.hasSuffix(".json") else {
                throw Names.refusal("flow", name, in: flowNames)
            }
            throw Refusal("The contact flow \(name) cannot be read: it does not exist.")
        }
        return url
    }
}
