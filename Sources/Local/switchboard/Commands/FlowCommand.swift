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

struct FlowCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Says what Amazon Connect would refuse in a flow, and what goes wrong in a call.",
        discussion: """
            A fault is what CreateContactFlow refuses: a type of block that there is not, a branch, condition or parameter \
            that a block needs or does not take, transitions behind an end, identifiers that are not unique, actions that \
            nothing leads to, more than 250 of them. So is what cannot work: a guide that reads the caller's number from \
            its own contact, $.External.name where the function before does not answer that name (as its expectations \
            under events/ say), and placeholders that were left.

            A note is what Amazon Connect takes and somebody may not have meant: a parameter or a branch that the block's \
            page has otherwise, a block that the flow's type or channel does not allow, a recording that begins before \
            anything is said, an attribute that no flow checked here sets, views and prompts that are too long, a flow \
            that nothing ends.

            ${Name} may stand for what differs by account: see 'switchboard flow render'. Exits with 1 when there is a \
            fault; notes change nothing.
            """)

    @Argument(help: "Flow files. Default: integrations/connect/*.json.", completion: .file(extensions: ["json"]))
    var files: [String] = []

    func run() async throws {
        let project = try Project.locate()
        let answers = try FunctionResponses.all(in: project)
        let template = try project.template()
        let urls = files.isEmpty ? project.flows : try files.map(project.flow)
        let flows = try urls.map { try ContactFlow(Files.read($0, "contact flow"), named: $0.lastPathComponent) }
        let attributes = FlowAttributes(flows)
        var isGood = true
        for (url, flow) in zip(urls, flows) {
            let check = FlowCheck(
                flow: flow, answers: answers, type: template?.flowType(url.deletingPathExtension().lastPathComponent),
                attributesOfOthers: attributes)
            let (faults, notes) = (check.faults, check.notes)
            print("\(url.lastPathComponent): \(Self.summary(flow, faults.count, notes.count))")
            for fault in faults { print("  fault: \(fault)") }
            for note in notes { print("  note: \(note)") }
            isGood = isGood && faults.isEmpty
        }
        guard isGood else { throw ExitCode(1) }
    }

    private static func summary(_ flow: ContactFlow, _ faults: Int, _ notes: Int) -> String {
        let counted = { (count: Int, name: String) in "\(count) \(name)\(count == 1 ? "" : "s")" }
        let found = (faults > 0 ? [counted(faults, "fault")] : ["ok", counted(flow.actions.count, "action")])
        return (found + (notes > 0 ? [counted(notes, "note")] : [])).joined(separator: ", ")
    }
}

struct FlowRenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Prints a flow with an account's values in it, to import into Amazon Connect.",
        discussion: """
              switchboard flow render entry
              switchboard flow render guide --set SendEmail.Arn=arn:aws:… > guide.json

            Without the values that the flow needs, it says which those are.
            """)

    @Argument(help: "The flow: a name from integrations/connect, or a file.", completion: Completions.flows)
    var flow: String

    @Option(name: .customLong("set"), help: "A value, as Name=value; once for each name.")
    var values: [String] = []

    func run() async throws {
        let project = try Project.locate()
        let url = try project.flow(named: flow)
        let document = try ContactFlow(Files.read(url, "contact flow"), named: url.lastPathComponent)
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
    func flow(named name: String) throws -> URL {
        if let match = Names.match(name, in: flowNames) { return flowFolder.appending(path: "\(match).json") }
        let url = URL(filePath: name)
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw Names.refusal("flow", name, in: flowNames)
        }
        return url
    }
}
