/// A file of stacks/, or the text that a pattern came to: sections of a template, each with its items.
struct StackFile {
    /// The path in the project, such as `stacks/guide.yaml`.
    let path: String
    private let sections: [StackItem]

    /// The sections of the root alone.
    static let ofTheRoot: Set = ["Groups", "Description", "Metadata", "Globals"]
    /// The sections that any file may have.
    static let ofAll: Set = [
        "Label", "Switch", "Parameters", "Rules", "Conditions", "Uses", "Functions", "Tables", "Resources", "Outputs",
    ]

    /// Parses a text; refuses what is not such a file, and sections other than those in `known`.
    init(_ text: String, path: String, known: Set<String> = ofAll) throws {
        self.path = path
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.enumerated().map {
            index, line in
            StackItem.Line(number: index + 1, text: line.allSatisfy { $0 == " " } ? "" : String(line))
        }
        sections = try StackItem.items(of: lines, in: path)
        if let stray = sections.first(where: { !known.contains($0.name) }) {
            throw Refusal(
                "\(stray.place): there is no section \(stray.name); there are \(known.sorted().joined(separator: ", "))."
            )
        }
    }

    /// The section of that name; nil without one.
    func section(_ name: String) -> StackItem? { sections.first { $0.name == name } }

    /// Returns the items of a section; none without it.
    func items(_ section: String) throws -> [StackItem] { try self.section(section)?.items() ?? [] }

    /// Returns the value of a section that is one line, without its quotation marks.
    func text(_ section: String) throws -> String {
        guard let item = self.section(section) else { throw Refusal("\(path) has no \(section).") }
        return try item.scalar().replacing("\"", with: "")
    }
}
