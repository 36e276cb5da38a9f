import ArgumentParser
import Foundation
import LocalServices

struct FlowCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Says what Amazon Connect would refuse in a flow, and what goes wrong in a call.",
        discussion: """
            A fault is what CreateContactFlow refuses: a type of block that there is not, a branch, condition or parameter \
            that a block needs or does not take, transitions after an end, identifiers that are not unique or that Amazon \
            Connect forbids, actions that nothing leads to, more than 250 of them. So is what cannot work: a guide that \
            reads the caller's number from its own contact, $.External.name where the function before does not answer that \
            name (as its expectations under events/ say), SSML that is not well-formed, a member that an object has twice, \
            and placeholders that were left.

            A note is what Amazon Connect takes and somebody may not have meant: a parameter, a branch or an operator that \
            the block's page has otherwise, a block that the flow's type or channel does not allow, a recording that begins \
            before anything is said, an attribute that no flow checked here sets, views and prompts that are too long, a \
            number or domain that is reserved for examples, a flow that nothing ends.

            Files are JSON in UTF-8; a byte order mark is passed over, and noted. What cannot be read is named, and the \
            other files are checked all the same. ${Name} may stand for what differs by account: see 'switchboard flow \
            render'. Exits with 1 when there is a fault or a file that cannot be read; notes change nothing.
            """)

    @Argument(help: "Flow files. Default: integrations/connect/*.json.", completion: .file(extensions: ["json"]))
    var files: [String] = []

    func run() async throws {
        let project = try Project.locate()
        let answers = try FunctionResponses.all(in: project)
        let template = try project.template()
        let readings = (files.isEmpty ? project.flows.map(\.path) : files).map { Reading($0, in: project) }
        let isAmbiguous = Set(readings.map(\.name)).count < readings.count
        let attributes = FlowAttributes(readings.compactMap { try? $0.flow.get() })
        var isGood = true
        for reading in readings {
            let name = isAmbiguous ? reading.file : reading.name
            switch reading.flow {
            case .failure(let refusal):
                print("\(name): cannot be checked\n  fault: \(refusal)")
                isGood = false
            case .success(let flow):
                let check = FlowCheck(
                    flow: flow, answers: answers, type: template?.flowType(reading.flowName),
                    attributesOfOthers: attributes)
                let (faults, notes) = (check.faults, check.notes)
                print("\(name): \(Self.summary(flow, faults.count, notes.count))")
                for fault in faults { print("  fault: \(fault)") }
                for note in notes { print("  note: \(note)") }
                isGood = isGood && faults.isEmpty
            }
        }
        guard isGood else { throw ExitCode(1) }
    }

    /// A file that was given, and its flow or the reason why there is none.
    private struct Reading {
        let file: String
        let name: String
        /// The name that a flow of integrations/connect has.
        let flowName: String
        let flow: Result<ContactFlow, Refusal>

        init(_ file: String, in project: Project) {
            self.file = file
            let url = Result { () throws(Refusal) in try project.flow(named: file) }
            let path = (try? url.get()) ?? URL(filePath: file)
            name = path.lastPathComponent
            flowName = path.deletingPathExtension().lastPathComponent
            flow = url.flatMap { url in
                Result { () throws(Refusal) in
                    try ContactFlow(FlowFile.bytes(of: url), named: url.lastPathComponent)
                }
            }
        }
    }

    private static func summary(_ flow: ContactFlow, _ faults: Int, _ notes: Int) -> String {
        let counted = { (count: Int, name: String) in "\(count) \(name)\(count == 1 ? "" : "s")" }
        let found = (faults > 0 ? [counted(faults, "fault")] : ["ok", counted(flow.actions.count, "action")])
        return (found + (notes > 0 ? [counted(notes, "note")] : [])).joined(separator: ", ")
    }
}
