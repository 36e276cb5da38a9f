import Foundation
import LambdaRuntime

/// The folder stacks/, of which template.yaml is made: a root, a file for each group of functions, and patterns for what
/// every function and every table gets.
///
/// Texts are put together, not values, so that comments stay.
struct Stacks {
    /// A group of functions, as stacks/<name>.yaml has it.
    struct Group {
        let name: String
        let file: StackFile
        let functions: [StackFunction]
    }

    static let folder = "stacks"
    /// The end of a sentence on a template.yaml that is another text than the folder comes to.
    static let staleness = "is not what \(folder)/ comes to: run switchboard template --write"

    let root: Group
    /// The sets that entries name in their Uses.
    let uses: [String: StackItem]
    /// The groups in the root's order, those without functions too.
    let groups: [Group]
    let patterns: [String: StackPattern]

    /// Parses the folder; refuses a file that the root does not name, and one that is not understood.
    init(_ url: URL) throws {
        func text(_ path: String) throws -> String {
            String(decoding: try Files.read(url.appending(path: path), "template's part"), as: UTF8.self)
        }
        func file(_ name: String, _ known: Set<String>) throws -> StackFile {
            let path = "\(Self.folder)/\(name).yaml"
            _ = try YAMLText.value(Array(try text("\(name).yaml").utf8), named: path)
            return try StackFile(text("\(name).yaml"), path: path, known: known)
        }
        let root = try file("root", StackFile.ofAll.union(StackFile.ofTheRoot))
        let names = try root.section("Groups")?.list() ?? []
        let strays = Files.names(in: url).filter { $0.hasSuffix(".yaml") }
            .map { String($0.dropLast(".yaml".count)) }.filter { $0 != "root" && !names.contains($0) }
        guard strays.isEmpty else {
            throw Refusal("\(Self.folder)/\(strays[0]).yaml is not among the Groups of \(root.path): name it there.")
        }
        let files = [("root", root)] + (try names.map { ($0, try file($0, StackFile.ofAll)) })
        let uses = try Self.unique(files.flatMap { try $0.1.items("Uses") })
        self.uses = uses
        let all = try files.map { name, file in
            Group(
                name: name, file: file,
                functions: try file.items("Functions").map { try StackFunction($0, uses: uses) })
        }
        (self.root, groups) = (all[0], Array(all.dropFirst()))
        patterns = try ["function", "table", "http", "dashboard"].reduce(into: [:]) { patterns, name in
            let path = "patterns/\(name).mustache"
            patterns[name] = try StackPattern(text(path), path: "\(Self.folder)/\(path)")
        }
    }

    /// All functions, in the order of the groups.
    var functions: [StackFunction] { ([root] + groups).flatMap(\.functions) }

    /// Returns the items by name; refuses two of one name.
    static func unique(_ items: [StackItem]) throws -> [String: StackItem] {
        try items.reduce(into: [:]) { found, item in
            if let other = found[item.name] {
                throw Refusal("\(item.place): \(item.name) is there already: see \(other.place).")
            }
            found[item.name] = item
        }
    }
}

extension Project {
    /// Returns the text that template.yaml must have; nil for a project without stacks/.
    func assembledTemplate() throws -> String? {
        let folder = root.appending(path: Stacks.folder)
        guard Files.isFolder(folder) else { return nil }
        let flows = try contactFlows()
        return try Stacks(folder).template { try FlowResources(template: $0, flows: flows).section() }
    }

    /// Returns true when template.yaml is another text than stacks/ comes to; false without stacks/.
    func isTemplateStale() throws -> Bool {
        guard let text = try assembledTemplate() else { return false }
        return try Files.read(root.appending(path: Template.file), "template") != Array(text.utf8)
    }
}
