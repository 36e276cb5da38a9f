import ArgumentParser
import JSON

struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the functions: whether they are built, their size, their events.")

    @Flag(help: "Print a JSON array with an object for each function.")
    var json = false

    func run() async throws {
        let functions = try Project.locate().functions
        guard !json else { return Terminal.print(payload: JSONValue.array(functions.map(Self.json)).bytes) }
        let rows = functions.map { function in
            [
                function.name, function.isBuilt ? "built" : "not built: ./build.sh",
                function.size.map { Self.megabytes($0) } ?? "", "\(function.events.count)",
            ]
        }
        print(Table(heads: ["function", "bootstrap", "size", "events"], rows: rows).text)
    }

    private static func json(_ function: Function) -> JSONValue {
        [
            "name": .string(function.name), "built": .bool(function.isBuilt),
            "bytes": function.size.map { .number("\($0)") } ?? .null,
            "events": .array(function.eventNames.map { .string($0) }),
        ]
    }

    private static func megabytes(_ bytes: Int) -> String {
        let tenths = (bytes * 10 + 500_000) / 1_000_000
        return "\(tenths / 10).\(tenths % 10) MB"
    }
}
