import Foundation
import JSON
import LocalServices
import MessageTemplates

/// The files that a new function takes, and the lines that others get for it.
struct NewFiles {
    /// The folder of the templates, which are read from the project: they change with it.
    static let templates = "Sources/Local/switchboard/New/Templates"

    let function: NewFunction
    let project: Project
    /// The group of stacks/ that it is deployed with; nil for the one that fits.
    var group: String?

    /// The text of every file that is new or other than before, by its path in the project.
    func changes() throws -> [String: String] {
        var changes: [String: String] = [:]
        let name = function.name
        let hasBackEnds = function.hasSalesforce || function.hasTable
        changes["Sources/Functions/\(name)/\(name).swift"] = try filled("Function.swift")
        if hasBackEnds { changes["Sources/Functions/\(name)/\(name)+BackEnds.swift"] = try filled("BackEnds.swift") }
        changes["Tests/\(name)Tests/\(name)Tests.swift"] = try filled("Tests.swift")
        changes["events/\(name)/\(function.event).json"] = try filled("event.json")
        changes["events/\(name)/expected.json"] = try pretty(function.expectation)
        if !function.variables.isEmpty { changes["events/\(name)/env.json"] = try pretty(.object(function.variables)) }
        if let salesforce = function.salesforce { changes["events/\(name)/salesforce.json"] = try pretty(salesforce) }
        if let stray = changes.keys.sorted().first(where: { exists($0) }) {
            throw Refusal("\(stray) is there already: remove it, or choose another name.")
        }
        changes["Package.swift"] = try package(changes)
        if function.hasSalesforce || function.hasTable || function.channel == .alexa {
            changes["docs/configuration.md"] = try configuration()
        }
        if function.hasSalesforce || function.hasTable { changes["docs/permissions.md"] = try permissions() }
        if let file = try stackFile() { changes[file.path] = try stack(file) }
        return changes
    }

    // MARK: - Package.swift

    /// Returns the package with the function's row and its tests, which declare what `files` import.
    private func package(_ files: [String: String]) throws -> String {
        var lines = try text("Package.swift").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let modules = Set(lines.joined(separator: "\n").matches(of: #/"(\w+)"/#).map { String($0.1) } + [function.name])
        func imported(in folder: String) -> [String] {
            let texts = files.filter { $0.key.hasPrefix("\(folder)/") }.map(\.value)
            let names = texts.flatMap { $0.matches(of: #/(?m)^(?:@testable )?import (\w+)$/#).map { String($0.1) } }
            return Set(names).intersection(modules).sorted { $0.lowercased() < $1.lowercased() }
        }
        func list(_ names: [String]) -> String {
            names.isEmpty ? "" : ", [\(names.map { "\"\($0)\"" }.joined(separator: ", "))]"
        }
        let given = ["JSON", "LambdaRuntime", "Settings"]
        let dependencies = imported(in: "Sources/Functions/\(function.name)").filter { !given.contains($0) }
        let tested = imported(in: "Tests/\(function.name)Tests").filter { $0 != "TestSupport" }
        let rows = lines.indices.filter { lines[$0].firstMatch(of: #/^    Function\("/#) != nil }
        guard let last = rows.last, let end = lines[last...].firstIndex(where: { $0 == "]" }),
            let tests = lines.lastIndex(where: { $0.hasPrefix("            tests(") })
        else { throw Refusal("Package.swift has no table of functions, or no tests: its rows are not found.") }
        let test = Self.row("            tests(", "\"\(function.name)Tests\"\(list(tested))")
        lines.insert(test, at: tests)
        let row = Self.row("    Function(", "\"\(function.name)\"\(list(dependencies))")
        lines.insert(row, at: rows.first { lines[$0] > row } ?? end)
        return lines.joined(separator: "\n")
    }

    /// Returns the row on one line, or on two where it would be longer than 120 columns, as swift-format has it.
    private static func row(_ head: String, _ arguments: String) -> String {
        let row = "\(head)\(arguments)),"
        return row.count <= 120 ? row : "\(head)\n\(head.prefix { $0 == " " })    \(arguments)),"
    }

    // MARK: - docs/

    private func configuration() throws -> String {
        var page = try text("docs/configuration.md")
        if function.hasSalesforce {
            guard let heading = page.firstMatch(of: #/(?m)^## Salesforce \([^)\n]*/#) else {
                throw Refusal("docs/configuration.md has no section Salesforce (…).")
            }
            page.replaceSubrange(heading.range, with: "\(heading.0), \(function.name)")
        }
        guard function.hasTable || function.channel == .alexa else { return page }
        return page.trimmingCharacters(in: .newlines) + "\n\n" + (try filled("configuration.md"))
    }

    private func permissions() throws -> String {
        var lines = try text("docs/permissions.md").split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(where: { $0.hasPrefix("| ") }),
            let end = lines[first...].firstIndex(where: { !$0.hasPrefix("|") })
        else { throw Refusal("docs/permissions.md has no table.") }
        lines.insert(contentsOf: try filled("permissions.md").split(separator: "\n"), at: end)
        return lines.joined(separator: "\n")
    }

    // MARK: - stacks/

    /// The group's file; nil in a project without stacks/.
    func stackFile() throws -> (group: String, path: String)? {
        let folder = project.root.appending(path: "stacks")
        guard Files.isFolder(folder) else { return nil }
        let groups = Files.names(in: folder).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
            .filter { $0 != "root" }
        let wanted = group ?? (function.channel == .alexa ? "crm" : function.hasSalesforce ? "recordings" : "guide")
        guard let name = Names.match(wanted, in: groups) else { throw Names.refusal("group", wanted, in: groups) }
        return (name, "stacks/\(name).yaml")
    }

    private func stack(_ file: (group: String, path: String)) throws -> String {
        var stack = StackText(try text(file.path))
        guard let condition = stack.switchCondition else {
            throw Refusal("\(file.path) has no Condition for its Switch, to deploy \(function.name) under.")
        }
        var context = function.context
        context["condition"] = .string(condition)
        if function.channel == .connect {
            let connection = stack.value(of: "Connect", in: "Functions") ?? "Connect\(function.name)"
            context["connection"] = .string(connection)
            if stack.value(of: "Connect", in: "Functions") == nil {
                stack.append(
                    "  \(connection): !And [!Condition HasConnectInstance, !Condition \(condition)]", to: "Conditions")
            }
        }
        if function.channel == .alexa {
            stack.append(
                """
                  \(function.name)SkillId:
                    Type: String
                    Default: amzn1.ask.skill.none
                    Description: The id of \(function.name)'s skill, amzn1.ask.skill.…; until it is given, no skill may call it.
                """, to: "Parameters")
        }
        let entry = try filled("stack.yaml", context).trimmingCharacters(in: .newlines)
        stack.append(entry, to: "Functions", afterBlankLine: true)
        if function.hasTable {
            stack.append("  # What \(function.name) counts.\n  \(function.name)Table: \(condition)", to: "Tables")
        }
        return stack.text
    }

    // MARK: - Texts

    private func filled(_ name: String) throws -> String { try filled(name, function.context) }

    private func filled(_ name: String, _ context: [String: JSONValue]) throws -> String {
        let path = "\(Self.templates)/\(name).mustache"
        do {
            return try MessageTemplate(parsing: text(path), name: path).render(context, escaping: .none)
        } catch let error as TemplateError {
            throw Refusal(error.description)
        }
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try Files.read(project.root.appending(path: path), "project's file"), as: UTF8.self)
    }

    private func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: project.root.appending(path: path).path)
    }

    private func pretty(_ value: JSONValue) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self).replacing("\" : ", with: "\": ") + "\n"
    }
}
