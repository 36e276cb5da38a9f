import Foundation
import TestSupport

/// The variables of each function, as the tables of docs/configuration.md give them.
struct DocumentedVariables {
    struct Row {
        let name: String
        let isRequired: Bool
        /// The keys of the secret that the variable names, which may be variables themselves for local work.
        let keys: Set<String>
    }

    /// By function; without those of "All functions".
    private(set) var rows: [String: [Row]] = [:]

    init() throws {
        let page = TestProcess.root.appending(path: "docs/configuration.md")
        var functions: [String] = []
        for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("## ") {
                let heading = line.dropFirst(3).replacing("Salesforce (", with: "").replacing(")", with: "")
                functions = heading.components(separatedBy: ", ")
            } else if line.hasPrefix("| `") {
                add(line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }, functions)
            }
        }
    }

    func names(of function: String) -> Set<String> { Set(rows[function, default: []].map(\.name)) }

    /// With the keys of secrets.
    func allNames(of function: String) -> Set<String> {
        rows[function, default: []].reduce(into: []) { $0.formUnion($1.keys.union([$1.name])) }
    }

    func required(of function: String) -> Set<String> {
        Set(rows[function, default: []].filter(\.isRequired).map(\.name))
    }

    private mutating func add(_ cells: [String], _ functions: [String]) {
        let use = cells.count > 2 ? cells[1] : "both"
        // A variable that is required in one mode only says so after "with".
        let isRequired = cells[1].hasSuffix(", required") || cells[1] == "required" || cells[1].hasPrefix("required:")
        let brackets = cells.last?.firstMatch(of: /\[([^\]]*)\]/)?.output.1 ?? ""
        let keys = Set(brackets.matches(of: /`([A-Z_]+)`/).map { String($0.output.1) })
        for name in cells[0].split(separator: ",").map({ $0.trimmingCharacters(in: [" ", "`"]) }) {
            for function in functions where use.hasPrefix("both") || use.hasPrefix(function) {
                rows[function, default: []].append(
                    Row(name: name, isRequired: isRequired, keys: name.hasSuffix("_ARN") ? keys : []))
            }
        }
    }
}
