import ArgumentParser
import Foundation

struct NewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Writes a function: source, test, event, expectation and its lines elsewhere.",
        usage: "switchboard new <Function> [<options>]",
        discussion: """
            The function builds, runs and passes the tests as it is; then put into it what it is for. It is written whole \
            or not at all.

              switchboard new LookupCustomer --connect --salesforce
              switchboard new Rates --http --table
              switchboard new Cleanup --schedule --table

            Without --connect, --http, --alexa or --schedule it takes an event of its own form. With --salesforce it looks \
            a contact up by its phone number; events/<Function>/salesforce.json adds objects, fields and records to the \
            local Salesforce. With --table it counts in a DynamoDB table of its own.
            """)

    @Argument(help: "The function's name, in UpperCamelCase.")
    var name: String

    @Flag(help: "Amazon Connect calls it, from a contact flow.")
    var connect = false

    @Flag(help: "Anybody calls it over HTTP, through the HTTP API.")
    var http = false

    @Flag(help: "Alexa calls it: it is a skill.")
    var alexa = false

    @Flag(help: "EventBridge calls it, every hour.")
    var schedule = false

    @Flag(help: "It reads Salesforce.")
    var salesforce = false

    @Flag(help: "It has a DynamoDB table.")
    var table = false

    @Option(help: "The group of stacks/ that it is deployed with, such as guide. Default: the one that fits.")
    var group: String?

    private var channels: [NewFunction.Channel] {
        let given: [NewFunction.Channel: Bool] = [
            .connect: connect, .http: http, .alexa: alexa, .schedule: schedule,
        ]
        return NewFunction.Channel.allCases.filter { given[$0] == true }
    }

    func validate() throws {
        guard channels.count <= 1 else {
            throw ValidationError("Give one of --connect, --http, --alexa and --schedule, or none of them.")
        }
    }

    func run() async throws {
        let project = try Project.locate()
        let function = NewFunction(
            name: name, channel: channels.first ?? .plain, hasSalesforce: salesforce, hasTable: table)
        try function.check(in: project)
        let files = NewFiles(function: function, project: project, group: group)
        var changes = NewChanges(try files.changes(), in: project.root)
        try await changes.format()
        // The template is made of what was written.
        let root = project.root.appending(path: "\(Stacks.folder)/root.yaml")
        var made: [String] = []
        try changes.write {
            guard FileManager.default.fileExists(atPath: root.path), let text = try project.assembledTemplate() else {
                return [:]
            }
            made = [Template.file]
            return [Template.file: text]
        }
        print("Wrote:")
        for path in (changes.texts.keys + made).sorted() { print("  \(path)") }
        let command = Switchboard.invocation
        let stack = try files.stackFile()
        print("")
        print("Next:")
        print("  ./build.sh \(name)")
        print("  \(command) invoke \(name)")
        print("  \(command) demo \(name) -v")
        if let stack { print("  sam deploy --config-env \(stack.group)    (with that group)") }
        print("  ./build.sh test")
    }
}
