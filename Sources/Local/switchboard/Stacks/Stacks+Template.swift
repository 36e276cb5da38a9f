import Foundation
import JSON
import LambdaRuntime

/// The text of template.yaml.
extension Stacks {
    /// Returns the text of template.yaml.
    /// - Parameter flows: The contact flows, which the template without them is needed for.
    func template(flows: (Template) throws -> String) throws -> String {
        let files = try ([root] + groups).map { group in (group: group, tables: try tables(of: group)) }
        let names = try files.flatMap { try $0.group.file.items("Tables").map(\.name) }
        var resources: [String] = []
        var outputs: [String] = []
        var made: [StackItem] = []
        var told: [StackItem] = []
        func referring(_ item: StackItem) -> String { StackTable.references(in: Self.indented([item]), to: names) }
        func add(_ heading: String, tables: [StackFile] = [], _ pieces: [StackFile]) throws {
            let items = try (tables + pieces).flatMap { try $0.items("Resources") }
            made += items
            told += try (tables + pieces).flatMap { try $0.items("Outputs") }
            outputs += try tables.flatMap { try $0.items("Outputs") }.map { Self.indented([$0]) }
            outputs += try pieces.flatMap { try $0.items("Outputs") }.map(referring)
            guard !items.isEmpty else { return }
            resources.append("  # --- \(heading) ".padding(toLength: 120, withPad: "-", startingAt: 0))
            resources += try tables.flatMap { try $0.items("Resources") }.map { Self.indented([$0]) }
            resources += try pieces.flatMap { try $0.items("Resources") }.map(referring)
        }
        var earlier: [StackFunction] = []
        for (group, tables) in files {
            for function in group.functions {
                let pieces = try function.pieces(pattern("function"), after: earlier)
                try add("\(function.name), of \(group.file.path)", pieces)
                earlier.append(function)
            }
            try add("The rest of \(group.file.path)", tables: tables, [group.file])
        }
        let routes = functions.flatMap(\.routes)
        if !routes.isEmpty {
            let settings = routes.map { route -> JSONValue in
                ["key": .string(route.key), "condition": .string(route.condition)]
            }
            let fields: [String: JSONValue] = ["after": StackFunction.last(of: routes), "settings": .array(settings)]
            try add("The HTTP API", [filled("http", fields)])
        }
        try add("Dashboard", [filled("dashboard", ["functions": rows])])
        _ = try Self.unique(made)
        let head = try self.head(files)
        func whole(_ resources: [String]) -> String {
            head + "Resources:\n" + resources.joined(separator: "\n\n") + "\n\nOutputs:\n"
                + outputs.joined(separator: "\n") + "\n"
        }
        _ = try Self.unique(told)
        let section = try flows(Template(Array(whole(resources).utf8)))
        return whole(section.isEmpty ? resources : resources + [section])
    }

    /// Returns what the pattern makes of each of a group's tables.
    private func tables(of group: Group) throws -> [StackFile] {
        try group.file.items("Tables").map { table in
            try filled(
                "table",
                [
                    "Name": .string(table.name), "Condition": .string(try table.scalar()),
                    "comments": .array(table.comments.map { ["line": .string($0)] }),
                ])
        }
    }

    /// All that stands before the resources.
    private func head(_ files: [(group: Group, tables: [StackFile])]) throws -> String {
        func section(_ name: String, _ items: [StackItem]) -> String { "\(name):\n\(Self.indented(items))\n\n" }
        let labels = try files.map { group, tables in
            (group: group, parameters: try ([group.file] + tables).flatMap { try $0.items("Parameters") })
        }.filter { !$0.parameters.isEmpty }
        let interface = try labels.flatMap { group, parameters in
            ["      - Label:", "          default: \"\(try group.file.text("Label"))\"", "        Parameters:"]
                + (parameters.map { "          - \($0.name)" })
        }
        let parameters = try labels.map { group, parameters in
            "  # \(try group.file.text("Label"))\n" + Self.indented(parameters)
        }
        let description = root.file.section("Description")?.text ?? []
        var parts = [
            """
            # Written by `switchboard template --write`: what people change is in \(Self.folder)/, beginning with \
            \(root.file.path), and
            # the contact flows in integrations/connect.
            AWSTemplateFormatVersion: "2010-09-09"
            Transform: AWS::Serverless-2016-10-31

            """, description.joined(separator: "\n"), "\n\nMetadata:\n  AWS::CloudFormation::Interface:\n",
            "    ParameterGroups:\n", interface.joined(separator: "\n"), "\n",
            Self.indented(try root.file.items("Metadata")), "\n\nParameters:\n", parameters.joined(separator: "\n"),
            "\n\n",
        ]
        _ = try Self.unique(labels.flatMap(\.parameters))
        let rules = try files.flatMap { try $0.group.file.items("Rules") }
        let conditions =
            try files.flatMap { group, tables in try ([group.file] + tables).flatMap { try $0.items("Conditions") } }
            + shared()
        for (name, items) in [("Rules", rules), ("Conditions", conditions)] {
            _ = try Self.unique(items)
            if !items.isEmpty { parts.append(section(name, items)) }
        }
        let globals = try root.file.items("Globals")
        if !globals.isEmpty { parts.append(section("Globals", globals)) }
        return parts.joined()
    }

    /// The conditions of what functions share, each met when one of them is deployed: the HTTP API and sets of Uses.
    private func shared() throws -> [StackItem] {
        var conditions = [
            (name: "DeployHttpApi", functions: functions.filter { !$0.routes.isEmpty })
        ]
        for (name, use) in uses.sorted(by: { $0.key < $1.key }) {
            guard let condition = try use.items().first(where: { $0.name == "Condition" }) else { continue }
            conditions.append((try condition.scalar(), functions.filter { $0.uses.contains(name) }))
        }
        let ofRoutes = functions.flatMap(\.routeConditions).map { name, terms, isAny in
            "  \(name): \(isAny ? "!Or" : "!And") [\(terms.joined(separator: ", "))]"
        }
        let text = conditions.compactMap { name, functions in Self.condition(name, of: functions) } + ofRoutes
        return try StackFile("Conditions:\n" + text.joined(separator: "\n"), path: "the shared conditions")
            .items("Conditions")
    }

    /// A condition that is met when one of the functions is deployed; nil for none of them.
    ///
    /// "Condition functions" in the CloudFormation reference: `Fn::Or` takes two to ten.
    private static func condition(_ name: String, of functions: [StackFunction]) -> String? {
        var terms = functions.map { "!Condition \($0.condition)" }
        terms = terms.indices.filter { !terms[..<$0].contains(terms[$0]) }.map { terms[$0] }
        if terms.count == 1 { return "  \(name): !Not [!Not [\(terms[0])]]" }
        while terms.count > 10 { terms = ["!Or [\(terms.prefix(10).joined(separator: ", "))]"] + terms.dropFirst(10) }
        return terms.isEmpty ? nil : "  \(name): !Or [\(terms.joined(separator: ", "))]"
    }

    private func pattern(_ name: String) throws -> StackPattern {
        guard let pattern = patterns[name] else { throw Refusal("There is no pattern \(name).") }
        return pattern
    }

    private func filled(_ name: String, _ fields: [String: JSONValue]) throws -> StackFile {
        try StackFile(pattern(name).filled(fields), path: "\(Self.folder)/patterns/\(name).mustache, filled in")
    }

    /// The functions as the dashboard's rows get them.
    private var rows: JSONValue {
        let names = functions.map(\.name)
        return .array(
            names.indices.map { index in
                ["Name": .string(names[index]), "comma": .string(index == names.count - 1 ? "" : ",")]
            })
    }

    private static func indented(_ items: [StackItem]) -> String {
        items.flatMap(\.text).map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
    }
}
