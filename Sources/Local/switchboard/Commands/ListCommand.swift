import ArgumentParser

struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the functions: whether they are built, their size, their events.")

    func run() async throws {
        let rows = try Project.locate().functions.map { function in
            [
                function.name, function.isBuilt ? "built" : "not built: ./build.sh",
                function.size.map { Self.megabytes($0) } ?? "", "\(function.events.count)",
            ]
        }
        print(Table(heads: ["function", "bootstrap", "size", "events"], rows: rows).text)
    }

    private static func megabytes(_ bytes: Int) -> String {
        let tenths = (bytes * 10 + 500_000) / 1_000_000
        return "\(tenths / 10).\(tenths % 10) MB"
    }
}
